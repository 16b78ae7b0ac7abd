import { fixturesOf } from '../fixture.ts'
import { KioskReviewView } from './review.tsx'

export const kioskReviewFixtures = fixturesOf(KioskReviewView, {
  default: {
    modelIn: (language) => ({
      live: false,
      fields: [],
      choices: [
        {
          purpose: language === 'es' ? 'Ofertas de Tienda Norte' : 'Offers from Tienda Norte',
          contactChannel: 'email' as const,
          answer: 'yes' as const,
        },
        {
          purpose: language === 'es' ? 'Ofertas de Tienda Norte' : 'Offers from Tienda Norte',
          contactChannel: 'sms' as const,
          answer: 'no' as const,
        },
      ],
    }),
  },
})
