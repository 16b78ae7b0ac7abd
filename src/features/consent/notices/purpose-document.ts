import { period } from '../calendar.ts'
import { nameOfSource } from '../data-source.ts'
import type { NoticeWording } from '../publish-notice.ts'
import {
  type NoticeSurface,
  noticeFor,
  type PublishedNotice,
  type PublishedRegistry,
  type PurposeVersion,
  wordingHash,
} from '../published.ts'
import type { Purpose } from '../purpose.ts'
import type { PurposeDraft } from '../purpose-draft.ts'
import { type LintFinding, lintNotice } from './lint-notice.ts'

/** A purpose as it is proposed, with the words it would be told in: what is linted, previewed and published as one. */
export interface PurposeDocument {
  readonly purpose: PurposeDraft
  readonly notices: readonly Omit<NoticeWording, 'purpose' | 'purposeVersion'>[]
}

export interface DocumentFinding extends LintFinding {
  readonly notice: string
  readonly language: string
  readonly surface: string
}

/** A purpose is asked about on these in words of their own; whoever reads aloud falls back on those of the screen. */
const askedOn: readonly NoticeSurface[] = ['screen', 'kiosk', 'store']

/** Where the version in force is asked about, and this one would no longer be, because it has no words for it. */
function lostSurfaces(
  { purpose, notices }: PurposeDocument,
  registry: PublishedRegistry,
): readonly DocumentFinding[] {
  // What rests on no consent is asked about nowhere.
  if (!purpose.bases.includes('consent')) return []
  return askedOn
    .filter((surface) => !notices.some((notice) => (notice.surface ?? 'screen') === surface))
    .flatMap((surface) => noticeFor(registry, purpose.id, 'es', surface) ?? [])
    .map(({ id, language, surface }) => ({
      code: 'surface-without-words',
      part: 'text',
      start: 0,
      end: 0,
      excerpt: surface,
      notice: id,
      language,
      surface,
    }))
}

/**
 * Lints every wording of a document against what the purpose does, recipients by the names customers know; and all of them
 * together against the places where the purpose is asked about today.
 */
export function lintDocument(
  document: PurposeDocument,
  registry: PublishedRegistry,
): readonly DocumentFinding[] {
  const { bases, recipients, sources = [] } = document.purpose
  const names = recipients.map((id) => registry.systemNames.get(id)?.name ?? id)
  const inWords = document.notices.flatMap((notice) =>
    lintNotice(notice, { bases, recipients: names, sources: sources.flatMap(nameOfSource) }).map(
      (finding) => ({
        ...finding,
        notice: notice.id,
        language: notice.language,
        surface: notice.surface ?? 'screen',
      }),
    ),
  )
  return [...inWords, ...lostSurfaces(document, registry)]
}

/**
 * The registry as it would be with this document in force, published nowhere: whatever shows purposes to customers shows
 * this one with it, by the same code and in the same place. `version` is the one it would get.
 */
export function previewRegistry(
  registry: PublishedRegistry,
  { purpose, notices }: PurposeDocument,
  at: number,
): PublishedRegistry {
  const before = registry.active.get(purpose.id)
  const version = (before?.version ?? 0) + 1
  const reconsentMin = before === undefined || purpose.change === 'material' ? version : before.reconsentMin
  const shown: PurposeVersion = {
    purpose: purpose.id,
    version,
    state: 'active',
    bases: purpose.bases,
    attributes: purpose.attributes,
    contactChannels: purpose.contactChannels,
    recipients: purpose.recipients,
    sources: purpose.sources,
    retention: purpose.retention,
    howToStop: purpose.howToStop,
    reconsentMin,
    dpv: purpose.dpv,
  }
  const decided: Purpose = {
    id: purpose.id,
    version,
    class: purpose.class,
    bases: purpose.bases,
    attributes: purpose.attributes,
    reconsentMin,
    validity: purpose.validity === undefined ? undefined : period(purpose.validity),
    assessment:
      purpose.assessment === undefined
        ? undefined
        : { ...purpose.assessment, reviewBy: Date.parse(purpose.assessment.reviewBy) },
    restrictionExempt: purpose.restrictionExempt,
    art9Ground: purpose.art9Ground,
    legalReference: purpose.legalReference,
    dpv: purpose.dpv,
    obligations: purpose.obligations,
    retired: false,
  }
  const worded = notices.map(
    (notice): PublishedNotice => ({
      id: notice.id,
      version: notice.version,
      language: notice.language,
      surface: notice.surface ?? 'screen',
      purpose: purpose.id,
      purposeVersion: version,
      title: notice.title,
      summary: notice.summary,
      text: notice.text,
      textHash: wordingHash(notice),
      publishedAt: at,
    }),
  )
  return {
    ...registry,
    fingerprint: `${registry.fingerprint}+preview`,
    order: registry.order.includes(purpose.id) ? registry.order : [...registry.order, purpose.id],
    purposes: new Map([...registry.purposes, [purpose.id, decided]]),
    active: new Map([...registry.active, [purpose.id, shown]]),
    notices: [...registry.notices, ...worded],
  }
}
