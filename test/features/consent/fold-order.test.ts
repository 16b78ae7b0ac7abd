import { describe, expect, it } from 'vitest'
import type { ConsentEvent } from '../../../src/features/consent/consent-event.ts'
import { decide } from '../../../src/features/consent/decision.ts'
import { act, ana, at, now, query, registry } from './scene.ts'

/** Which of several acts of Ana tells, asked at the front door: the order of arrival never does. */

const answer = (events: readonly ConsentEvent[], asked = query(), moment = now) => {
  const inOrder = decide(asked, ana({}, events), registry, moment)
  expect(decide(asked, ana({}, [...events].reverse()), registry, moment)).toEqual(inOrder)
  return inOrder
}
const restsOn = (events: readonly ConsentEvent[], asked = query()) =>
  answer(events, asked).evidence.map(({ ref }) => ref)

const noon = '2026-05-01T12:00:00Z'

describe('Of two acts at the same instant', () => {
  it('a plain yes tells before an explicit one, since it says less (GDPR Art. 9(2)(a))', () => {
    const allergies = query({
      system: 'house',
      purpose: 'wellness.programme',
      contactChannel: 'none',
      attribute: 'allergies',
    })
    const yes = (consentType: 'expressed' | 'explicit', id: string) =>
      act('given', noon, {
        id,
        purpose: 'wellness.programme',
        contactChannel: '*',
        attributes: ['allergies'],
        consentType,
      })
    for (const [plain, explicit] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      expect(answer([yes('expressed', plain), yes('explicit', explicit)], allergies).reason).toBe(
        'EXPLICIT_CONSENT_REQUIRED',
      )
    }
  })

  it('the yes to fewer attributes tells, and one to none at all before both (GDPR Art. 4(11), "specific")', () => {
    const wide = (id: string) => act('given', noon, { id, attributes: ['first_name', 'email'] })
    const narrow = (id: string) => act('given', noon, { id, attributes: ['first_name'] })
    const bare = (id: string) => act('given', noon, { id, attributes: undefined })
    for (const [one, other] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      expect(restsOn([wide(one), narrow(other)])).toEqual([other])
      expect(answer([wide(one), narrow(other)]).reason).toBe('ATTRIBUTE_NOT_COVERED_BY_CONSENT')
      expect(restsOn([narrow(one), bare(other)])).toEqual([other])
    }
  })

  it('that are alike in all, the same one tells whichever arrives first', () => {
    const [first, second] = [act('given', noon, { id: 'a' }), act('given', noon, { id: 'b' })]
    expect(restsOn([first, second])).toEqual(['b'])
  })

  it('the stricter tells, down the whole list', () => {
    const ranked = [
      'notice_shown',
      'requested',
      'deferred',
      'given',
      'revoked',
      'refused',
      'withdrawn',
      'invalidated',
    ] as const
    ranked.forEach((stricter, index) => {
      for (const milder of ranked.slice(0, index)) {
        expect(
          restsOn([act(stricter, noon, { id: 'stricter' }), act(milder, noon, { id: 'milder' })]),
        ).toEqual(['stricter'])
      }
    })
  })
})

describe('A notice that was shown, or put off', () => {
  it('tells as long as Ana said nothing, the last one', () => {
    const shown = act('notice_shown', '2026-03-01')
    const asked = act('requested', '2026-03-02')
    const putOff = act('deferred', '2026-03-03')
    const again = act('notice_shown', '2026-03-04')
    for (const silent of [shown, asked, putOff]) {
      expect(answer([silent])).toMatchObject({
        reason: 'NO_CONSENT',
        ask: true,
        evidence: [{ kind: 'consent-event', ref: silent.id }],
      })
    }
    expect(restsOn([shown, asked])).toEqual([asked.id])
    expect(restsOn([shown, asked, putOff])).toEqual([putOff.id])
    expect(restsOn([shown, asked, putOff, again])).toEqual([again.id])
  })

  it('changes nothing once she answered', () => {
    for (const word of ['given', 'refused', 'withdrawn', 'revoked', 'invalidated'] as const) {
      const answered = act(word, '2026-03-01')
      const before = answer([answered])
      for (const later of ['notice_shown', 'requested', 'deferred'] as const) {
        expect(answer([answered, act(later, '2026-05-01')])).toEqual(before)
      }
    }
  })
})

