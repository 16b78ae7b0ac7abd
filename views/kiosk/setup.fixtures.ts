import { fixturesOf } from '../fixture.ts'
import { KioskSetupView } from './setup.tsx'

const model = { issuer: 'https://id.tienda-norte.example', live: false }

export const kioskSetupFixtures = fixturesOf(KioskSetupView, {
  default: { model },
  done: { model: { ...model, told: 'done' } },
  'wrong code': { model: { ...model, told: 'wrong' } },
  offline: { model: { ...model, told: 'unreachable' } },
})
