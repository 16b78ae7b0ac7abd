import type { LegalBasis } from '../purpose.ts'
import { doubleNegatives, type ForbiddenPhrase, forbiddenPhrases } from './forbidden-phrases.ts'
import { type MeasuredLanguage, readingEase, sentencesOf } from './readability.ts'

export type NoticePart = 'title' | 'summary' | 'text'

export type LintCode =
  | 'sentence-too-long'
  | 'hard-to-read'
  | 'double-negative'
  | 'shouting'
  | 'missing-recipient'
  | 'missing-source'
  | 'missing-retention'
  | 'missing-withdrawal'
  | 'surface-without-words'
  | ForbiddenPhrase['code']

export interface LintFinding {
  readonly code: LintCode
  readonly part: NoticePart
  /** Offsets in that part, the end excluded; both 0 where the part as a whole is meant. */
  readonly start: number
  readonly end: number
  /** What stands there, or what is missing. */
  readonly excerpt: string
}

export interface LintedNotice {
  readonly language: string
  readonly title: string
  readonly summary: string
  readonly text: string
}

/** What the words have to tell of the version they are written for. */
export interface LintSubject {
  readonly bases: readonly LegalBasis[]
  /** Names of the systems that may receive data for it, as a customer would read them. */
  readonly recipients: readonly string[]
  /** Names of who else the data may come from (GDPR Art. 14(2)(f)); our own channels need no telling. */
  readonly sources?: readonly string[] | undefined
}

/** Plain-language offices agree on it, and so do the words of our own screens. */
const longestSentence = 25
/** Where "normal" begins on the INFLESZ scale; the same number on Flesch's is "fairly difficult" and no worse. */
const leastEase = 55

const parts: readonly NoticePart[] = ['title', 'summary', 'text']
const isMeasured = (language: string): language is MeasuredLanguage => language === 'es' || language === 'en'

interface Telling {
  readonly retention: RegExp
  readonly withdrawal: RegExp
  readonly objection: RegExp
}

const telling: Readonly<Record<MeasuredLanguage, Telling>> = {
  es: {
    retention:
      /conserv|guardamos|guardaremos|borra(?:mos|remos)|mientras|hasta que|durante|\d+ (?:días|meses|años)/iu,
    withdrawal:
      /retir|parar|pararlo|dejarlo|cambiar de opinión|darte de baja|darse de baja|revocar|quitar(?:lo)? cuando/iu,
    objection: /opon/iu,
  },
  en: {
    retention: /\bkeep|\bstore|\bdelete|as long as|until you|\d+ (?:days|months|years)/iu,
    withdrawal: /withdraw|stop (?:it|this)|change your mind|unsubscribe|at any time/iu,
    objection: /object/iu,
  },
}

/**
 * Reads a wording the way a customer and an authority would: is it short, plain and straight, and does it tell who receives
 * the data, for how long, and how to stop it (GDPR Art. 12(1), 13, 7(2), 7(3))? Pure. Every finding has a code and a place;
 * a wording without findings can still be wrong, one with findings is not ready.
 */
export function lintNotice(notice: LintedNotice, subject: LintSubject): readonly LintFinding[] {
  const words = parts.flatMap((part) => lintPart(part, notice[part], notice.language))
  return [...words, ...lintContent(notice, subject)]
}

function lintPart(part: NoticePart, text: string, language: string): readonly LintFinding[] {
  const findings: LintFinding[] = []
  const at = (code: LintCode, start: number, excerpt: string) =>
    findings.push({ code, part, start, end: start + excerpt.length, excerpt })
  for (const sentence of sentencesOf(text)) {
    if (sentence.words.length > longestSentence) at('sentence-too-long', sentence.start, sentence.text)
  }
  for (const found of text.matchAll(/[!¡]|(?<!\p{L})\p{Lu}{4,}(?:\s+\p{Lu}{2,})+/gu))
    at('shouting', found.index, found[0])
  if (!isMeasured(language)) return findings
  for (const { code, pattern } of forbiddenPhrases[language]) {
    for (const found of text.matchAll(pattern)) at(code, found.index, found[0])
  }
  for (const found of text.matchAll(doubleNegatives[language])) at('double-negative', found.index, found[0])
  const ease = readingEase(text, language)
  if (ease !== undefined && ease < leastEase) {
    findings.push({ code: 'hard-to-read', part, start: 0, end: 0, excerpt: ease.toFixed(0) })
  }
  return findings
}

function lintContent(
  notice: LintedNotice,
  { bases, recipients, sources = [] }: LintSubject,
): readonly LintFinding[] {
  const whole = `${notice.summary}\n${notice.text}`
  const missing = (code: LintCode, excerpt: string): LintFinding => ({
    code,
    part: 'text',
    start: 0,
    end: 0,
    excerpt,
  })
  const unnamed = (names: readonly string[]): readonly string[] =>
    names.filter((name) => !whole.toLowerCase().includes(name.toLowerCase()))
  const findings = [
    ...unnamed(recipients).map((name) => missing('missing-recipient', name)),
    ...unnamed(sources).map((name) => missing('missing-source', name)),
  ]
  if (!isMeasured(notice.language)) return findings
  const { retention, withdrawal, objection } = telling[notice.language]
  if (!retention.test(whole)) findings.push(missing('missing-retention', ''))
  // A contract or a law is not stopped by a wish; a consent is withdrawn, an interest objected to.
  const wayOut = bases.includes('consent')
    ? withdrawal
    : bases.some((basis) => basis === 'legitimate_interest' || basis === 'soft_opt_in')
      ? objection
      : undefined
  if (wayOut !== undefined && !wayOut.test(whole)) findings.push(missing('missing-withdrawal', ''))
  return findings
}
