import { describe, expect, it, test } from 'vitest'
import { decide } from '../../../src/features/consent/decision.ts'
import { citationOf, type RulePack } from '../../../src/features/consent/rule-pack.ts'
import { shippedRulePacks } from '../../../src/features/consent/rule-packs/shipped.ts'
import type { ContactChannel } from '../../../src/kernel/evidence.ts'
import { act, ana, at, bought, newsletter, now, query, registry, strictest } from './scene.ts'

const packs: readonly RulePack[] = [...[...shippedRulePacks.values()].flat(), strictest]
const named = packs.map((pack) => [`${pack.jurisdiction} ${pack.version}`, pack] as const)

describe.each(named)('The pack %s', (_, pack) => {
  it('cites an article for every rule it has', () => {
    const rules = [
      'digitalConsentAge',
      ...Object.entries(pack.bases).flatMap(([purpose, channels]) =>
        Object.keys(channels).map((channel) => `bases ${purpose} ${channel}`),
      ),
      ...(Object.keys(pack.validity).length > 0 ? ['validity'] : []),
      ...(Object.keys(pack.softOptInMaxAge).length > 0 ? ['softOptInMaxAge'] : []),
      ...(pack.exclusionLists.length > 0 ? ['exclusionLists'] : []),
      ...(pack.doubleOptIn.length > 0 ? ['doubleOptIn'] : []),
      ...(Object.keys(pack.obligations).length > 0 ? ['obligations'] : []),
    ]
    expect(rules.filter((rule) => citationOf(pack, rule) === undefined)).toEqual([])
  })

  it('lets automatic calls and messages begin with nothing but a consent', () => {
    for (const channels of Object.values(pack.bases)) {
      for (const channel of ['phone_auto', 'push', 'messaging'] as const) {
        expect(channels[channel] ?? ['consent']).toEqual(['consent'])
      }
    }
  })

  it('says how old a sale may be wherever it has a soft opt-in', () => {
    for (const channels of Object.values(pack.bases)) {
      for (const [channel, bases] of Object.entries(channels)) {
        if (bases?.includes('soft_opt_in')) expect(pack.softOptInMaxAge).toHaveProperty(channel)
      }
    }
  })
})

test('versions of one jurisdiction follow one another without overlap', () => {
  for (const versions of shippedRulePacks.values()) {
    const inOrder = versions.toSorted((a, b) => a.validFrom - b.validFrom)
    for (const [index, pack] of inOrder.entries()) {
      const next = inOrder[index + 1]
      if (next !== undefined) expect(pack.validTo).toBe(next.validFrom)
      else expect(pack.validTo).toBeUndefined()
    }
  }
})

const customer = (jurisdiction: string) => ana({ jurisdiction, purchases: [bought('2026-10-01')] })
const offer = (contactChannel: ContactChannel) =>
  query({
    contactChannel,
    attribute: contactChannel === 'email' ? 'email' : contactChannel === 'post' ? 'address' : 'phone',
  })

/** What may be sent to a customer who bought last month and never said yes or no. */
test.each([
  [
    'ES',
    { email: 'SOFT_OPT_IN', sms: 'SOFT_OPT_IN', phone_human: 'SOFT_OPT_IN', post: 'LEGITIMATE_INTEREST' },
  ],
  [
    'DE',
    { email: 'SOFT_OPT_IN', sms: 'SOFT_OPT_IN', phone_human: 'NO_CONSENT', post: 'LEGITIMATE_INTEREST' },
  ],
  [
    'FR',
    { email: 'SOFT_OPT_IN', sms: 'SOFT_OPT_IN', phone_human: 'NO_CONSENT', post: 'LEGITIMATE_INTEREST' },
  ],
  ['IT', { email: 'SOFT_OPT_IN', sms: 'NO_CONSENT', phone_human: 'NO_CONSENT', post: 'NO_CONSENT' }],
  [
    'PT',
    { email: 'SOFT_OPT_IN', sms: 'SOFT_OPT_IN', phone_human: 'NO_CONSENT', post: 'LEGITIMATE_INTEREST' },
  ],
  ['XX', { email: 'NO_CONSENT', sms: 'NO_CONSENT', phone_human: 'NO_CONSENT', post: 'NO_CONSENT' }],
] as const)('in %s an own customer without a word may be reached by %o', (jurisdiction, expected) => {
  for (const [channel, reason] of Object.entries(expected)) {
    const asked = offer(channel as ContactChannel)
    expect([channel, decide(asked, customer(jurisdiction), registry, now).reason]).toEqual([channel, reason])
  }
})

