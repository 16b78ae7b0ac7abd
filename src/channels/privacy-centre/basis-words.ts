import type { LegalBasis } from '../../features/consent/index.ts'

/** Why something may be done, as a person reads it. */
const words: Readonly<Record<LegalBasis, Readonly<Record<'es' | 'en', string>>>> = {
  consent: { es: 'Porque dijiste que sí', en: 'Because you said yes' },
  contract: { es: 'Por tu cuenta o tu compra', en: 'For your account or your purchase' },
  legal_obligation: { es: 'Porque lo exige la ley', en: 'Because the law requires it' },
  soft_opt_in: {
    es: 'Porque eres cliente y no te has opuesto',
    en: 'You are a customer and have not objected',
  },
  legitimate_interest: { es: 'Por un interés legítimo', en: 'For a legitimate interest' },
}

export const basisWords = (basis: LegalBasis, language: 'es' | 'en'): string => words[basis][language]
