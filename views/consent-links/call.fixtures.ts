import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type CallLinkModel, CallLinkView } from './call.tsx'

const news = (language: Language) => (language === 'es' ? 'Ofertas y novedades' : 'Offers and news')
const surveys = (language: Language) => (language === 'es' ? 'Encuestas' : 'Surveys')

const model = (language: Language): CallLinkModel => ({
  state: 'asks',
  reference: 'LL-4F7K2M',
  at: new Date('2026-11-22T10:15:30Z'),
  until: new Date('2026-11-29T10:15:30Z'),
  questions: [
    {
      key: 'marketing.direct.email',
      purpose: news(language),
      contactChannel: 'email',
      summary:
        language === 'es'
          ? 'Tienda Norte te escribe con ofertas y novedades. Puedes pararlo cuando quieras.'
          : 'Tienda Norte writes to you with offers and news. You can stop it whenever you like.',
      text:
        language === 'es'
          ? 'Usamos tu correo y lo que has comprado para enviarte ofertas. Nadie más lo recibe.'
          : 'We use your e-mail address and what you bought to send you offers. Nobody else gets it.',
      language,
    },
  ],
  told: [],
  tookBack: [],
  answers: [],
  restored: [],
  stays: [],
  toBeAsked: [],
  notMineAction: '/example/not-mine',
})

export const callLinkFixtures = fixturesOf(CallLinkView, {
  default: { modelIn: model },
  'field errors': {
    modelIn: model,
    page: { fieldErrors: [{ field: 'choice.marketing.direct.email', code: 'answer-needed' }] },
  },
  'only what was told': {
    modelIn: (language): CallLinkModel => ({
      ...model(language),
      state: 'told',
      questions: [],
      told: [{ purpose: surveys(language), contactChannel: 'phone_human' }],
      tookBack: [{ purpose: surveys(language), contactChannel: 'phone_human' }],
    }),
  },
  answered: {
    modelIn: (language): CallLinkModel => ({
      ...model(language),
      state: 'answered',
      questions: [],
      answers: [{ purpose: news(language), contactChannel: 'email', answer: 'yes' }],
    }),
  },
  'answered before': {
    modelIn: (language): CallLinkModel => ({
      ...model(language),
      state: 'answered-before',
      questions: [],
      answers: [{ purpose: news(language), contactChannel: 'email', answer: 'no' }],
    }),
  },
  disowned: {
    modelIn: (language): CallLinkModel => ({
      ...model(language),
      state: 'disowned',
      questions: [],
      restored: [{ purpose: surveys(language), contactChannel: 'phone_human' }],
      stays: [{ purpose: surveys(language), contactChannel: 'email' }],
      toBeAsked: [{ purpose: news(language), contactChannel: 'email' }],
    }),
  },
  overtaken: {
    modelIn: (language): CallLinkModel => ({ ...model(language), state: 'overtaken', questions: [] }),
  },
})
