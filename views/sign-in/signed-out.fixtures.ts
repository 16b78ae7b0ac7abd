import { fixturesOf } from '../fixture.ts'
import { SignedOutView } from './signed-out.tsx'

export const signedOutFixtures = fixturesOf(SignedOutView, {
  default: {
    model: {
      apps: ['Tienda Norte', 'App Tienda Norte'],
      back: { href: '/example', clientName: 'Tienda Norte' },
    },
  },
  'nobody to tell': { model: { apps: [] } },
  'only one application': {
    model: { apps: [], only: { clientName: 'Tienda Norte', signOutHref: '/example/sign-out' } },
  },
})
