import { exampleNow, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type AskGuardianModel, AskGuardianView } from './ask-guardian.tsx'

const model = (language: Language): AskGuardianModel => ({
  purposes: [language === 'es' ? 'Ofertas y novedades' : 'Offers and news'],
})

export const askGuardianFixtures = fixturesOf(AskGuardianView, {
  default: { modelIn: model },
  waiting: { modelIn: (language) => ({ ...model(language), waitingUntil: exampleNow }) },
  nothing: { model: { purposes: [] } },
  'field errors': {
    modelIn: (language) => ({ ...model(language), email: 'yo@ejemplo.com' }),
    page: { fieldErrors: [{ field: 'email', code: 'guardian-address-own' }] },
  },
})
