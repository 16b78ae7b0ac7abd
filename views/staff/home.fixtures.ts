import { exampleNow, fixturesOf } from '../fixture.ts'
import { type StaffHomeModel, StaffHomeView } from './home.tsx'

const model: StaffHomeModel = {
  displayName: 'Carmen',
  roles: ['dpo'],
  scope: [],
  signedInAt: exampleNow,
  consoles: [],
  signOutAction: '/staff/sign-out',
}

export const staffHomeFixtures = fixturesOf(StaffHomeView, {
  default: { model },
  'every role': {
    model: {
      ...model,
      displayName: 'Bruno',
      roles: ['admin', 'dpo', 'agent', 'store-manager', 'store-staff'],
      scope: ['Gran Vía (Madrid)', 'Casco Viejo (Bilbao)'],
      consoles: [{ href: '/dpo', title: 'DPO', about: 'GDPR' }],
    },
  },
})
