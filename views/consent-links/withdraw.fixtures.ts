import { fixturesOf } from '../fixture.ts'
import { type WithdrawModel, WithdrawView } from './withdraw.tsx'

export const withdrawFixtures = fixturesOf(WithdrawView, {
  default: {
    modelIn: (language): WithdrawModel => ({
      purpose: language === 'es' ? 'Ofertas y novedades' : 'Offers and news',
      contactChannel: 'email',
    }),
  },
})
