import { describe, expect, it } from 'vitest'
import { askingAgain } from '../../../../src/features/consent/campaigns/asking-again.ts'
import type { Campaign } from '../../../../src/features/consent/campaigns/campaign.ts'
import type { ConsentEvent } from '../../../../src/features/consent/consent-event.ts'
import { houseSystem } from '../../../../src/features/consent/key-decision.ts'
import type { PurposeVersion } from '../../../../src/features/consent/published.ts'
import { standingChoice } from '../../../../src/features/consent/standing-choice.ts'
import { askedAgainFrom, whyAsk } from '../../../../src/features/consent/undecided-purposes.ts'
import type { Id } from '../../../../src/kernel/ids.ts'
import { act, ana, at, now, withPurpose } from '../scene.ts'

const day = 86_400_000

/** Marketing changed materially with its second version; a yes to the first no longer counts. */
const version2 = withPurpose('marketing.direct', { version: 2, reconsentMin: 2 })
const changed = {
  ...version2,
  systems: new Map([
    ...version2.systems,
    [houseSystem, { id: houseSystem, role: 'internal', purposes: ['*'], thirdCountry: false } as const],
  ]),
}
const key = {
  controller: 'moda',
  brand: 'moda-joven',
  purpose: 'marketing.direct',
  contactChannel: 'email',
} as const

const planned = (change: Partial<Campaign> = {}): Campaign => ({
  campaignId: '019aa000-0000-7000-8000-000000000001' as Id<'campaign'>,
  purpose: 'marketing.direct',
  purposeVersion: 2,
  opensAt: new Date(now - 10 * day),
  closesAt: new Date(now + 10 * day),
  coolOff: 'P1M',
  audience: 7,
  startedAt: new Date(now - 9 * day),
  endedAt: undefined,
  ...change,
})

const version = (campaigns?: readonly Campaign[]): PurposeVersion => ({
  purpose: 'marketing.direct',
  version: 2,
  state: 'active',
  bases: ['consent'],
  attributes: ['email', 'phone', 'address', 'first_name'],
  contactChannels: ['email'],
  recipients: [],
  retention: {},
  howToStop: {},
  reconsentMin: 2,
  dpv: 'dpv:DirectMarketing',
  ...(campaigns === undefined ? {} : { campaigns }),
})

function choiceOf(events: readonly ConsentEvent[], campaigns?: readonly Campaign[], moment = now) {
  const facts = ana({}, events)
  return { choice: standingChoice(key, version(campaigns), facts, changed, moment), facts }
}

function why(events: readonly ConsentEvent[], campaigns?: readonly Campaign[], moment = now) {
  const { choice, facts } = choiceOf(events, campaigns, moment)
  return whyAsk(choice, facts, moment)
}

const oldYes = act('given', '2026-03-01', { purposeVersion: 1 })

describe('Ana agreed to the text of before', () => {
  it('she is asked at once where nobody planned a campaign', () => {
    expect(why([oldYes])).toBe('changed')
    expect(why([oldYes], [])).toBe('changed')
  })

  it('she is not asked while a campaign is a draft, nor once it has ended or its window has closed', () => {
    expect(why([oldYes], [planned({ startedAt: undefined })])).toBeUndefined()
    expect(why([oldYes], [planned({ opensAt: new Date(now + day), startedAt: undefined })])).toBeUndefined()
    expect(why([oldYes], [planned({ endedAt: new Date(now - 1) })])).toBeUndefined()
    expect(why([oldYes], [planned({ closesAt: new Date(now) })])).toBeUndefined()
  })

  it('she is asked while a campaign runs, the first and any later one', () => {
    expect(why([oldYes], [planned()])).toBe('changed')
    expect(why([oldYes], [planned({ endedAt: new Date(now - 1) }), planned()])).toBe('changed')
  })

  it('she is asked at once again by a later material change that nobody planned a campaign for', () => {
    // The registry hands a version those campaigns alone that ask about it.
    expect(why([oldYes], [])).toBe('changed')
  })
})

describe('Ana put the question off', () => {
  const putOff = act('deferred', '2026-09-01', { purposeVersion: 2 })

  it('she is left alone for the cool-off of the law when that of the campaign is shorter', () => {
    const shorter = [planned({ coolOff: 'P1M', closesAt: new Date(now + 400 * day) })]
    expect(why([oldYes, putOff], shorter)).toBeUndefined()
    expect(why([oldYes, putOff], shorter, at('2027-03-01T00:00:00Z') - 1)).toBeUndefined()
    expect(why([oldYes, putOff], shorter, at('2027-03-01T12:00:00Z'))).toBe('changed')
  })

  it('she is left alone for the cool-off of the campaign when that is longer', () => {
    const longer = [planned({ coolOff: 'P12M', closesAt: new Date(now + 400 * day) })]
    expect(why([oldYes, putOff], longer, at('2027-03-01T12:00:00Z'))).toBeUndefined()
    expect(why([oldYes, putOff], longer, at('2027-09-01T12:00:00Z'))).toBe('changed')
  })

  it('and the screen names the day from which she would be asked again by the longer of both', () => {
    const dayOf = (coolOff: string) => {
      const { choice } = choiceOf([oldYes], [planned({ coolOff })])
      const from = askedAgainFrom([{ choice }], now)
      return from === undefined ? undefined : new Date(from).toISOString()
    }
    expect(dayOf('P1M')).toBe('2027-05-22T12:00:00.000Z')
    expect(dayOf('P12M')).toBe('2027-11-22T12:00:00.000Z')
  })
})

describe('Whoever a campaign is not about', () => {
  const oldNo = act('refused', '2026-03-01', { purposeVersion: 1 })

  it('a no to the text of before is asked about as always without a campaign, and left alone with one', () => {
    expect(why([oldNo])).toBe('changed')
    expect(why([oldNo], [planned()])).toBeUndefined()
    expect(why([oldNo], [planned({ startedAt: undefined })])).toBeUndefined()
  })

  it('somebody nobody asked yet is asked for the first time, campaign or not', () => {
    expect(why([], [planned({ startedAt: undefined })])).toBe('first-time')
    expect(why([], [planned()])).toBe('first-time')
  })

  it('a yes that counted and ran out is asked for again as always', () => {
    const ranOut = act('given', '2026-03-01', { purposeVersion: 2, validity: { months: 1, milliseconds: 0 } })
    expect(why([ranOut], [planned({ startedAt: undefined })])).toBe('expired')
  })
})

describe('Whom a change is asked about', () => {
  it('is everybody without a campaign, its audience while one runs, nobody otherwise', () => {
    expect(askingAgain(undefined, now)).toEqual({ whom: 'everybody' })
    expect(askingAgain([], now)).toEqual({ whom: 'everybody' })
    expect(askingAgain([planned({ startedAt: undefined })], now)).toEqual({ whom: 'nobody' })
    expect(askingAgain([planned()], now)).toEqual({
      whom: 'audience',
      coolOff: { months: 1, milliseconds: 0 },
    })
  })
})
