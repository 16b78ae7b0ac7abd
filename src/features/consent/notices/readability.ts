/** The languages whose reading can be measured; others are linted without that measure. */
export type MeasuredLanguage = 'es' | 'en'

export interface Sentence {
  readonly text: string
  /** Offset in the text it was found in. */
  readonly start: number
  readonly words: readonly string[]
}

const word = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu

const wordsOf = (text: string): readonly string[] => text.match(word) ?? []

/** Sentences end at a full stop, question, exclamation, colon or line; abbreviations of one letter do not end one. */
export function sentencesOf(text: string): readonly Sentence[] {
  const sentences: Sentence[] = []
  const ends = /(?<!\b\p{L})[.!?:;](?=\s|$)|\n+/gu
  let start = 0
  const keep = (end: number) => {
    const piece = text.slice(start, end)
    const words = wordsOf(piece)
    if (words.length > 0) {
      const lead = piece.length - piece.trimStart().length
      sentences.push({ text: piece.trim(), start: start + lead, words })
    }
    start = end
  }
  for (const found of text.matchAll(ends)) keep(found.index + found[0].length)
  keep(text.length)
  return sentences
}

/** Spanish syllables: one for each strong or stressed weak vowel, and one for weak vowels that lean on none of those. */
function spanishSyllables(raw: string): number {
  const letters = raw
    .toLowerCase()
    .replaceAll(/qu(?=[eiéí])/g, 'k')
    .replaceAll(/gu(?=[eiéí])/g, 'g')
    .replaceAll(/y(?![aeiouáéíóú])/g, 'i')
  let nuclei = 0
  for (const group of letters.match(/[aeoáéóiuüíú]+/g) ?? []) {
    nuclei += Math.max(1, group.match(/[aeoáéóíú]/g)?.length ?? 0)
  }
  return Math.max(1, nuclei)
}

/** English syllables by vowel groups, with a silent final e. An approximation that is good to a few per cent over a text. */
function englishSyllables(raw: string): number {
  const letters = raw.toLowerCase().replaceAll(/[^a-z]/g, '')
  if (letters.length <= 3) return 1
  const shortened = letters.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '').replace(/^y/, '')
  return Math.max(1, shortened.match(/[aeiouy]{1,2}/g)?.length ?? 1)
}

const syllables: Readonly<Record<MeasuredLanguage, (raw: string) => number>> = {
  es: spanishSyllables,
  en: englishSyllables,
}

/**
 * How easily a text reads, 0 to 100 and beyond: for Spanish the index of Szigriszt-Pazos on the INFLESZ scale (55 is where
 * "normal" begins), for English Flesch reading ease. Undefined for a text of fewer than twenty words: no measure holds there.
 */
export function readingEase(text: string, language: MeasuredLanguage): number | undefined {
  const sentences = sentencesOf(text)
  const words = sentences.flatMap((sentence) => sentence.words)
  if (words.length < 20) return undefined
  const spoken = words.reduce((sum, one) => sum + syllables[language](one), 0)
  const perWord = spoken / words.length
  const perSentence = words.length / sentences.length
  return language === 'es'
    ? 206.835 - 62.3 * perWord - perSentence
    : 206.835 - 84.6 * perWord - 1.015 * perSentence
}
