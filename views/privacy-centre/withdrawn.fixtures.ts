import { exampleNow, fixturesOf } from '../fixture.ts'
import { type WithdrawnModel, WithdrawnView } from './withdrawn.tsx'

export const withdrawnFixtures = fixturesOf(WithdrawnView, {
  default: {
    modelIn: (language): WithdrawnModel => ({
      at: exampleNow,
      withdrawn: [
        { purpose: language === 'es' ? 'Ofertas y novedades' : 'Offers and news', contactChannel: 'email' },
      ],
      stopped: ['Correo Claro', 'Envíos Cierzo, S.L.'],
      receiptHref: '/privacy/receipts/example',
    }),
  },
  'nobody had it': {
    modelIn: (language): WithdrawnModel => ({
      at: exampleNow,
      withdrawn: [
        {
          purpose: language === 'es' ? 'Sugerencias para ti' : 'Suggestions for you',
          contactChannel: 'none',
        },
      ],
      stopped: [],
    }),
  },
  'by link': {
    modelIn: (language): WithdrawnModel => ({
      at: exampleNow,
      withdrawn: [
        { purpose: language === 'es' ? 'Ofertas y novedades' : 'Offers and news', contactChannel: 'email' },
      ],
    }),
  },
})
