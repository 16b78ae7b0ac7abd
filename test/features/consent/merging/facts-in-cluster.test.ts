import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../../../src/features/consent/decision.ts'
import type { Facts } from '../../../../src/features/consent/facts.ts'
import { decideKey } from '../../../../src/features/consent/key-decision.ts'
import type { LinkedProfile } from '../../../../src/features/consent/merging/linked-profile.ts'
import type { Registry } from '../../../../src/features/consent/registry.ts'
import { person, question } from '../any-history.ts'
import { act, ana, at, bought, newsletter, now, query, registry, withPurpose } from '../scene.ts'

const web = { sources: ['web'], contactPoint: 'web-mail' }
const till = { contactPoint: 'card-mail' }

const linkedTo = (
  facts: Facts,
  {
    assurance = 'L2',
    shared = {},
    held,
  }: { assurance?: 'L1' | 'L2'; shared?: Record<string, string>; held?: string[] } = {},
): LinkedProfile => ({ id: 'card', facts, assurance, shared: new Map(Object.entries(shared)), held })

const account = (events: Facts['events'], point: string, more: Partial<Facts> = {}): Facts =>
  ana({}, events, { contactPoints: { email: point }, ...more })

const ask = (own: Facts, linked: readonly LinkedProfile[], asked = newsletter, by: Registry = registry) =>
  decide(asked, { ...own, linked }, by, now)