describe('Acts about something else than the newsletter', () => {
  const elsewhere = [
    { controller: 'hogar' },
    { brand: 'moda-casa' },
    { purpose: 'marketing.audience_share' },
    { contactChannel: 'sms' },
  ] as const

  it('neither give, nor take away, nor are they the evidence (GDPR Art. 7(2))', () => {
    const given = act('given', '2026-03-01')
    const before = answer([given])
    for (const scope of elsewhere) {
      expect(answer([act('given', '2026-05-01', scope)])).toEqual(answer([]))
      expect(answer([act('deferred', '2026-05-01', scope)])).toEqual(answer([]))
      for (const type of ['given', 'refused', 'withdrawn', 'revoked', 'invalidated', 'requested'] as const) {
        expect(answer([given, act(type, '2026-05-01', scope)])).toEqual(before)
      }
    }
  })

  it('at another address: a yes and its end stay there, while a no reaches every address', () => {
    const hers = query({ contactPoint: 'cp-1' })
    const given = act('given', '2026-03-01', { contactPoint: 'cp-1' })
    const other = { contactPoint: 'cp-2' }
    expect(answer([given, act('revoked', '2026-05-01', other)], hers).decision).toBe('PERMIT')
    expect(answer([given, act('invalidated', '2026-05-01', other)], hers).decision).toBe('PERMIT')
    expect(answer([given, act('withdrawn', '2026-05-01', other)], hers).reason).toBe('CONSENT_WITHDRAWN')
    expect(answer([given, act('refused', '2026-05-01', other)], hers).reason).toBe('CONSENT_WITHDRAWN')
  })
})

describe('When Ana said yes more than once', () => {
  it('a box left unticked at the instant of her second yes takes back the first (GDPR Art. 7(3))', () => {
    const twice = [act('given', '2026-03-01'), act('given', noon)]
    expect(answer([...twice, act('refused', noon)]).reason).toBe('CONSENT_WITHDRAWN')
    expect(answer([act('given', noon), act('refused', noon)]).reason).toBe('CONSENT_REFUSED')
  })

  it('what she took back does not count as renewed: unticked at the instant of the new yes is a refusal', () => {
    const events = [act('given', '2026-01-01'), act('withdrawn', '2026-02-01'), act('given', noon)]
    expect(answer([...events, act('refused', noon)]).reason).toBe('CONSENT_REFUSED')
  })

  it('a yes she took back does not help a later sweeping one past her objection (GDPR Art. 21(2))', () => {
    const objected = act('objected', '2026-01-01', { purpose: 'marketing.*', contactChannel: '*' })
    const named = act('given', '2026-02-01')
    const withdrawn = act('withdrawn', '2026-03-01')
    const sweeping = act('given', '2026-04-01', { purpose: 'marketing.*', contactChannel: '*' })
    expect(answer([objected, named, withdrawn, sweeping])).toMatchObject({ reason: 'OBJECTED', ask: false })
    expect(answer([objected, named, sweeping])).toMatchObject({
      decision: 'PERMIT',
      evidence: [{ kind: 'consent-event', ref: sweeping.id }],
    })
  })

  it('and then no, what she once named no longer answers her objection: nobody asks her', () => {
    const objected = act('objected', '2026-01-01', { purpose: 'marketing.*', contactChannel: '*' })
    const named = act('given', '2026-02-01')
    const revoked = act('revoked', '2026-03-01', { by: 'controller' })
    expect(answer([objected, named, revoked])).toMatchObject({ reason: 'OBJECTED', ask: false })
  })
})

describe('What the controller ends', () => {
  const revoked = act('revoked', '2026-06-01', { by: 'controller' })

  it('is revoked, and may be asked for again at once', () => {
    expect(answer([act('given', '2026-03-01'), revoked])).toMatchObject({
      reason: 'CONSENT_REVOKED',
      ask: true,
      evidence: [{ kind: 'consent-event', ref: revoked.id }],
    })
  })

  it('never takes the place of her refusal, nor of a finding that the consent was void', () => {
    const refused = act('refused', '2026-05-01')
    expect(restsOn([refused, revoked])).toEqual([refused.id])
    const found = act('invalidated', '2026-05-01', { by: 'controller' })
    expect(answer([act('given', '2026-03-01'), found, revoked])).toMatchObject({
      reason: 'CONSENT_INVALIDATED',
      evidence: [{ kind: 'consent-event', ref: found.id }],
    })
  })

  it('does not outlast a new yes of hers', () => {
    const again = act('given', '2026-07-01')
    expect(answer([act('given', '2026-03-01'), revoked, again])).toMatchObject({
      decision: 'PERMIT',
      evidence: [{ kind: 'consent-event', ref: again.id }],
    })
  })
})

describe('A yes dated ahead', () => {
  it('permits nothing until its day, which the answer names', () => {
    const ahead = act('given', '2026-12-01')
    expect(answer([ahead])).toMatchObject({ reason: 'NO_CONSENT', validUntil: at('2026-12-01T10:00:00Z') })
    expect(answer([ahead], query(), at('2026-12-01T10:00:00Z')).decision).toBe('PERMIT')
  })

  it('that could never be hers sets no clock running', () => {
    const elsewhere = act('given', '2026-12-01', { brand: 'moda-casa' })
    const byStaff = act('given', '2026-12-01', { by: 'agent' })
    expect(answer([elsewhere, byStaff]).validUntil).toBeNull()
  })
})

it('Nothing said is bare lack of consent, with nothing as the evidence', () => {
  expect(decide(query(), ana(), registry, now)).toMatchObject({
    reason: 'NO_CONSENT',
    ask: true,
    evidence: [],
  })
})
