export type Language = 'es' | 'en'

export const languages = [
  ['es', 'Español'],
  ['en', 'English'],
] as const satisfies readonly (readonly [Language, string])[]

/** The same words in each language; a missing one does not compile. */
export type Words<Shape> = Readonly<Record<Language, Shape>>

const spoken = (tag: string | undefined): Language | undefined => {
  const primary = tag?.trim().slice(0, 2).toLowerCase()
  return primary === 'es' || primary === 'en' ? primary : undefined
}

/** What was chosen here, else what was chosen before, else what the browser asks for, else Spanish. */
export function languageOf(
  chosen: string | undefined,
  remembered: string | undefined,
  acceptLanguage: string | undefined,
): Language {
  const wished = (acceptLanguage ?? '').split(',').map(spoken)
  return spoken(chosen) ?? spoken(remembered) ?? wished.find((one) => one !== undefined) ?? 'es'
}

/** The same address in a language, so that whoever follows a link goes on reading in theirs. */
export function inLanguage(address: string, language: Language): string {
  const url = new URL(address, 'http://here')
  url.searchParams.set('lang', language)
  return url.origin === 'http://here' ? `${url.pathname}${url.search}` : url.href
}