describe('When Ana’s web account and her store card are found to be one person’s', () => {
  const yesOnWeb = account([act('given', '2026-02-01', web)], 'web-mail')
  const noInStore = account([act('withdrawn', '2026-05-01', till)], 'card-mail')
  const sameAddress = { shared: { 'web-mail': 'card-mail' } }
  const oneAddress = { shared: { 'card-mail': 'web-mail' } }

  it('what she took back in the store is taken back for the web account too, and said by the same event', () => {
    expect(decide(newsletter, yesOnWeb, registry, now).decision).toBe('PERMIT')
    expect(ask(yesOnWeb, [linkedTo(noInStore)])).toMatchObject({
      decision: 'DENY',
      reason: 'CONSENT_WITHDRAWN',
      evidence: [{ ref: noInStore.events[0]?.id }],
    })
  })

  it('a yes later than that no holds for the same address when she proved both, and not otherwise', () => {
    const later = account([act('given', '2026-07-01', web)], 'web-mail')
    expect(ask(later, [linkedTo(noInStore, sameAddress)]).decision).toBe('PERMIT')
    expect(ask(later, [linkedTo(noInStore, { ...sameAddress, assurance: 'L1' })]).decision).toBe('DENY')
    expect(ask(later, [linkedTo(noInStore)]).decision).toBe('DENY')
  })

  it('no later yes holds against her objection to all marketing on the other account', () => {
    const objecting = account(
      [act('objected', '2026-05-01', { purpose: 'marketing.*', contactChannel: '*', article: '21(2)' })],
      'card-mail',
    )
    const later = account([act('given', '2026-07-01', web)], 'web-mail')
    expect(ask(later, [linkedTo(objecting, sameAddress)])).toMatchObject({
      decision: 'DENY',
      reason: 'OBJECTED',
    })
  })

  it('a no that she herself took back on the card before stands no more', () => {
    const settled = account(
      [act('withdrawn', '2026-03-01', till), act('given', '2026-05-01', till)],
      'card-mail',
    )
    expect(ask(yesOnWeb, [linkedTo(settled)]).decision).toBe('PERMIT')
  })

  it('her yes on the web reaches the card’s data only from the sources its notice named, for the address both know', () => {
    const fromWeb = account([], 'card-mail', { provenance: { email: ['web'] } })
    const fromTill = account([], 'card-mail', { provenance: { email: ['store'] } })
    const lender = linkedTo(yesOnWeb, oneAddress)
    expect(ask(fromWeb, [lender]).decision).toBe('PERMIT')
    expect(ask(fromTill, [lender])).toMatchObject({ decision: 'DENY', reason: 'NO_CONSENT' })
    expect(ask(account([], 'card-mail'), [lender]).decision).toBe('DENY')
    expect(ask(fromWeb, [linkedTo(yesOnWeb)]).decision).toBe('DENY')
    const unnamed = account([act('given', '2026-02-01', { contactPoint: 'web-mail' })], 'web-mail')
    expect(ask(fromWeb, [linkedTo(unnamed, oneAddress)]).decision).toBe('DENY')
  })

  it('her later yes on the web lifts an earlier no of the card for the address both know, as the rule for two has it', () => {
    const later = account([act('given', '2026-07-01', web)], 'web-mail')
    const refusing = { ...noInStore, provenance: { email: ['web'] } }
    expect(ask(refusing, [linkedTo(later, oneAddress)])).toMatchObject({
      decision: 'PERMIT',
      evidence: [{ ref: later.events[0]?.id }],
    })
    expect(ask(refusing, [linkedTo(later, { ...oneAddress, assurance: 'L1' })]).decision).toBe('DENY')
  })

  it('a yes that still waits for its confirmation is lent by nobody, and lent once it is confirmed', () => {
    const germany = (events: Facts['events']) => ({
      ...account(events, 'web-mail'),
      subject: { ...yesOnWeb.subject, jurisdiction: 'DE' },
    })
    const yes = act('given', '2026-11-20', web)
    const card = {
      ...account([], 'card-mail', { provenance: { email: ['web'] } }),
      subject: { ...yesOnWeb.subject, jurisdiction: 'DE' },
    }
    expect(ask(card, [linkedTo(germany([yes]), oneAddress)]).decision).toBe('DENY')
    const confirmed = act('confirmed', '2026-11-21', { confirms: yes.id })
    expect(ask(card, [linkedTo(germany([yes, confirmed]), oneAddress)]).decision).toBe('PERMIT')
  })

  it('soft opt-in is no way round what she refused on the other account', () => {
    const pack = withPurpose('marketing.direct', { bases: ['consent', 'soft_opt_in'] })
    const buyer = account([], 'web-mail', {})
    const bought_ = { ...buyer, subject: { ...buyer.subject, purchases: [bought('2026-10-01')] } }
    expect(ask(bought_, [], newsletter, pack).decision).toBe('PERMIT')
    const refused = account([act('refused', '2026-05-01', till)], 'card-mail')
    expect(ask(bought_, [linkedTo(refused)], newsletter, pack)).toMatchObject({
      decision: 'DENY',
      reason: 'CONSENT_REFUSED',
    })
  })

  it('a decision on compelling grounds weighed one account’s objection, and ends no other’s', () => {
    const fraud = query({
      system: 'house',
      purpose: 'fraud.prevention',
      contactChannel: 'none',
      attribute: 'device_id',
    })
    const scope = { purpose: 'fraud.prevention', contactChannel: 'none', article: '21(1)' } as const
    const overridden = account(
      [
        act('objected', '2026-02-01', scope),
        act('objection_overridden', '2026-06-01', { ...scope, by: 'controller' }),
      ],
      'web-mail',
    )
    const objecting = account([act('objected', '2026-03-01', scope)], 'card-mail')
    expect(ask(overridden, [], fraud).decision).toBe('PERMIT')
    expect(ask(overridden, [linkedTo(objecting)], fraud)).toMatchObject({
      decision: 'DENY',
      reason: 'OBJECTED',
    })
    expect(ask(objecting, [linkedTo(overridden)], fraud)).toMatchObject({
      decision: 'DENY',
      reason: 'OBJECTED',
    })
  })

  it('the younger of two birth dates counts, a bounce counts for the address both know, a restriction for what both hold', () => {
    const child = account([], 'card-mail')
    const young = { ...child, subject: { ...child.subject, birthDate: { year: 2013, month: 1, day: 1 } } }
    expect(ask(yesOnWeb, [linkedTo(young)])).toMatchObject({
      decision: 'DENY',
      reason: 'PARENTAL_CONSENT_MISSING',
    })

    const bounced = account([], 'card-mail', {
      suppression: {
        internal: [{ contactChannel: 'email', reason: 'hard_bounce', contactPoint: 'card-mail' }],
        listings: [],
      },
    })
    expect(ask(yesOnWeb, [linkedTo(bounced, sameAddress)]).reason).toBe('SUPPRESSED_INTERNAL')
    expect(ask(yesOnWeb, [linkedTo(bounced)]).decision).toBe('PERMIT')

    const restricted = {
      ...child,
      subject: { ...child.subject, restrictions: [{ since: at('2026-06-01'), scope: ['*'] }] },
    }
    const holding = (...held: string[]) =>
      ask({ ...yesOnWeb, held: ['email'] }, [linkedTo(restricted, { held })])
    expect(holding('email', 'phone').reason).toBe('RESTRICTED')
    expect(holding('phone').decision).toBe('PERMIT')
    expect(ask(yesOnWeb, [linkedTo(restricted)]).reason).toBe('RESTRICTED')
  })

  it('a guardian’s old yes does not come back to life because another account tells of a younger age', () => {
    const versions = withPurpose('marketing.direct', { reconsentMin: 2 })
    const own = account(
      [
        act('given', '2026-02-01', { by: 'guardian', guardianVerified: true, purposeVersion: 2 }),
        act('given', '2026-05-01', { purposeVersion: 1 }),
      ],
      'web-mail',
    )
    const nothing = account([], 'card-mail')
    const young = { ...nothing, subject: { ...nothing.subject, birthDate: { year: 2013, month: 1, day: 1 } } }
    expect(ask(own, [], newsletter, versions)).toMatchObject({
      decision: 'DENY',
      reason: 'CONSENT_SUPERSEDED',
    })
    expect(ask(own, [linkedTo(young)], newsletter, versions).decision).toBe('DENY')
    const childAlone = { ...own, subject: young.subject }
    expect(ask(childAlone, [], newsletter, versions).decision).toBe('PERMIT')
  })
})

