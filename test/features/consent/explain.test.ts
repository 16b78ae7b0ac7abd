import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/features/consent/decision.ts'
import { explainDecision } from '../../../src/features/consent/explain/explain-decision.ts'
import { factsAsOf } from '../../../src/features/consent/explain/facts-as-of.ts'
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
})
