import { fixturesOf } from '../fixture.ts'
import { ProblemCodeView } from './problem-code.tsx'

export const problemCodeFixtures = fixturesOf(ProblemCodeView, {
  default: {
    model: {
      code: 'cursor-gone',
      status: 410,
      means: 'The cursor is not one of this list, or too old.',
      todo: 'Begin again.',
    },
  },
})
