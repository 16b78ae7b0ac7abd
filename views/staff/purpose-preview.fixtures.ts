import { changedPurposes, examplePurposes } from '../example-purposes.ts'
import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { exampleMenu } from './example-menu.ts'
import { type PurposePreviewModel, PurposePreviewView } from './purpose-preview.tsx'

const page = { menu: exampleMenu('/dpo/purposes') }
const href = '/dpo/purposes/marketing.direct'

const links = (choices: readonly (readonly [key: string, words: string])[], current: string) =>
  choices.map(([key, words]) => ({ href: `${href}/preview?${key}`, words, current: key === current }))

const preview = (
  language: Language,
  told: string,
  surface: string,
  reader: string,
  shown: PurposePreviewModel['shown'],
): PurposePreviewModel => {
  const es = language === 'es'
  return {
    href,
    of: 'draft',
    language: told,
    languages: links(
      [
        ['es', es ? 'español' : 'Spanish'],
        ['en', es ? 'inglés' : 'English'],
      ],
      told,
    ),
    surfaces: links(
      [
        ['screen', es ? 'Pantalla' : 'Screen'],
        ['kiosk', es ? 'Quiosco' : 'Kiosk'],
        ['voice', es ? 'Guion para leer en voz alta' : 'Script to read aloud'],
      ],
      surface,
    ),
    readers:
      surface === 'screen'
        ? links(
            [
              ['new', es ? 'Alguien que llega' : 'Somebody who has just come'],
              [
                'agreed',
                es ? 'Quien dijo que sí a la versión en vigor' : 'Whoever said yes to the version in force',
              ],
            ],
            reader,
          )
        : [],
    shown,
  }
}

const cardIn = (language: Language): PurposePreviewModel['shown'] => {
  const [card] = examplePurposes(language)
  return card === undefined ? { kind: 'nothing' } : { kind: 'card', card }
}
const changedIn = (language: Language): PurposePreviewModel['shown'] => {
  const [card] = changedPurposes(language)
  return card === undefined ? { kind: 'nothing' } : { kind: 'card', card }
}

export const purposePreviewFixtures = fixturesOf(PurposePreviewView, {
  default: { modelIn: (language) => preview(language, 'es', 'screen', 'new', cardIn('es')), page },
  'who agreed before': {
    modelIn: (language) => preview(language, 'es', 'screen', 'agreed', changedIn('es')),
    page,
  },
  'in the other language': {
    modelIn: (language) => preview(language, 'en', 'screen', 'new', cardIn('en')),
    page,
  },
  'at a kiosk': {
    modelIn: (language) => preview(language, 'es', 'kiosk', 'new', cardIn('es')),
    page,
  },
  'read aloud': {
    modelIn: (language) =>
      preview(language, 'es', 'voice', 'new', {
        kind: 'read-out',
        title: 'Ofertas y novedades',
        summary: '¿Te enviamos ofertas de Tienda Norte?',
        text: 'Puedes retirarlo cuando quieras en tu centro de privacidad o desde cada mensaje.',
      }),
    page,
  },
  'nothing to ask': {
    modelIn: (language): PurposePreviewModel => ({
      ...preview(language, 'es', 'screen', 'new', { kind: 'nothing' }),
      of: 'active',
    }),
    page,
  },
  'every answer still counts': {
    modelIn: (language) => preview(language, 'es', 'screen', 'agreed', { kind: 'still-counts' }),
    page,
  },
})
