import { daysBefore, fixturesOf } from '../fixture.ts'
import { StaffEnrolView } from './enrol.tsx'

export const staffEnrolFixtures = fixturesOf(StaffEnrolView, {
  default: {
    model: {
      displayName: 'Carmen',
      roles: ['dpo', 'admin'],
      expiresAt: daysBefore(-1),
      optionsHref: '/staff/enrol/options',
      action: '/staff/enrol/passkey',
    },
  },
})
