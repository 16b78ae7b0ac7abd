import fc from 'fast-check'
import type { ConsentEvent } from '../../../src/features/consent/consent-event.ts'
import { consentEventTypes } from '../../../src/features/consent/consent-event.ts'
import type { Query } from '../../../src/features/consent/decision/matter.ts'
import type { Facts, LifeCycle } from '../../../src/features/consent/facts.ts'
import { act, ana, months, newsletter, now, query } from './scene.ts'

/** Random people and questions for the property tests: dense enough that rules meet, in time and in scope. */

const day = 86_400_000

/** Instants on whole half days around now, so that equal ones and boundaries are common; some lie ahead. */
const around = (daysBack: number, daysAhead: number) =>
  fc.integer({ min: -2 * daysBack, max: 2 * daysAhead }).map((half) => now + (half * day) / 2)

const oftenAbsent = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 })

/** The first value four times out of five or so, the others now and then. */
const often = <Value>(usual: Value, ...others: readonly Value[]) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: fc.constantFrom(...others) })

const rarely = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(value) })

const event: fc.Arbitrary<ConsentEvent> = fc
  .record({
    id: fc.uuid({ version: 7 }),
    type: fc.oneof(
      { weight: 3, arbitrary: fc.constant('given' as const) },
      { weight: 2, arbitrary: fc.constantFrom(...consentEventTypes) },
    ),
    occurredAt: fc.oneof(around(20, 3), around(800, 3)),
    brand: often<string>('*', 'moda-joven', 'moda-casa'),
    purpose: often<string>('marketing.direct', 'marketing.*', 'fraud.prevention'),
    contactChannel: often<ConsentEvent['contactChannel']>('email', '*', 'phone_human'),
    contactPoint: often<string | undefined>(undefined, 'cp-1', 'cp-2'),
    by: often<ConsentEvent['by']>('subject', 'guardian', 'agent'),
    guardianVerified: fc.boolean(),
    confirmedAt: oftenAbsent(around(20, 3)),
    attributes: often<readonly string[]>(['email', 'phone', 'first_name'], ['email'], ['first_name']),
    purposeVersion: fc.constantFrom(1, 2, 3),
    validity: oftenAbsent(fc.constantFrom(months(1), months(6))),
    duringRestriction: fc.boolean(),
  } as const)
  .map((parts) => act(parts.type, '2026-01-01', { ...parts }))

export const history = fc.uniqueArray(event, { selector: ({ id }) => id, maxLength: 7 })

export const person = (events: fc.Arbitrary<readonly ConsentEvent[]> = history): fc.Arbitrary<Facts> =>
  fc
    .record({
      events,
      state: often<LifeCycle>('active', 'blocked', 'erased'),
      jurisdiction: fc.constantFrom('ES', 'ES', 'DE', 'FR', 'IT', 'XX', undefined),
      birthDate: fc.constantFrom(
        { year: 1990, month: 5, day: 1 },
        { year: 1990, month: 5, day: 1 },
        { year: 2012, month: 11, day: 24 },
        { year: 2010, month: 11, day: 24 },
        undefined,
      ),
      purchases: fc.array(
        fc.record({
          controller: fc.constantFrom('moda', 'moda', 'hogar'),
          at: fc.oneof(around(20, 3), around(740, 3)),
          category: fc.constantFrom('fashion', 'kitchen'),
          optOutOffered: fc.boolean(),
        }),
        { maxLength: 2 },
      ),
      contracts: fc.array(
        fc.record({
          controller: fc.constant('moda'),
          at: around(20, 3),
          closedAt: oftenAbsent(around(3, 5)),
        }),
        { maxLength: 2 },
      ),
      restrictions: rarely(
        fc.record({
          since: around(10, 3),
          liftedAt: oftenAbsent(around(3, 6)),
          scope: fc.constantFrom(['*'], ['marketing.*'], ['attr:phone']),
        }),
      ),
      listings: rarely(
        fc.record({
          list: fc.constant('robinson'),
          contactChannel: fc.constantFrom('email' as const, '*' as const),
          effectiveFrom: around(3, 3),
        }),
      ),
      checkedAt: oftenAbsent(around(32, 0)),
      contactPoint: oftenAbsent(fc.constantFrom('cp-1', 'cp-2')),
    } as const)
    .map(({ events: told, listings, checkedAt, contactPoint, ...subject }) =>
      ana(subject, told, {
        suppression: { internal: [], listings, checkedAt },
        contactPoints: contactPoint === undefined ? {} : { email: contactPoint },
      }),
    )

export const question: fc.Arbitrary<Query> = fc.constantFrom(
  newsletter,
  newsletter,
  query({ attribute: 'phone', contactChannel: 'phone_human' }),
  query({ attribute: 'address', contactChannel: 'post' }),
  query({ system: 'esp-lapsing', attribute: 'first_name' }),
  query({ system: 'house', purpose: 'fraud.prevention', contactChannel: 'none', attribute: 'device_id' }),
  query({ system: 'house', purpose: 'order.fulfilment', contactChannel: 'none', attribute: 'name' }),
  query({
    system: 'house',
    purpose: 'dsr.response',
    contactChannel: 'none',
    attribute: 'name',
    actorRole: 'custodian',
  }),
)
