import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOvertaken, onlyRepeated } from '../../../src/features/consent/overtaken-answer.ts'
import { standingAnswer, standingMark } from '../../../src/features/consent/standing-answer.ts'
import type { StandingChoice } from '../../../src/features/consent/standing-choice.ts'

/** A question as it stands, as far as the rule looks at it. */
const standing = (answer: 'yes' | 'no' | 'none', id: string): StandingChoice => {
  const state = { yes: 'GIVEN', no: 'REFUSED', none: 'UNKNOWN' } as const
  const by = answer === 'none' ? undefined : { id, type: answer === 'yes' ? 'given' : 'refused' }
  const decision = { reason: answer === 'yes' ? 'CONSENT_GIVEN' : 'NO_CONSENT' }
  const known: object = { state: state[answer], effective: state[answer], by, decision }
  return known as StandingChoice
}

const answers = fc.constantFrom('yes' as const, 'no' as const, 'none' as const)
const someCase = fc.record({
  now: answers,
  isAnother: fc.boolean(),
  preset: answers,
  pressed: fc.constantFrom('yes' as const, 'no' as const),
  touched: fc.boolean(),
})

const judged = ({
  now,
  isAnother,
  preset,
  pressed,
  touched,
}: typeof someCase extends fc.Arbitrary<infer One> ? One : never) => {
  const choice = standing(now, 'e2')
  const mark = isAnother ? 'e1' : standingMark(choice)
  return { choice, answered: { answer: pressed, seen: { mark, preset, touched } } }
}

describe('An answer that somebody else’s hand may have overtaken', () => {
  it('is not, while nothing moved, and not when both say the same', () => {
    fc.assert(
      fc.property(someCase, (one) => {
        const { choice, answered } = judged(one)
        if (!one.isAnother || standingAnswer(choice) === one.pressed) {
          expect(isOvertaken(answered, choice)).toBe(false)
        }
      }),
    )
  })

  it('never holds up a no that was pressed on purpose (GDPR 7(3))', () => {
    fc.assert(
      fc.property(someCase, (one) => {
        const { choice, answered } = judged({ ...one, pressed: 'no', touched: true })
        expect(isOvertaken(answered, choice)).toBe(false)
      }),
    )
  })

  it('always stops a yes over a newer no, and an untouched answer over a newer other one', () => {
    fc.assert(
      fc.property(someCase, (one) => {
        const yes = judged({ ...one, now: 'no', isAnother: true, pressed: 'yes' })
        expect(isOvertaken(yes.answered, yes.choice)).toBe(true)
        const still = judged({ ...one, now: 'yes', isAnother: true, pressed: 'no', touched: false })
        expect(isOvertaken(still.answered, still.choice)).toBe(true)
      }),
    )
  })

  it('is judged only on screens that say how the question stood', () => {
    expect(isOvertaken({ answer: 'yes' }, standing('no', 'e2'))).toBe(false)
    expect(onlyRepeated({ answer: 'yes' })).toBe(false)
  })

  it('says nothing when the control came back as it was shown', () => {
    const seen = { mark: 'e1', preset: 'yes', touched: false } as const
    expect(onlyRepeated({ answer: 'yes', seen })).toBe(true)
    expect(onlyRepeated({ answer: 'no', seen })).toBe(false)
    expect(onlyRepeated({ answer: 'yes', seen: { ...seen, touched: true } })).toBe(false)
  })
})
