import { fixturesOf } from '../fixture.ts'
import { ContinuingView } from './continuing.tsx'

export const continuingFixtures = fixturesOf(ContinuingView, {
  default: { model: { href: '/__gallery/landing', clientName: 'Tienda Norte' } },
})
