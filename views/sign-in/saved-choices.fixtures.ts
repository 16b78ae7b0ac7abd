import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type SavedChoicesModel, SavedChoicesView } from './saved-choices.tsx'

const model = (language: Language): SavedChoicesModel => ({
  choices: [
    {
      purpose: language === 'es' ? 'Ofertas y novedades' : 'Offers and news',
      contactChannel: 'email',
      answer: 'yes',
    },
    {
      purpose: language === 'es' ? 'Ofertas y novedades' : 'Offers and news',
      contactChannel: 'sms',
      answer: 'no',
    },
    {
      purpose: language === 'es' ? 'Sugerencias para ti' : 'Suggestions for you',
      contactChannel: 'none',
      answer: 'no',
    },
  ],
  receiptHref: '/privacy/receipts/example',
  permissionsHref: '/privacy/permissions',
  continueAction: '/example/continue',
})

export const savedChoicesFixtures = fixturesOf(SavedChoicesView, {
  default: { modelIn: model },
  'awaits confirmation': {
    modelIn: (language) => ({
      ...model(language),
      choices: model(language).choices.map((choice) =>
        choice.answer === 'yes' ? { ...choice, awaitsConfirmation: true } : choice,
      ),
    }),
  },
  'awaits a guardian': {
    modelIn: (language) => ({
      ...model(language),
      choices: model(language).choices.map((choice) =>
        choice.answer === 'yes' ? { ...choice, awaitsGuardian: true } : choice,
      ),
    }),
  },
  'all refused': {
    modelIn: (language) => ({
      ...model(language),
      choices: model(language).choices.map((choice) => ({ ...choice, answer: 'no' as const })),
    }),
  },
})
