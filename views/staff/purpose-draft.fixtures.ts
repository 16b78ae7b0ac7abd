import { exampleNotice } from '../example-purposes.ts'
import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { exampleMenu } from './example-menu.ts'
import type { FindingModel } from './findings.tsx'
import { exampleTerms } from './purpose.fixtures.ts'
import { type PurposeDraftModel, PurposeDraftView } from './purpose-draft.tsx'

const page = { menu: exampleMenu('/dpo/purposes') }

const words = (language: 'es' | 'en') => ({
  title: language === 'es' ? 'Ofertas y novedades' : 'Offers and news',
  summary:
    language === 'es'
      ? 'Recibir ofertas de Tienda Norte. Puedes dejar de recibirlas cuando quieras.'
      : 'Receive offers from Tienda Norte. You can stop them whenever you like.',
  text: exampleNotice(language).now,
})

const draft = (language: Language): PurposeDraftModel => ({
  title: language === 'es' ? 'Ofertas y novedades' : 'Offers and news',
  href: '/dpo/purposes/marketing.direct',
  documentHref: '/dpo/purposes/marketing.direct/document',
  values: {
    seen: '3.',
    ...Object.fromEntries(
      (['es', 'en'] as const).flatMap((code, place) =>
        Object.entries(words(code)).map(([part, text]) => [`${part}.${place}`, text]),
      ),
    ),
    'retention.es': 'Hasta que lo retires',
    'retention.en': 'Until you withdraw it',
    'howToStop.es': 'En tu centro de privacidad',
    'howToStop.en': 'In your privacy centre',
  },
  texts: (['es', 'en'] as const).map((code, place) => ({
    place,
    language: code,
    surface: 'screen',
    before: words(code),
  })),
  languages: ['es', 'en'],
  terms: exampleTerms(language),
  findings: [],
  saved: false,
  beside: 'in-force',
  addable: ['kiosk', 'store', 'voice', 'paper'],
})

const findings = (language: Language): readonly FindingModel[] => {
  const label = (es: string, en: string) => (language === 'es' ? es : en)
  return [
    {
      field: 'summary.0',
      label: label('Pantalla, Resumen (español)', 'Screen, Summary (Spanish)'),
      code: 'vague',
      excerpt: 'Podemos',
      language: 'es',
    },
    {
      field: 'text.0',
      label: label('Pantalla, Texto completo (español)', 'Screen, Full text (Spanish)'),
      code: 'hard-to-read',
      excerpt: '41',
      language: 'es',
    },
    {
      field: 'text.0',
      label: label('Pantalla, Texto completo (español)', 'Screen, Full text (Spanish)'),
      code: 'missing-recipient',
      excerpt: 'Correo Norte',
      language: 'es',
    },
    {
      field: 'add-kiosk',
      label: label('Quiosco', 'Kiosk'),
      code: 'surface-without-words',
      excerpt: '',
      language,
    },
  ]
}

const rewritten = (language: Language): PurposeDraftModel => {
  const before = draft(language)
  return {
    ...before,
    values: {
      ...before.values,
      change: 'material',
      'summary.0': 'Podemos enviarte ofertas de Tienda Norte. Puedes dejar de recibirlas cuando quieras.',
    },
  }
}

export const purposeDraftFixtures = fixturesOf(PurposeDraftView, {
  default: { modelIn: draft, page },
  'saved, with findings': {
    modelIn: (language) => ({ ...rewritten(language), saved: true, findings: findings(language) }),
    page: { ...page, notice: { kind: 'success', key: 'flash.draft-saved' } },
  },
  'saved, without findings': { modelIn: (language) => ({ ...rewritten(language), saved: true }), page },
  'field errors': {
    modelIn: (language) => {
      const typed = rewritten(language)
      return { ...typed, values: { ...typed.values, change: '', 'title.1': '' } }
    },
    page: {
      ...page,
      fieldErrors: [
        { field: 'change', code: 'change-missing' },
        { field: 'title.1', code: 'words-empty' },
      ],
    },
  },
  'form error: overtaken': {
    modelIn: (language): PurposeDraftModel => ({ ...rewritten(language), beside: 'stored' }),
    page: { ...page, formError: { code: 'purpose-changed-meanwhile' } },
  },
})
