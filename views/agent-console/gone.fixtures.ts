import { fixturesOf } from '../fixture.ts'
import { underCalls } from './example-call.ts'
import { type GoneCallModel, GoneCallView } from './gone.tsx'

export const goneCallFixtures = fixturesOf(
  GoneCallView,
  underCalls<GoneCallModel>({
    default: { model: { because: 'not-here' } },
    over: { model: { because: 'over' } },
    'too late to take up': { model: { because: 'too-late' } },
  }),
)
