import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type CheckAnswersModel, CheckAnswersView } from './check-answers.tsx'

const model = (language: Language): CheckAnswersModel => ({
  details: [
    { label: 'attribute.email', values: ['ana@ejemplo.com'] },
    { label: 'attribute.given_name', values: ['Ana'], changeHref: '/example/your-details' },
    { label: 'attribute.family_name', values: [], changeHref: '/example/your-details' },
  ],
  permissions: [
    {
      label: { text: language === 'es' ? 'Ofertas y novedades' : 'Offers and news' },
      values: language === 'es' ? ['Correo electrónico: sí', 'SMS: no'] : ['Email: yes', 'Text message: no'],
      changeHref: '/example/preferences',
    },
    {
      label: { text: language === 'es' ? 'Sugerencias para ti' : 'Suggestions for you' },
      values: ['No'],
      changeHref: '/example/preferences',
    },
  ],
  backHref: '/example/preferences',
})

export const checkAnswersFixtures = fixturesOf(CheckAnswersView, {
  default: { modelIn: model },
  'without permissions': { modelIn: (language) => ({ ...model(language), permissions: [] }) },
  'form error': { modelIn: model, page: { formError: { code: 'unavailable' } } },
})
