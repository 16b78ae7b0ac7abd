import type { RuleName } from '../decision.ts'
import type { Localised } from '../published.ts'

/** What a rule asks, and where the law asks it. */
export interface RuleWords {
  readonly asks: Localised
  readonly cites: string
}

export const ruleWords: Readonly<Record<RuleName, RuleWords>> = {
  capability: {
    asks: {
      es: 'Quién pregunta está registrado para esta finalidad, y la finalidad existe.',
      en: 'Whoever asks is registered for this purpose, and the purpose exists.',
    },
    cites: 'GDPR Art. 5(1)(b)',
  },
  'life-cycle': {
    asks: {
      es: 'Los datos de la persona no están bloqueados ni suprimidos.',
      en: "The person's data are neither blocked nor erased.",
    },
    cites: 'GDPR Art. 17, LOPDGDD art. 32',
  },
  minimisation: {
    asks: {
      es: 'El dato es de los que la finalidad necesita.',
      en: 'The attribute is one the purpose needs.',
    },
    cites: 'GDPR Art. 5(1)(c)',
  },
  recipient: {
    asks: {
      es: 'El destinatario tiene su contrato y, fuera de la Unión, su garantía.',
      en: 'The recipient has its contract and, outside the Union, its transfer tool.',
    },
    cites: 'GDPR Art. 28(3), 44',
  },
  restriction: {
    asks: {
      es: 'La persona no ha pedido limitar este tratamiento.',
      en: 'The person has not asked to restrict this processing.',
    },
    cites: 'GDPR Art. 18',
  },
  suppression: {
    asks: {
      es: 'No tenemos motivos propios para no volver a escribir.',
      en: 'We have no reason of our own never to write again.',
    },
    cites: 'GDPR Art. 21(3)',
  },
  bases: {
    asks: { es: 'Alguna base jurídica permite el uso.', en: 'Some legal basis carries the use.' },
    cites: 'GDPR Art. 6(1)',
  },
  'nothing-permits': {
    asks: {
      es: 'Sin base que lo permita, la respuesta es no.',
      en: 'Where no basis carries it, the answer is no.',
    },
    cites: 'GDPR Art. 5(1)(a), 6(1)',
  },
}
