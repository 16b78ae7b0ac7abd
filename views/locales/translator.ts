import { match } from '@formatjs/intl-localematcher'
import { IntlMessageFormat } from 'intl-messageformat'
import type { Language } from '../page-context.ts'
import { en } from './en.ts'
import { es, type MessageKey } from './es.ts'

export type { MessageKey } from './es.ts'

export type Translate = (key: MessageKey, values?: Record<string, string | number | Date>) => string

const catalogues: Record<Language, Readonly<Record<MessageKey, string>>> = { es, en }
const regions: Record<Language, string> = { es: 'es-ES', en: 'en-GB' }

/** Where nobody said where the controller sits. */
const usualZone = 'Europe/Madrid'

/** Legal dates are told in the time of the controller's seat, and spelled out. */
const formatsIn = (timeZone: string) =>
  ({
    date: {
      day: { day: 'numeric', month: 'long', year: 'numeric', timeZone },
      moment: {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZone,
      },
    },
    time: { clock: { hour: '2-digit', minute: '2-digit', timeZone } },
  }) as const

const compiled = new Map<string, IntlMessageFormat>()

function compile(language: Language, zone: string, key: MessageKey): IntlMessageFormat {
  const id = `${language}:${zone}:${key}`
  const known = compiled.get(id)
  if (known) return known
  const text = catalogues[language][key]
  const message = new IntlMessageFormat(text, regions[language], formatsIn(zone), { ignoreTag: true })
  compiled.set(id, message)
  return message
}

const translators = new Map<string, Translate>()

/** The words of one language, with dates in the time of one zone. Messages are compiled once per process. */
export function translator(language: Language, zone = usualZone): Translate {
  const id = `${language}:${zone}`
  const known = translators.get(id)
  if (known) return known
  const translate: Translate = (key, values) => String(compile(language, zone, key).format(values))
  translators.set(id, translate)
  return translate
}

export const hasMessage = (key: string): key is MessageKey => Object.hasOwn(es, key)

/** "a, b y c", as the language joins them. */
export const listOf = (language: Language, items: readonly string[]): string =>
  new Intl.ListFormat(regions[language], { type: 'conjunction' }).format(items)

const supported = ['es', 'en'] as const satisfies readonly Language[]

/**
 * Takes what is known of the reader's wish, strongest first: `ui_locales` (space separated), the saved language, the
 * cookie, the Accept-Language header. The first one that names a language we speak decides; otherwise Spanish.
 */
export function negotiateLanguage(...candidates: (string | undefined)[]): Language {
  for (const candidate of candidates) {
    const wished = wishes(candidate)
    if (wished.length === 0) continue
    const found = match(wished, supported, '')
    const language = supported.find((code) => code === found)
    if (language) return language
  }
  return 'es'
}

function wishes(candidate: string | undefined): string[] {
  return (candidate ?? '')
    .slice(0, 200)
    .split(/[\s,]+/)
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';')
      const q = parameters.find((parameter) => parameter.startsWith('q='))
      return { tag, weight: q === undefined ? 1 : Number(q.slice(2)) }
    })
    .filter(({ tag, weight }) => weight > 0 && isLanguageTag(tag))
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
