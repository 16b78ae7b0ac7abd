import { fixturesOf } from '../fixture.ts'
import { ProblemView } from './problem.tsx'

const reference = '7F3K-92QD'
const back = { href: 'https://tienda-norte.example', clientName: 'Tienda Norte' }

export const problemFixtures = fixturesOf(ProblemView, {
  'expired link': { model: { kind: 'expired-link', reference, back: { href: '/' } } },
  'rate limited': { model: { kind: 'rate-limited', reference, retryAfterSeconds: 300, back } },
  'not found': { model: { kind: 'not-found', reference } },
  forbidden: { model: { kind: 'forbidden', reference } },
  'invalid request': { model: { kind: 'invalid-request', reference, back } },
  'too large': { model: { kind: 'too-large', reference } },
  'server error': { model: { kind: 'server-error', reference, back } },
  unavailable: { model: { kind: 'unavailable', reference, retryAfterSeconds: 1 } },
  'interaction expired': { model: { kind: 'interaction-expired', reference, back } },
  'wrong host': { model: { kind: 'wrong-host', reference, back } },
})
