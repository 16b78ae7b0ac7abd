import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type ConfirmModel, ConfirmView } from './confirm.tsx'

const purposes = (language: Language) => [language === 'es' ? 'Ofertas y novedades' : 'Offers and news']

export const confirmFixtures = fixturesOf(ConfirmView, {
  default: { modelIn: (language): ConfirmModel => ({ state: 'waiting', purposes: purposes(language) }) },
  confirmed: { modelIn: (language): ConfirmModel => ({ state: 'confirmed', purposes: purposes(language) }) },
  overtaken: { model: { state: 'overtaken', purposes: [] } },
})
