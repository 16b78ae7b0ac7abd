import { fixturesOf } from '../fixture.ts'
import { PhoneOutcomeView } from './phone-outcome.tsx'

export const phoneOutcomeFixtures = fixturesOf(PhoneOutcomeView, {
  declined: { model: { kind: 'declined' } },
  reported: { model: { kind: 'reported' } },
  'wrong number': { model: { kind: 'wrong-number' } },
  'passkey needed': {
    model: { kind: 'passkey-needed', confirmHref: '/device/confirm-with-passkey?user_code=WDJB-MJHT' },
  },
})
