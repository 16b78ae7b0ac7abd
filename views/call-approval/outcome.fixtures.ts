import { fixturesOf } from '../fixture.ts'
import { CallOutcomeView } from './outcome.tsx'

const about = { agentReference: 'A-7F3C21', action: '/call-approval/ejemplo' }

export const callOutcomeFixtures = fixturesOf(CallOutcomeView, {
  default: { model: { kind: 'approved', ...about } },
  declined: { model: { kind: 'declined', ...about } },
  reported: { model: { kind: 'reported', ...about } },
  expired: { model: { kind: 'expired', ...about } },
  'not found': { model: { kind: 'not-found' } },
})
