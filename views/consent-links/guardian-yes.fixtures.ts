import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type GuardianYesModel, GuardianYesView } from './guardian-yes.tsx'

const yes = (language: Language) =>
  ({
    name: 'marketing.direct.email',
    purpose: language === 'es' ? 'Ofertas y novedades' : 'Offers and news',
    contactChannel: 'email',
  }) as const
const model = (more: Partial<GuardianYesModel>): GuardianYesModel => ({
  child: 'l•••@c•••.example',
  yeses: [],
  withdrawn: false,
  ...more,
})

export const guardianYesFixtures = fixturesOf(GuardianYesView, {
  default: { modelIn: (language) => model({ yeses: [yes(language)] }) },
  'two of them': {
    modelIn: (language) =>
      model({
        yeses: [
          yes(language),
          {
            name: 'personalisation.onsite.none',
            purpose: language === 'es' ? 'Sugerencias para ti' : 'Suggestions for you',
            contactChannel: 'none',
          },
        ],
      }),
  },
  'nothing left': { modelIn: () => model({}) },
  withdrawn: { modelIn: () => model({ withdrawn: true }) },
})
