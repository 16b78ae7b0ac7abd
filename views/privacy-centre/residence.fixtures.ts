import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type ResidenceModel, ResidenceView } from './residence.tsx'

const model = (language: Language): ResidenceModel => ({
  country: 'ES',
  countries: [
    { value: 'DE', words: language === 'es' ? 'Alemania' : 'Germany' },
    { value: 'ES', words: language === 'es' ? 'España' : 'Spain' },
    { value: 'FR', words: language === 'es' ? 'Francia' : 'France' },
  ],
  backHref: '/privacy/your-data',
})

export const residenceFixtures = fixturesOf(ResidenceView, {
  default: { modelIn: model },
  'nothing chosen': {
    modelIn: (language): ResidenceModel => ({ ...model(language), country: '' }),
    page: { fieldErrors: [{ field: 'country', code: 'choose-country' }] },
  },
})
