import { fixturesOf } from '../fixture.ts'
import { type GuardianDoneModel, GuardianDoneView } from './guardian-done.tsx'

export const guardianDoneFixtures = fixturesOf(GuardianDoneView, {
  default: {
    modelIn: (language): GuardianDoneModel => ({
      answers: [
        { purpose: language === 'es' ? 'Ofertas y novedades' : 'Offers and news', answer: 'yes' },
        { purpose: language === 'es' ? 'Sugerencias para ti' : 'Suggestions for you', answer: 'no' },
      ],
      kept: {
        receiptHref: '/guardian/yes/example/receipt',
        withdrawHref: '/guardian/yes/example',
        mailed: true,
      },
    }),
  },
})
