import type { TextDifference } from '../../views/parts/diff.tsx'
import { noticeFor, type PublishedNotice, type PublishedRegistry } from '../features/consent/index.ts'

/** Summary and text as one paragraph: what is compared when a text has changed. */
export const paragraph = ({ summary, text }: PublishedNotice): string => `${summary} ${text}`

/**
 * A wording against the one in force, in the reader's language where that earlier version was published in it, and else in
 * the language in which it was read: words of two languages cannot be compared. Undefined when nothing differs.
 */
export function textDifference(
  registry: PublishedRegistry,
  before: PublishedNotice,
  language: string,
): TextDifference | undefined {
  const translated = registry.notices.find(
    (notice) =>
      notice.id === before.id &&
      notice.version === before.version &&
      notice.surface === before.surface &&
      notice.language === language,
  )
  const old = translated ?? before
  const now =
    noticeFor(registry, before.purpose, old.language, before.surface) ??
    noticeFor(registry, before.purpose, old.language)
  if (now === undefined || now.textHash === old.textHash) return undefined
  return {
    before: paragraph(old),
    after: paragraph(now),
    versions: { before: String(old.version), after: String(now.version) },
    language: now.language,
  }
}
