import type { ContactChannel } from '../../kernel/evidence.ts'
import type { Instant } from './calendar.ts'
import type { Campaign } from './campaigns/campaign.ts'
import { type NoticeReference, type NoticeText, textHash } from './notice.ts'
import type { LegalBasis } from './purpose.ts'
import type { Registry } from './registry.ts'

/** Words in several languages, by BCP 47 code. */
export type Localised = Readonly<Record<string, string>>

/**
 * Where a wording is shown: on a page, on a kiosk, on the pages of a store, aloud by an agent (`voice`), or on `paper`. What is
 * imported from elsewhere has a surface of its own (`imported`), which nothing is ever asked on.
 */
export const noticeSurfaces = ['screen', 'kiosk', 'store', 'voice', 'paper'] as const
export type NoticeSurface = (typeof noticeSurfaces)[number]

/** A wording as it stands in the registry. What the person reads is title, summary and text, and the hash is over all three. */
export interface PublishedNotice {
  readonly id: string
  readonly version: number
  readonly language: string
  /** One of `noticeSurfaces`, or what an import brought along. */
  readonly surface: string
  readonly purpose: string
  readonly purposeVersion: number
  readonly title: string
  readonly summary: string
  readonly text: string
  readonly textHash: string
  readonly publishedAt: Instant
}

export type PurposeVersionState = 'draft' | 'active' | 'superseded' | 'retired'

/** One version of a purpose with what a person is told about it, beside what the decision needs. */
export interface PurposeVersion {
  readonly purpose: string
  readonly version: number
  readonly state: PurposeVersionState
  readonly bases: readonly LegalBasis[]
  readonly attributes: readonly string[]
  readonly contactChannels: readonly ContactChannel[]
  /** Ids of the systems that may receive data for it. */
  readonly recipients: readonly string[]
  /** Where the data may come from; a version that names no source leaves them open. */
  readonly sources?: readonly string[] | undefined
  readonly retention: Localised
  readonly howToStop: Localised
  readonly reconsentMin: number
  readonly dpv: string
  /** Those that were planned to ask again about what changed with `reconsentMin`; without one everybody is asked at once. */
  readonly campaigns?: readonly Campaign[] | undefined
}

/** What a version told of the data: who gets them, and how long they are kept. */
export type ToldTerms = Pick<PurposeVersion, 'recipients' | 'retention'>

export const termsKey = (purpose: string, version: number): string => `${purpose} ${version}`

export interface Controller {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly contact: string
  readonly dpoContact: string
  readonly authority: string
  readonly country: string
}

export interface Brand {
  readonly id: string
  readonly controller: string
  readonly name: string
}

export interface CataloguedAttribute {
  readonly id: string
  readonly claim: string
  readonly labels: Localised
}

export interface NamedSystem {
  readonly id: string
  readonly name: string
  readonly countries: readonly string[]
}

/** Everything the house has published that decisions, screens and receipts are made of, at one moment. */
export interface PublishedRegistry extends Registry {
  /** Changes whenever anything below does. */
  readonly fingerprint: string
  /** In the order in which purposes are shown. */
  readonly order: readonly string[]
  /** The version in force of each purpose that is not retired. */
  readonly active: ReadonlyMap<string, PurposeVersion>
  /** Of every version that ever was in force, by `termsKey`: a fact pins its version, and tells of it long after. */
  readonly told: ReadonlyMap<string, ToldTerms>
  readonly notices: readonly PublishedNotice[]
  readonly controllers: ReadonlyMap<string, Controller>
  readonly brands: ReadonlyMap<string, Brand>
  readonly attributes: ReadonlyMap<string, CataloguedAttribute>
  readonly systemNames: ReadonlyMap<string, NamedSystem>
}

/** Exactly what is hashed and kept as proof: the three parts as they are read, parted by empty lines. */
export const wordingOf = (notice: Pick<PublishedNotice, 'title' | 'summary' | 'text'>): string =>
  `${notice.title}\n\n${notice.summary}\n\n${notice.text}`

export const wordingHash = (notice: Pick<PublishedNotice, 'title' | 'summary' | 'text'>): string =>
  textHash(wordingOf(notice))

/** A registry notice as what an event pins. */
export const asNoticeText = (notice: PublishedNotice): NoticeText => ({
  ...referenceTo(notice),
  text: wordingOf(notice),
})

/** What an event pins of a wording: enough to find it again, not the wording itself. */
export const referenceTo = (notice: PublishedNotice): NoticeReference => ({
  id: notice.id,
  version: String(notice.version),
  language: notice.language,
  textHash: notice.textHash,
})

const newestFirst = (a: PublishedNotice, b: PublishedNotice): number => b.version - a.version

/** The wording to show now for the version in force: in the language asked for, else in whichever there is. */
export function noticeFor(
  registry: PublishedRegistry,
  purpose: string,
  language: string,
  surface = 'screen',
): PublishedNotice | undefined {
  const version = registry.active.get(purpose)?.version
  const candidates = registry.notices
    .filter(
      (notice) =>
        notice.purpose === purpose && notice.purposeVersion === version && notice.surface === surface,
    )
    .sort(newestFirst)
  return candidates.find((notice) => notice.language === language) ?? candidates[0]
}

/**
 * The very wording an event pinned; undefined when it never was in this registry. The same words may stand on several surfaces
 * under one name: where it matters which, it is said.
 */
export const pinnedNotice = (
  registry: PublishedRegistry,
  pinned: {
    readonly id: string
    readonly version: string
    readonly language: string
    readonly textHash: string
  },
  surface?: NoticeSurface,
): PublishedNotice | undefined =>
  registry.notices.find(
    (notice) =>
      (surface === undefined || notice.surface === surface) &&
      notice.id === pinned.id &&
      String(notice.version) === pinned.version &&
      notice.language === pinned.language &&
      notice.textHash === pinned.textHash,
  )

/** The words in the reader's language, else in Spanish, else in whichever there is. */
export const inLanguage = (words: Localised, language: string): string =>
  words[language] ?? words['es'] ?? Object.values(words)[0] ?? ''

export const purposeTitle = (registry: PublishedRegistry, purpose: string, language: string): string =>
  noticeFor(registry, purpose, language)?.title ?? purpose
