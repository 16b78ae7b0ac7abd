import { exampleNow, fixturesOf } from '../fixture.ts'
import { exampleMenu } from './example-menu.ts'
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
  'in the console': {
    model: { ...model, consoles: [{ href: '/dpo/purposes', title: 'DPO', about: 'GDPR' }] },
    page: { menu: exampleMenu('/staff') },
  },
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
