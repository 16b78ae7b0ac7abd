import { fixturesOf } from '../fixture.ts'
import { KioskClosedView } from './closed.tsx'

export const kioskClosedFixtures = fixturesOf(KioskClosedView, { default: { model: { live: undefined } } })
