import { fixturesOf } from '../fixture.ts'
import { SignOutView } from './sign-out.tsx'

export const signOutFixtures = fixturesOf(SignOutView, {
  default: {
    model: {
      clientName: 'Tienda Norte',
      apps: ['Tienda Norte', 'App Tienda Norte', 'Club Norte'],
      cancelHref: '/example/back',
      hidden: { xsrf: 'example' },
    },
  },
  'one application': { model: { clientName: 'Tienda Norte', apps: ['Tienda Norte'] } },
})
