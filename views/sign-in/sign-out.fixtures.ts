import { fixturesOf } from '../fixture.ts'
import { SignOutView } from './sign-out.tsx'

const hidden = { xsrf: 'example' }
const hiddenForAll = { logout: 'yes' }

export const signOutFixtures = fixturesOf(SignOutView, {
  default: {
    model: {
      clientName: 'Tienda Norte',
      apps: ['Tienda Norte', 'App Tienda Norte', 'Club Norte'],
      cancelHref: '/example/back',
      hidden,
      hiddenForAll,
    },
  },
  'one application': { model: { clientName: 'Tienda Norte', apps: ['Tienda Norte'], hidden, hiddenForAll } },
  'nobody asked': { model: { apps: ['Tienda Norte', 'Club Norte'], hidden, hiddenForAll } },
  'no application': { model: { apps: [], hidden, hiddenForAll } },
})
