import { fixturesOf } from '../fixture.ts'
import { ProblemCodesView } from './problem-codes.tsx'

export const problemCodesFixtures = fixturesOf(ProblemCodesView, {
  default: {
    model: {
      problems: [
        { code: 'cursor-gone', status: 410, means: 'The cursor is too old.', todo: 'Begin again.' },
        { code: 'token-needed', status: 401, means: 'There is no valid access token.', todo: 'Get one.' },
      ],
    },
  },
})