const literal = withPurpose('marketing.direct', { reconsentMin: 2, bases: ['consent', 'soft_opt_in'] })
const runs = { numRuns: 1500 }

/** A person with up to three other accounts, in the same country, some of whose values came from where a notice said. */
const anyPerson = fc
  .record({
    own: person(),
    others: fc.array(
      fc.record({
        facts: person(),
        assurance: fc.constantFrom('L1' as const, 'L2' as const, 'L2' as const),
        shares: fc.boolean(),
        held: fc.constantFrom(undefined, ['email'], ['phone', 'first_name']),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    sources: fc.constantFrom(undefined, ['web'], ['store']),
    provenance: fc.constantFrom(undefined, { email: ['web'], phone: ['web'], first_name: ['web', 'store'] }),
    held: fc.constantFrom(undefined, ['email', 'phone']),
  })
  .map(({ own, others, sources, provenance, held }) => {
    const { jurisdiction } = own.subject
    const told = (facts: Facts): Facts => ({
      ...facts,
      events: facts.events.map((event) => (sources === undefined ? event : { ...event, sources })),
      subject: { ...facts.subject, jurisdiction },
      provenance,
    })
    const linked = others.map(
      ({ facts, assurance, shares, held: theirs }, n): LinkedProfile => ({
        id: `other-${n}`,
        facts: told(facts),
        assurance,
        // The same two addresses, known to both; whoever shares none knows others.
        shared: new Map(
          shares
            ? [
                ['cp-1', 'cp-1'],
                ['cp-2', 'cp-2'],
              ]
            : [],
        ),
        held: theirs,
      }),
    )
    return { own: told(own), linked, held }
  })

const noes = new Set([
  'refused',
  'withdrawn',
  'invalidated',
  'revoked',
  'objected',
  'notice_shown',
  'requested',
  'deferred',
])

describe('For whatever accounts a person has', () => {
  it('linking permits nothing that none of them permitted for that value and contact point', () => {
    let permitted = 0
    let lent = 0
    fc.assert(
      fc.property(anyPerson, question, ({ own, linked }, asked) => {
        const answer = decide(asked, { ...own, linked }, literal, now)
        if (answer.decision !== 'PERMIT') return
        permitted += 1
        if (decide(asked, own, literal, now).decision === 'PERMIT') return
        lent += 1
        const contactPoint = asked.contactPoint ?? own.contactPoints?.[asked.contactChannel]
        const others = linked.map(({ facts }) =>
          decide({ ...asked, contactPoint }, { ...facts, contactPoints: {} }, literal, now),
        )
        expect(others.map(({ decision }) => decision)).toContain('PERMIT')
      }),
      { numRuns: 8000 },
    )
    // Were nothing ever permitted, or lent, this would prove nothing.
    expect(permitted).toBeGreaterThan(500)
    expect(lent).toBeGreaterThan(0)
  }, 60_000)

  it('an account that holds nothing but noes only ever takes away', () => {
    let taken = 0
    fc.assert(
      fc.property(anyPerson, question, ({ own, linked }, asked) => {
        const refusing = linked.map((one) => ({
          ...one,
          facts: { ...one.facts, events: one.facts.events.filter(({ type }) => noes.has(type)) },
        }))
        const [alone, merged] = [
          decide(asked, own, literal, now),
          decide(asked, { ...own, linked: refusing }, literal, now),
        ]
        if (merged.decision === 'PERMIT') expect(alone.decision).toBe('PERMIT')
        else if (alone.decision === 'PERMIT') taken += 1
      }),
      { numRuns: 8000 },
    )
    expect(taken).toBeGreaterThan(50)
  }, 60_000)

  it('it makes no difference in which order the others are named', () => {
    fc.assert(
      fc.property(anyPerson, question, ({ own, linked }, asked) => {
        const forth = decide(asked, { ...own, linked }, literal, now)
        expect(decide(asked, { ...own, linked: [...linked].reverse() }, literal, now)).toEqual(forth)
      }),
      runs,
    )
  })

  it('unlinked, each account is decided on exactly what it was before, and nothing of it was touched', () => {
    fc.assert(
      fc.property(anyPerson, question, ({ own, linked }, asked) => {
        const before = structuredClone(own)
        const alone = decide(asked, own, literal, now)
        decide(asked, { ...own, linked }, literal, now)
        expect(own).toEqual(before)
        expect(decide(asked, { ...own, linked: [] }, literal, now)).toEqual(alone)
      }),
      runs,
    )
  })

  it('the answer stays the same at any instant before validUntil', () => {
    let moved = 0
    fc.assert(
      fc.property(
        anyPerson,
        question,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ own, linked, held }, asked, share) => {
          const facts = { ...own, linked, held }
          const { validUntil, ...answer } = decide(asked, facts, literal, now)
          const end = validUntil ?? now + 100 * 365 * 86_400_000
          expect(end).toBeGreaterThan(now)
          for (const moment of [now + Math.floor((end - 1 - now) * share), end - 1])
            expect(decide(asked, facts, literal, moment)).toMatchObject(answer)
          if (validUntil !== null) {
            const { validUntil: _, ...later } = decide(asked, facts, literal, validUntil)
            if (JSON.stringify(later) !== JSON.stringify(answer)) moved += 1
          }
        },
      ),
      runs,
    )
    expect(moved).toBeGreaterThan(30)
  })

  it('the key’s answer is the answers for its values, one by one', () => {
    fc.assert(
      fc.property(anyPerson, ({ own, linked }) => {
        const facts = { ...own, linked }
        const key = {
          controller: 'moda',
          brand: 'moda-joven',
          purpose: 'marketing.direct',
          contactChannel: 'email',
        } as const
        const kept = decideKey(key, facts, literal, now)
        const single = (attribute: string) =>
          decide({ ...key, system: '(house)', attribute }, facts, literal, now)
        const attributes = literal.purposes.get('marketing.direct')?.attributes ?? []
        const yes = attributes.filter((attribute) => single(attribute).decision === 'PERMIT')
        expect(kept.attributes).toEqual(yes)
        expect(kept.decision).toBe(yes.length > 0 ? 'PERMIT' : 'DENY')
      }),
      { numRuns: 500 },
    )
  })
})
