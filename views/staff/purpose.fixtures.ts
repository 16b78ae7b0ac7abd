import { exampleNotice } from '../example-purposes.ts'
import { daysBefore, exampleNow, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { exampleMenu } from './example-menu.ts'
import { type PurposeModel, PurposeView, type TermsModel } from './purpose.tsx'

const page = { menu: exampleMenu('/dpo/purposes') }
const href = '/dpo/purposes/marketing.direct'

export const exampleTerms = (language: Language): TermsModel => ({
  class: 'marketing',
  bases: ['consent'],
  contactChannels: ['email', 'sms'],
  data:
    language === 'es' ? ['Nombre', 'Correo electrónico', 'Móvil'] : ['First name', 'Email', 'Mobile phone'],
  recipients: ['Correo Norte'],
  retention: language === 'es' ? 'Hasta que lo retires' : 'Until you withdraw it',
  howToStop:
    language === 'es'
      ? 'En tu centro de privacidad o desde cada mensaje'
      : 'In your privacy centre or from each message',
  dpv: 'https://w3id.org/dpv#DirectMarketing',
  validity: 'P24M',
})

const offers = (language: Language): PurposeModel => ({
  id: 'marketing.direct',
  title: language === 'es' ? 'Ofertas y novedades' : 'Offers and news',
  state: 'active',
  href,
  inForce: { version: 3, reconsentMin: 2, terms: exampleTerms(language) },
  texts: (['es', 'en'] as const).map((code) => ({
    id: 'notice-marketing',
    version: 3,
    language: code,
    surface: 'screen',
    title: code === 'es' ? 'Ofertas y novedades' : 'Offers and news',
    summary: code === 'es' ? 'Recibir ofertas de Tienda Norte.' : 'Receive offers from Tienda Norte.',
    text: exampleNotice(code).now,
    hash: '9XBgMjpFGPw2Xdniuc5kRLiBJfVbOmJzF6PZCygrtDs',
  })),
  versions: [
    {
      version: 4,
      state: 'never',
      change: 'editorial',
    },
    {
      version: 3,
      state: 'active',
      change: 'editorial',
      publishedAt: daysBefore(20),
      before: { version: 2, href: `${href}?compare=2-3#difference` },
    },
    {
      version: 2,
      state: 'superseded',
      change: 'material',
      publishedAt: daysBefore(190),
      before: { version: 1, href: `${href}?compare=1-2#difference` },
    },
    { version: 1, state: 'superseded', change: 'first', publishedAt: daysBefore(400) },
  ],
  answers: { yes: 184_210, no: 143_002, nothing: 72_788, countedAt: exampleNow },
  decided: 327_212,
})

export const purposeFixtures = fixturesOf(PurposeView, {
  default: { modelIn: offers, page },
  'a draft waits': {
    modelIn: (language): PurposeModel => ({
      ...offers(language),
      draft: { savedAt: exampleNow, revision: '0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11' },
    }),
    page,
  },
  'a draft left behind': {
    modelIn: (language): PurposeModel => ({ ...offers(language), stuckDraft: 5 }),
    page,
  },
  'two versions compared': {
    modelIn: (language): PurposeModel => {
      const { now, before } = exampleNotice(language)
      return {
        ...offers(language),
        difference: {
          before: 1,
          after: 2,
          changes: [
            {
              language: 'es',
              surface: 'screen',
              change: { kind: 'changed', difference: { before, after: now } },
            },
            { language: 'en', surface: 'screen', change: { kind: 'same' } },
            { language: 'ca', surface: 'voice', change: { kind: 'new', text: 'Vols rebre ofertes?' } },
          ],
        },
      }
    },
    page,
  },
  retired: {
    modelIn: (language): PurposeModel => ({ ...offers(language), state: 'retired', retiredAt: exampleNow }),
    page,
  },
  'overtaken while discarding': {
    modelIn: offers,
    page: { ...page, formError: { code: 'purpose-changed-meanwhile' } },
  },
  'only a draft': {
    modelIn: (language): PurposeModel => {
      const { inForce: _inForce, answers: _answers, ...known } = offers(language)
      return {
        ...known,
        state: 'draft',
        texts: [],
        versions: [],
        decided: 0,
        draft: { savedAt: exampleNow, revision: '0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11' },
      }
    },
    page: { ...page, notice: { kind: 'success', key: 'flash.draft-saved' } },
  },
})
