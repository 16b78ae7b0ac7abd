import { exampleNow, fixturesOf } from '../fixture.ts'
import { translator } from '../locales/translator.ts'
import type { Language } from '../page-context.ts'
import {
  ExplainDecisionView,
  type ExplainedModel,
  type ExplainFields,
  type ExplainModel,
} from './explain-decision.tsx'
import { underPeople } from './under-people.ts'

const asked: ExplainFields = {
  purpose: 'marketing.direct',
  contact_channel: 'email',
  recipient: 'newsletter',
  day: '',
}

const page = (language: Language, fields: ExplainFields, explained?: ExplainedModel): ExplainModel => ({
  action: '/dpo/people/0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11/explain',
  personHref: '/dpo/people/0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11',
  fields,
  purposes: [
    { value: 'marketing.direct', words: language === 'es' ? 'Ofertas y novedades' : 'Offers and news' },
  ],
  contactChannels: ['email', 'sms', 'push', 'none'],
  recipients: [
    { value: '(house)', words: translator(language)('explain.house') },
    { value: 'newsletter', words: 'Boletines Sur' },
  ],
  explained,
})

const said = (language: Language, es: string, en: string): string => (language === 'es' ? es : en)

const explained = (language: Language, permitted: boolean): ExplainedModel => ({
  permitted,
  says: permitted
    ? said(
        language,
        'La persona dijo que sí y su sí sigue en pie.',
        'The person said yes, and the yes stands.',
      )
    : said(language, 'La persona retiró su consentimiento.', 'The person withdrew the consent.'),
  cites: permitted ? 'GDPR Art. 6(1)(a), 7; LSSI art. 21.1' : 'GDPR Art. 7(3)',
  basis: permitted ? 'consent' : undefined,
  attribute: said(language, 'Correo electrónico', 'E-mail'),
  at: exampleNow,
  validUntil: permitted ? new Date('2028-11-22T10:15:30.000Z') : undefined,
  law: permitted ? { jurisdiction: 'ES', version: '2026-11-22' } : { jurisdiction: '*', version: '1' },
  knew: [
    {
      id: 'account',
      says: said(language, 'La cuenta estaba activa.', 'The account was active.'),
      known: true,
    },
    {
      id: 'exclusion-lists',
      says: said(
        language,
        'Qué decía entonces la Lista Robinson ya no se sabe.',
        'What the Robinson list said then is not known any more.',
      ),
      known: permitted,
    },
  ],
  rules: [
    {
      number: 1,
      asks: said(
        language,
        'Quién pregunta está registrado para esta finalidad, y la finalidad existe.',
        'Whoever asks is registered for this purpose, and the purpose exists.',
      ),
      cites: 'GDPR Art. 5(1)(b)',
      outcome: 'PASSED',
      says: undefined,
      bases: [],
    },
    {
      number: 7,
      asks: said(language, 'Alguna base jurídica lo permite.', 'Some legal basis carries it.'),
      cites: 'GDPR Art. 6(1)',
      outcome: permitted ? 'PERMIT' : 'DENY',
      says: undefined,
      bases: [
        {
          basis: 'consent',
          outcome: permitted ? 'PERMIT' : 'DENY',
          says: said(language, 'Eso dijo', 'So they said'),
          cites: 'GDPR Art. 7',
        },
        { basis: 'soft_opt_in', outcome: 'NOT_REACHED', says: undefined, cites: undefined },
      ],
    },
    {
      number: 8,
      asks: said(language, 'Lo que nadie permite no se hace.', 'What nobody allows is not done.'),
      cites: 'GDPR Art. 6(1)',
      outcome: 'NOT_REACHED',
      says: undefined,
      bases: [],
    },
  ],
})

export const staffExplainDecisionFixtures = fixturesOf(
  ExplainDecisionView,
  underPeople<ExplainModel>({
    default: { modelIn: (language) => page(language, { ...asked, purpose: '', contact_channel: '' }) },
    permitted: { modelIn: (language) => page(language, asked, explained(language, true)) },
    'denied, on a past day': {
      modelIn: (language) => page(language, { ...asked, day: '2026-03-03' }, explained(language, false)),
    },
    'nothing chosen': {
      modelIn: (language) =>
        page(language, { ...asked, purpose: '', contact_channel: '', day: '2031-01-01' }),
      page: {
        fieldErrors: [
          { field: 'purpose', code: 'choose-purpose' },
          { field: 'contact_channel', code: 'choose-contact-channel' },
          { field: 'day', code: 'date-in-future' },
        ],
      },
    },
  }),
)