test('in France calls needed a look at Bloctel until 10 August 2026, and need a consent from the 11th on', () => {
  const call = offer('phone_human')
  const lastDay = at('2026-08-10T23:59:59Z')
  const bruno = ana({ jurisdiction: 'FR' }, [], {
    suppression: { internal: [], listings: [], checkedAt: at('2026-08-01') },
  })
  const before = decide(call, bruno, registry, lastDay)
  expect(before.reason).toBe('LEGITIMATE_INTEREST')
  expect(before.validUntil).toBe(at('2026-08-11T00:00:00Z'))
  expect(decide(call, bruno, registry, at('2026-08-11T00:00:00Z')).reason).toBe('NO_CONSENT')
  const listed = {
    internal: [],
    listings: [{ list: 'bloctel', contactChannel: 'phone_human' }],
    checkedAt: at('2026-08-01'),
  } as const
  expect(decide(call, { ...bruno, suppression: listed }, registry, lastDay).reason).toBe(
    'SUPPRESSED_EXTERNAL_LIST',
  )
})

describe('Below 15 in France, child and guardian consent together', () => {
  const childOf = (jurisdiction: string) => ({ jurisdiction, birthDate: { year: 2012, month: 3, day: 1 } })
  const child = act('given', '2026-11-01')
  const guardian = act('given', '2026-11-02', { by: 'guardian', guardianVerified: true })
  const ask = (events: Parameters<typeof ana>[1], jurisdiction = 'FR') =>
    decide(newsletter, ana(childOf(jurisdiction), events), registry, now)

  it('neither yes counts alone, and both together do, in whichever order they came', () => {
    expect(ask([child]).reason).toBe('PARENTAL_CONSENT_MISSING')
    expect(ask([guardian]).reason).toBe('PARENTAL_CONSENT_MISSING')
    expect(ask([child, guardian]).reason).toBe('CONSENT_GIVEN')
    expect(ask([{ ...guardian, occurredAt: at('2026-10-30') }, child]).reason).toBe('CONSENT_GIVEN')
  })

  it('where the law asks the guardian alone, the guardian alone is enough', () => {
    expect(ask([{ ...guardian, occurredAt: at('2026-11-22T10:00:00Z') }], 'DE').reason).toBe(
      'DOUBLE_OPT_IN_MISSING',
    )
    expect(ask([{ ...guardian, confirmedAt: at('2026-11-03') }], 'DE').reason).toBe('CONSENT_GIVEN')
    expect(
      decide(
        newsletter,
        ana({ ...childOf('IT'), birthDate: { year: 2013, month: 3, day: 1 } }, [guardian]),
        registry,
        now,
      ).reason,
    ).toBe('CONSENT_GIVEN')
  })

  it('a guardian nobody verified completes nothing', () => {
    expect(ask([child, { ...guardian, guardianVerified: false }]).reason).toBe('PARENTAL_CONSENT_MISSING')
  })

  it('a no of either between the two undoes the first, and a no after them ends both', () => {
    const no = act('withdrawn', '2026-11-01T18:00:00Z')
    expect(ask([child, no, guardian]).decision).toBe('DENY')
    expect(ask([child, guardian, act('withdrawn', '2026-11-03', { by: 'guardian' })]).reason).toBe(
      'CONSENT_WITHDRAWN',
    )
  })

  it('the two must have said yes to the same: the second to no more data, and to the same version', () => {
    expect(ask([{ ...child, attributes: ['first_name'] }, guardian]).reason).toBe('PARENTAL_CONSENT_MISSING')
    expect(ask([{ ...child, purposeVersion: 1 }, guardian]).reason).toBe('PARENTAL_CONSENT_MISSING')
    expect(ask([child, { ...guardian, recipients: ['AdNet GmbH'] }]).reason).toBe('PARENTAL_CONSENT_MISSING')
  })

  it('at 15 and older the young person alone is enough', () => {
    const events = [act('given', '2026-11-01')]
    const older = ana({ jurisdiction: 'FR', birthDate: { year: 2011, month: 10, day: 31 } }, events)
    expect(decide(newsletter, older, registry, now).reason).toBe('CONSENT_GIVEN')
  })
})
