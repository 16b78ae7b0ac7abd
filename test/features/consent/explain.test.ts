import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/features/consent/decision.ts'
import { explainDecision } from '../../../src/features/consent/explain/explain-decision.ts'
import { factsAsOf } from '../../../src/features/consent/explain/facts-as-of.ts'
import { toldToRecipient } from '../../../src/features/consent/explain/told-to-recipient.ts'
import { knownFacts } from '../../../src/features/consent/explain/what-was-known.ts'
import type { Facts } from '../../../src/features/consent/facts.ts'
import { person, question } from './any-history.ts'
import { act, ana, at, bought, newsletter, now, query, registry } from './scene.ts'

describe('The explanation of a decision', () => {
  it('is of the very decision that was taken, for whatever history and question', () => {
    fc.assert(
      fc.property(person(), question, (facts, asked) => {
        const told = explainDecision(asked, facts, registry, now)
        expect(told.decision).toEqual(decide(asked, facts, registry, now))
        expect(told.rules.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
        const deciding = told.rules.filter(({ outcome }) => outcome === 'PERMIT' || outcome === 'DENY')
        expect(deciding.map(({ reason }) => reason)).toEqual([told.decision.reason])
        const place = told.rules.findIndex(({ outcome }) => outcome === told.decision.decision)
        expect(told.rules.slice(0, place).every(({ outcome }) => outcome === 'PASSED')).toBe(true)
        expect(told.rules.slice(place + 1).every(({ outcome }) => outcome === 'NOT_REACHED')).toBe(true)
      }),
      { numRuns: 600 },
    )
  })

  it('names each basis that was tried, what stopped it, and the article of the place', () => {
    const told = explainDecision(newsletter, ana({ purchases: [bought('2026-10-01')] }), registry, now)
    const bases = told.rules.find(({ rule }) => rule === 'bases')?.bases
    expect(bases?.map(({ basis, outcome, reason }) => [basis, outcome, reason])).toEqual([
      ['consent', 'DENY', 'NO_CONSENT'],
      ['soft_opt_in', 'PERMIT', 'SOFT_OPT_IN'],
    ])
    expect(told.cites).toBe('ePrivacy Directive Art. 13(2); LSSI art. 21.1, 21.2')
    expect(told.law.jurisdiction).toBe('ES')
  })

  it('tells others than the house the same answer by the same rules, and neither place nor dealings, whatever the history', () => {
    fc.assert(
      fc.property(person(), question, (facts, asked) => {
        const told = explainDecision(asked, facts, registry, now)
        const outside = toldToRecipient(told)
        expect(outside.decision).toEqual(told.decision)
        expect(outside.rules.map(({ rule, outcome, reason }) => [rule, outcome, reason])).toEqual(
          told.rules.map(({ rule, outcome, reason }) => [rule, outcome, reason]),
        )
        expect(outside.knew.map(({ fact }) => fact)).toEqual(['account', 'contact-point', 'recipient'])
        expect(Object.keys(outside)).not.toContain('law')
        expect(outside.rules.flatMap((rule) => Object.keys(rule))).not.toContain('bases')
        // The law of a place names the place: Spain's rules of advertising, Germany's.
        expect(JSON.stringify([outside.cites, outside.rules])).not.toMatch(/LSSI|UWG/)
      }),
      { numRuns: 300 },
    )
  })

  it('counts the stops that reach the question, and no others', () => {
    const own = (internal: Facts['suppression']['internal']) =>
      explainDecision(
        newsletter,
        { ...ana(), suppression: { internal, listings: [] } },
        registry,
        now,
      ).knew.find(({ fact }) => fact === 'own-suppressions')?.says['en']
    const stop = { reason: 'complaint', recordedAt: now } as const
    expect(own([{ ...stop, contactChannel: 'sms' }])).toContain('0 entries')
    expect(
      own([
        { ...stop, contactChannel: 'email' },
        { ...stop, contactChannel: 'sms' },
      ]),
    ).toContain('1 entry')
    expect(own([{ ...stop, contactChannel: '*' }])).toContain('1 entry')
  })

  it('tells where nothing permitted which bases failed, and what would not even be tried', () => {
    const told = explainDecision(newsletter, ana({}, [act('withdrawn', '2026-11-20')]), registry, now)
    const last = told.rules.at(-1)
    expect(last).toMatchObject({ rule: 'nothing-permits', outcome: 'DENY', reason: 'CONSENT_WITHDRAWN' })
    expect(last?.says).toEqual({
      es: 'La persona retiró su consentimiento.',
      en: 'The person withdrew the consent.',
    })
    const unknown = explainDecision(query({ purpose: 'no.such' }), ana(), registry, now)
    expect(unknown.rules.map(({ outcome }) => outcome)).toEqual(['DENY', ...Array(7).fill('NOT_REACHED')])
  })
})

describe('As of a past day', () => {
  const yes = act('given', '2026-03-01', { recordedAt: at('2026-03-01T10:00:00Z') })
  const late = act('withdrawn', '2026-03-02', { recordedAt: at('2026-03-10T10:00:00Z') })
  const then = at('2026-03-03T12:00:00Z')

  it('what had not happened or was not known yet is left out', () => {
    const facts = ana({}, [yes, late])
    expect(explainDecision(newsletter, factsAsOf(facts, then), registry, then).decision.reason).toBe(
      'CONSENT_GIVEN',
    )
    expect(
      explainDecision(newsletter, factsAsOf(facts, at('2026-03-11')), registry, at('2026-03-11')).decision
        .reason,
    ).toBe('CONSENT_WITHDRAWN')
  })

  it('restrictions are those of the day, and a consultation of a list made later is none', () => {
    const set = act('restriction_set', '2026-04-01', {
      restrictionScope: ['*'],
      recordedAt: at('2026-04-01T10:00:00Z'),
    })
    const facts = factsAsOf(
      ana({ restrictions: [{ since: set.occurredAt, scope: ['*'] }] }, [yes, set]),
      then,
    )
    expect(facts.subject.restrictions).toEqual([])
    expect(facts.suppression.checkedAt).toBeUndefined()
  })

  it('lists are judged by what they had answered by the day', () => {
    const checkedOn = (day: string) =>
      ['robinson', 'stop_publicidad'].map((list) => ({
        list,
        contactChannel: 'email' as const,
        contactPoint: 'ana@x',
        at: at(day),
      }))
    const told = (day: string) => {
      const facts = ana({ purchases: [bought('2026-02-01')] }, [], {
        contactPoints: { email: 'ana@x' },
        suppression: { internal: [], listings: [], checks: checkedOn(day) },
      })
      return explainDecision(newsletter, factsAsOf(facts, then), registry, then)
    }
    expect(told('2026-11-10').decision.reason).toBe('SUPPRESSION_LIST_CHECK_STALE')
    expect(told('2026-02-20').decision.reason).toBe('SOFT_OPT_IN')
    const saysOfLists = (day: string) =>
      told(day).knew.find(({ fact }) => fact === 'exclusion-lists')?.says['en']
    expect(saysOfLists('2026-11-10')).toBe('No consultation of exclusion lists is known.')
    expect(saysOfLists('2026-02-20')).toBe(
      'Exclusion lists last consulted: robinson (2026-02-20) and stop_publicidad (2026-02-20).',
    )
  })

  it('what was on record of a day still to come counts from that day, and an end nobody knew of is none', () => {
    const tills = act('withdrawn', '2026-03-05', { recordedAt: at('2026-03-02') })
    const contract = { controller: 'moda', at: at('2026-01-01'), closedAt: at('2026-06-01') }
    const facts = factsAsOf(ana({ contracts: [contract] }, [yes, tills]), then)
    expect(facts.events).toEqual([yes, tills])
    expect(facts.subject.contracts).toEqual([{ ...contract, closedAt: undefined }])
  })

  it('a complaint that was let go since then still stood, and one that came later did not', () => {
    const lifted = {
      contactChannel: 'email',
      reason: 'complaint',
      recordedAt: at('2026-02-01'),
      liftedAt: at('2026-06-01'),
    } as const
    const later = { contactChannel: 'email', reason: 'complaint', recordedAt: at('2026-07-01') } as const
    const facts = ana({}, [yes], { suppression: { internal: [later], lifted: [lifted], listings: [] } })
    const reasonAt = (day: string) =>
      explainDecision(newsletter, factsAsOf(facts, at(day)), registry, at(day)).decision.reason
    expect(reasonAt('2026-03-03')).toBe('SUPPRESSED_INTERNAL')
    expect(reasonAt('2026-06-15')).toBe('CONSENT_GIVEN')
    expect(reasonAt('2026-07-15')).toBe('SUPPRESSED_INTERNAL')
  })

  it('the explanation tells what was known, without the values, and what cannot be told any more', () => {
    const facts = factsAsOf(ana({}, [yes, late], { contactPoints: { email: 'ana@x' } }), then)
    const since = at('2025-01-01')
    const lost = new Map([
      ['residence', { why: 'not-dated-before', since: new Date('2026-06-01T00:00:00Z') }],
    ] as const)
    const { knew } = explainDecision(newsletter, facts, registry, then, { since, lost })
    expect(knew.map(({ fact }) => fact)).toEqual(knownFacts)
    const of = (fact: string) => knew.find((one) => one.fact === fact)
    expect(of('acts')).toEqual({
      fact: 'acts',
      known: true,
      says: {
        es: 'Sobre esta finalidad y canal había 1 acto registrado; el último se registró el 2026-03-01.',
        en: 'On this purpose and channel 1 act was recorded, the last one on 2026-03-01.',
      },
    })
    expect(of('residence')).toMatchObject({
      known: false,
      says: { en: expect.stringContaining('Changes are dated since 2026-06-01') },
    })
    expect(JSON.stringify(knew)).not.toMatch(/1990|ana@x/)
    for (const { says } of knew) expect(Object.keys(says).sort()).toEqual(['en', 'es'])
    const before = explainDecision(newsletter, facts, registry, then, { since: at('2026-04-01'), lost })
    expect(before.knew[0]?.says['en']).toBe('Nothing was known of the person yet.')
  })

  it('of somebody erased since, nothing but that is told', () => {
    const lost = new Map([['account', { why: 'erased' }]] as const)
    const { decision, knew } = explainDecision(newsletter, ana({ state: 'erased' }), registry, then, {
      since: at('2025-01-01'),
      lost,
    })
    expect(decision.reason).toBe('SUBJECT_ERASED')
    expect(knew).toMatchObject([{ fact: 'account', known: false }])
  })

  it('what a shop or another account of hers told us later was not known yet', () => {
    const sale = bought('2026-02-01', { recordedAt: at('2026-03-10') })
    const contract = { controller: 'moda', at: at('2026-02-01'), recordedAt: at('2026-03-10') }
    const facts = factsAsOf(
      ana({ purchases: [sale], contracts: [contract] }, [yes], {
        linked: [{ id: 'ana-2', facts: ana({}, [late]), assurance: 'L2', shared: new Map() }],
      }),
      then,
    )
    expect(facts.subject.purchases).toEqual([])
    expect(facts.subject.contracts).toEqual([])
    expect(facts.linked?.[0]?.facts.events).toEqual([])
  })
})
