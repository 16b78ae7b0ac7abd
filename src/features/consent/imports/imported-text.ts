import { createHash } from 'node:crypto'
import type { Instant } from '../calendar.ts'
import { inLanguage, type Localised, type PublishedNotice, wordingHash, wordingOf } from '../published.ts'

/** The surface of wordings that came with an import: kept as proof, shown to nobody as a question. */
export const importedSurface = 'imported'

/** Every process keeps all wordings in memory; a file with a text of its own in each row must not fill it. */
export const mostImportedTexts = 500

const titles: Localised = { es: 'Texto importado', en: 'Imported text' }
const notKept: Localised = {
  es: 'No se ha conservado el texto que se mostró.',
  en: 'The text that was shown has not been kept.',
}

export interface ImportedWording {
  readonly purpose: string
  readonly purposeVersion: number
  readonly source: string
  readonly language: string
  /** Left out where the source has none: then that is what is kept. */
  readonly text: string | undefined
}

/**
 * A wording that was shown elsewhere, as an entry of the registry of its own: title and summary say where it comes from,
 * the text is verbatim. Named by what it holds, so the same text is one entry however many rows bring it.
 */
export function importedText(wording: ImportedWording, at: Instant): PublishedNotice {
  const { purpose, purposeVersion, source, language } = wording
  const words = {
    title: inLanguage(titles, language),
    summary: source,
    text: wording.text ?? inLanguage(notKept, language),
  }
  const name = createHash('sha256')
    .update(JSON.stringify([purpose, purposeVersion, source, language, words.text]))
    .digest('hex')
    .slice(0, 24)
  return {
    id: `imported-${name}`,
    version: 1,
    language,
    surface: importedSurface,
    purpose,
    purposeVersion,
    ...words,
    textHash: wordingHash(words),
    publishedAt: at,
  }
}

/** Whether a notice says exactly this, with its headings or without. */
export const says = (notice: PublishedNotice, text: string): boolean =>
  notice.surface !== importedSurface && (notice.text === text || wordingOf(notice) === text)
