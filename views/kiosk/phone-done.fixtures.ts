import { fixturesOf } from '../fixture.ts'
import { PhoneDoneView } from './phone-done.tsx'

export const phoneDoneFixtures = fixturesOf(PhoneDoneView, {
  default: {
    model: { userCode: 'WDJB-MJHT', place: { label: 'Quiosco 3', store: 'Tienda Gran Vía', city: 'Madrid' } },
  },
})
