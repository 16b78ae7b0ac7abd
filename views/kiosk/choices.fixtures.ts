import { examplePurposes } from '../example-purposes.ts'
import { fixturesOf } from '../fixture.ts'
import { type KioskChoicesModel, KioskChoicesView } from './choices.tsx'

const place = { label: 'Quiosco 3', store: 'Tienda Gran Vía', city: 'Madrid' }
const modelOf = (purposes: KioskChoicesModel['purposes']): KioskChoicesModel => ({
  purposes,
  place,
  live: false,
})

export const kioskChoicesFixtures = fixturesOf(KioskChoicesView, {
  default: { modelIn: (language) => modelOf(examplePurposes(language)) },
  'still there?': { modelIn: (language) => ({ ...modelOf(examplePurposes(language)), warning: true }) },
  'form error': {
    modelIn: (language) => modelOf(examplePurposes(language)),
    page: { formError: { code: 'nothing-answered' } },
  },
  'too young': { modelIn: (language) => ({ ...modelOf(examplePurposes(language)), guardianUntilAge: 14 }) },
  empty: { model: modelOf([]) },
})
