/** Names of the standard that are no country somebody lives in: unions, test codes, and parts of Spain that have its law. */
const noCountry: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ', 'EA', 'IC'])

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const codes = letters.flatMap((first) => letters.map((second) => first + second))

/** A code that stands for itself; one that was given up is told by the code that took its place. */
const inUse = (code: string): boolean => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`

export interface Country {
  /** Two letters of ISO 3166-1. */
  readonly value: string
  readonly words: string
}

/** Every country by the name the reader has for it, in the order of their alphabet. */
export function countriesIn(language: string): readonly Country[] {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
  return codes
    .filter((code) => !noCountry.has(code) && inUse(code))
    .flatMap((value) => {
      const words = names.of(value)
      return words === undefined ? [] : [{ value, words }]
    })
    .sort((a, b) => a.words.localeCompare(b.words, language))
}
