import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type KioskDoneModel, KioskDoneView } from './done.tsx'

const modelIn = (language: Language): KioskDoneModel => ({
  live: false,
  receipt: 'mailed',
  choices: [
    {
      purpose: language === 'es' ? 'Ofertas de Tienda Norte' : 'Offers from Tienda Norte',
      contactChannel: 'email',
      answer: 'no',
    },
  ],
})

export const kioskDoneFixtures = fixturesOf(KioskDoneView, {
  default: { modelIn },
  'no mailbox': { modelIn: (language) => ({ ...modelIn(language), receipt: 'kept' as const }) },
  'awaits confirmation': {
    modelIn: (language) => ({
      ...modelIn(language),
      choices: modelIn(language).choices.map((choice) => ({
        ...choice,
        answer: 'yes' as const,
        awaitsConfirmation: true,
      })),
    }),
  },
  empty: { model: { live: false, receipt: 'nothing-changed', choices: [] } },
})
