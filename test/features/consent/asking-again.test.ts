import { describe, expect, it } from 'vitest'
import type { ConsentEvent } from '../../../src/features/consent/consent-event.ts'
import { decide } from '../../../src/features/consent/decision.ts'
import { explainDecision } from '../../../src/features/consent/explain/explain-decision.ts'
import { act, ana, months, now, query, registry, withPurpose } from './scene.ts'

const answer = (events: readonly ConsentEvent[], asked = query(), moment = now) =>
  decide(asked, ana({}, events), registry, moment)

describe('After Ana objected to marketing (GDPR Art. 21(2), 21(3))', () => {
  const objected = act('objected', '2025-01-01', { purpose: 'marketing.*', contactChannel: '*' })

  it('what she said before it, or at that instant, no longer tells', () => {
    for (const day of ['2024-12-01', '2025-01-01']) {
      for (const word of ['given', 'refused', 'withdrawn'] as const) {
        expect(answer([act(word, day), objected])).toMatchObject({
          reason: 'OBJECTED',
          ask: false,
          evidence: [{ ref: objected.id }],
        })
      }
    }
  })

  it('her later no tells instead, and still nobody asks her, long after the cool-off', () => {
    const refused = act('refused', '2025-02-01')
    expect(answer([objected, refused])).toMatchObject({
      reason: 'CONSENT_REFUSED',
      ask: false,
      evidence: [{ ref: refused.id }],
    })
    const tookBack = [act('given', '2025-02-01'), act('withdrawn', '2025-03-01')]
    expect(answer([objected, ...tookBack])).toMatchObject({ reason: 'CONSENT_WITHDRAWN', ask: false })
  })

  it('her later yes waiting for its confirmation tells in Germany', () => {
    const yes = act('given', '2026-11-21')
    expect(decide(query(), ana({ jurisdiction: 'DE' }, [objected, yes]), registry, now)).toMatchObject({
      reason: 'DOUBLE_OPT_IN_MISSING',
      evidence: [{ ref: yes.id }],
    })
  })

  it('her later yes that has run out may be asked for again, since she reopened this herself', () => {
    const yes = act('given', '2025-02-01', { validity: months(6) })
    expect(answer([objected, yes])).toMatchObject({ reason: 'CONSENT_EXPIRED', ask: true })
  })

  it('what others did since does not stand before her objection', () => {
    for (const type of ['notice_shown', 'requested', 'deferred', 'revoked', 'invalidated'] as const) {
      expect(answer([objected, act(type, '2026-05-01', { by: 'controller' })])).toMatchObject({
        reason: 'OBJECTED',
        ask: false,
      })
    }
  })
})

describe('A no that comes after the controller ended her yes', () => {
  it('is a refusal: there was nothing left to withdraw (GDPR Art. 7(3))', () => {
    const given = act('given', '2026-03-01')
    const ended = act('revoked', '2026-04-01', { by: 'controller' })
    const no = act('refused', '2026-05-01')
    expect(answer([given, ended, no]).reason).toBe('CONSENT_REFUSED')
    expect(answer([given, act('withdrawn', '2026-04-01'), no]).reason).toBe('CONSENT_REFUSED')
  })
})

describe('While her data are restricted (GDPR Art. 18(2))', () => {
  const since = Date.parse('2026-11-20T10:00:00Z')
  const everything = (from: number) => ({ since: from, scope: ['*'] })
  const knowing = (day: string, change: Partial<ConsentEvent> = {}) =>
    act('given', day, { duringRestriction: true, ...change })
  const reason = (events: readonly ConsentEvent[], subject = {}, asked = query(), on = registry) =>
    decide(asked, ana({ restrictions: [everything(since)], ...subject }, events), on, now).reason

  it('a yes said at the very instant of the restriction, knowing of it, counts', () => {
    expect(reason([knowing('2026-11-20T10:00:00Z')])).toBe('CONSENT_GIVEN')
  })

  it('a yes must have known of each of two restrictions', () => {
    const restrictions = [everything(since), everything(since + 1000)]
    expect(reason([knowing('2026-11-20T10:00:00Z')], { restrictions })).toBe('RESTRICTED')
    expect(reason([knowing('2026-11-20T10:00:01Z')], { restrictions })).toBe('CONSENT_GIVEN')
  })

  it('a yes that waits for its confirmation in Germany lifts nothing yet', () => {
    const waiting = knowing('2026-11-21')
    const confirmed = act('confirmed', '2026-11-21T11:00:00Z', { confirms: waiting.id })
    expect(reason([waiting], { jurisdiction: 'DE' })).toBe('RESTRICTED')
    expect(reason([waiting, confirmed], { jurisdiction: 'DE' })).toBe('CONSENT_GIVEN')
  })

  it('a yes does not help a purpose that rests on something else than consent', () => {
    const yes = knowing('2026-11-21', {
      purpose: 'order.fulfilment',
      contactChannel: '*',
      attributes: ['name'],
    })
    const order = query({
      system: 'house',
      purpose: 'order.fulfilment',
      contactChannel: 'none',
      attribute: 'name',
    })
    const contracts = [{ controller: 'moda', at: now - 1 }]
    expect(reason([yes], { contracts }, order)).toBe('RESTRICTED')
    const both = withPurpose('order.fulfilment', { bases: ['contract', 'consent'] })
    expect(reason([yes], { contracts }, order, both)).toBe('CONSENT_GIVEN')
  })
})

it('That nobody gave a purpose a legal basis is told by the rule of the bases (GDPR Art. 6(1))', () => {
  const planned = query({
    system: 'house',
    purpose: 'survey.planned',
    contactChannel: 'none',
    attribute: 'email',
  })
  const { rules } = explainDecision(planned, ana(), registry, now)
  expect(rules.find(({ outcome }) => outcome === 'DENY')).toMatchObject({
    rule: 'bases',
    reason: 'NO_BASIS_CONFIGURED',
  })
})
