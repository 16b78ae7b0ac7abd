import { fixturesOf } from '../fixture.ts'
import { exampleHead, underCalls } from './example-call.ts'
import { type StoppedModel, StoppedView } from './stopped.tsx'

export const stoppedFixtures = fixturesOf(
  StoppedView,
  underCalls<StoppedModel>({
    default: { model: { head: exampleHead, because: 'failed-twice' } },
    'reported by the customer': { model: { head: exampleHead, because: 'reported' } },
    locked: { model: { head: { ...exampleHead, banners: ['locked'] }, because: 'locked' } },
  }),
)
