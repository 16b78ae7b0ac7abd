import { exampleNotice } from '../example-purposes.ts'
import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { exampleMenu } from './example-menu.ts'
import { exampleTerms } from './purpose.fixtures.ts'
import { type PurposePublishModel, PurposePublishView } from './purpose-publish.tsx'

const page = { menu: exampleMenu('/dpo/purposes') }

const publish = (language: Language): PurposePublishModel => {
  const { now, before } = exampleNotice(language)
  return {
    title: language === 'es' ? 'Ofertas y novedades' : 'Offers and news',
    version: 4,
    before: 3,
    href: '/dpo/purposes/marketing.direct',
    seen: '3.0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11',
    impact: { kind: 'material', askedAgain: 61_000, permittedToday: 184_210 },
    findings: [],
    terms: {
      before: { ...exampleTerms(language), recipients: [] },
      after: exampleTerms(language),
    },
    changes: [
      { language, surface: 'screen', change: { kind: 'changed', difference: { before, after: now } } },
    ],
  }
}

export const purposePublishFixtures = fixturesOf(PurposePublishView, {
  default: { modelIn: publish, page },
  editorial: {
    modelIn: (language): PurposePublishModel => ({
      ...publish(language),
      impact: { kind: 'editorial', askedAgain: 0, permittedToday: 184_210 },
    }),
    page,
  },
  'a new purpose': {
    modelIn: (language): PurposePublishModel => {
      const { before: _, ...known } = publish(language)
      return {
        ...known,
        version: 1,
        impact: { kind: 'new', askedAgain: 0, permittedToday: 0 },
        changes: [
          { language, surface: 'screen', change: { kind: 'new', text: exampleNotice(language).now } },
        ],
      }
    },
    page,
  },
  'field errors: found wanting': {
    modelIn: (language): PurposePublishModel => ({
      ...publish(language),
      findings: [
        {
          field: 'summary.0',
          label: language === 'es' ? 'Pantalla, Resumen (español)' : 'Screen, Summary (Spanish)',
          code: 'pressure',
          excerpt: 'Solo hoy',
          language: 'es',
        },
        {
          field: 'add-kiosk',
          label: language === 'es' ? 'Quiosco' : 'Kiosk',
          code: 'surface-without-words',
          excerpt: '',
          language,
        },
      ],
    }),
    page: { ...page, fieldErrors: [{ field: 'despite', code: 'findings-unconfirmed' }] },
  },
  'form error: overtaken': {
    modelIn: publish,
    page: { ...page, formError: { code: 'purpose-changed-meanwhile' } },
  },
})
