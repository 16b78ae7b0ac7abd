import type { DraftTextModel } from '../../../views/staff/purpose-draft.tsx'
import type { SurfaceWord, VersionState } from '../../../views/staff/purpose-words.ts'
import {
  noticeFor,
  noticeSurfaces,
  type PublishedNotice,
  type PublishedRegistry,
  type PurposeDocument,
  type PurposeRecord,
  type SeenPurpose,
  type WorkingCopy,
} from '../../features/consent/index.ts'
import { notFound, PlacetError } from '../../kernel/errors.ts'
import { parseId } from '../../kernel/ids.ts'
import type { PurposesDeps } from './purposes-deps.ts'

/** A purpose with all that is known of it at this moment. */
export interface PurposeFile {
  readonly id: string
  /** Undefined for one that was only written down and never published. */
  readonly record: PurposeRecord | undefined
  readonly copy: WorkingCopy | undefined
  readonly registry: PublishedRegistry
}

/** What was published a moment ago by another process is looked for too: an officer decides by what is so, not by what was. */
export async function findPurpose(deps: PurposesDeps, id: string): Promise<PurposeFile | undefined> {
  const [registry, record, copies] = await Promise.all([
    deps.registry.refresh(),
    deps.purposes.find(id),
    deps.purposes.workingCopies(),
  ])
  const copy = copies.find(({ purpose }) => purpose === id)
  return record === undefined && copy === undefined ? undefined : { id, record, copy, registry }
}

export async function purposeFile(deps: PurposesDeps, id: string): Promise<PurposeFile> {
  const file = await findPurpose(deps, id)
  if (file === undefined) throw notFound('purpose-unknown', 'There is no such purpose.')
  return file
}

export const inForce = (record: PurposeRecord | undefined) =>
  record?.versions.find(({ state }) => state === 'active')

export function stateOf(record: PurposeRecord | undefined): VersionState {
  if (record?.retiredAt !== undefined) return 'retired'
  return inForce(record) === undefined ? 'draft' : 'active'
}

/** Undefined for an imported text: somebody else's wording, which proves an old yes and is none of ours. */
export const surfaceOf = (surface: string | undefined): SurfaceWord | undefined =>
  noticeSurfaces.find((one) => one === (surface ?? 'screen'))

export interface OurNotice extends PublishedNotice {
  readonly surface: SurfaceWord
}

/** The wordings of a version, one for each language and surface. */
export function noticesOf(
  registry: PublishedRegistry,
  purpose: string,
  version: number | undefined,
): readonly OurNotice[] {
  const newest = new Map<string, OurNotice>()
  for (const notice of registry.notices) {
    const surface = surfaceOf(notice.surface)
    if (notice.purpose !== purpose || notice.purposeVersion !== version || surface === undefined) continue
    const place = `${notice.language}.${surface}`
    if ((newest.get(place)?.version ?? 0) < notice.version) newest.set(place, { ...notice, surface })
  }
  return [...newest.values()].sort(
    (a, b) =>
      noticeSurfaces.indexOf(a.surface) - noticeSurfaces.indexOf(b.surface) ||
      b.language.localeCompare(a.language),
  )
}

/** What the purpose is called in the language of the console, by the words nearest to being in force. */
export function titleOf({ id, copy, registry }: Omit<PurposeFile, 'record'>, language: string): string {
  const current = noticeFor(registry, id, language)
  if (current !== undefined) return current.title
  const past = registry.notices.filter(({ purpose, surface }) => purpose === id && surfaceOf(surface))
  const told = [...past].sort((a, b) => b.purposeVersion - a.purposeVersion)
  const words = [...told, ...(copy?.document.notices ?? [])]
  return (words.find((notice) => notice.language === language) ?? words[0])?.title ?? id
}

/** The next number of a wording, which must not have been used: what was published never changes. */
const freeNumber = (registry: PublishedRegistry, id: string): number =>
  1 + Math.max(0, ...registry.notices.filter((notice) => notice.id === id).map(({ version }) => version))

/** What the next version starts from: what was written of it so far, and else the version in force. */
export function documentOf({ record, copy, registry, id }: PurposeFile): PurposeDocument | undefined {
  if (copy !== undefined) return copy.document
  const current = inForce(record)
  if (current === undefined) return undefined
  return {
    purpose: current.proposed,
    notices: noticesOf(registry, id, current.version).map((notice) => anew(notice, notice.id, registry)),
  }
}

type ProposedNotice = PurposeDocument['notices'][number]

/** The words of a notice as the next wording of that name begins with. */
const anew = (
  { language, surface, title, summary, text }: ProposedNotice,
  id: string,
  registry: PublishedRegistry,
): ProposedNotice => ({
  id,
  version: freeNumber(registry, id),
  language,
  surface: surface ?? 'screen',
  title,
  summary,
  text,
})

/** Where nothing of this document is said yet. */
export const surfacesLeft = ({ notices }: PurposeDocument): readonly SurfaceWord[] =>
  noticeSurfaces.filter((one) => notices.every(({ surface }) => surfaceOf(surface) !== one))

/**
 * The same document with words for one more place: those in force there, and else those of the screen, to be written for it.
 * They get a name of their own, so that an answer tells by itself where it was read.
 */
export function withWordsFor(
  surface: SurfaceWord,
  document: PurposeDocument,
  { id, record, registry }: PurposeFile,
): PurposeDocument {
  if (!surfacesLeft(document).includes(surface)) return document
  const current = noticesOf(registry, id, inForce(record)?.version).filter((one) => one.surface === surface)
  const first = surfaceOf(document.notices[0]?.surface)
  const like = document.notices.some((one) => surfaceOf(one.surface) === 'screen') ? 'screen' : first
  const copied = document.notices
    .filter((one) => surfaceOf(one.surface) === like)
    // Names have at most a hundred characters.
    .map((one) => anew({ ...one, surface }, `${one.id.slice(0, 90)}-${surface}`, registry))
  const words = current.length > 0 ? current.map((one) => anew(one, one.id, registry)) : copied
  const place = (one: ProposedNotice) => noticeSurfaces.indexOf(surfaceOf(one.surface) ?? 'screen')
  return {
    ...document,
    notices: [...document.notices, ...words].sort((a, b) => place(a) - place(b)),
  }
}

/** The same document, with numbers that nobody has used since it was begun. */
export const withFreeNumbers = (document: PurposeDocument, registry: PublishedRegistry): PurposeDocument => ({
  ...document,
  notices: document.notices.map((notice) => {
    const taken = registry.notices.some(({ id, version }) => id === notice.id && version === notice.version)
    return taken ? { ...notice, version: freeNumber(registry, notice.id) } : notice
  }),
})

/** The wordings of a document as a form lists them. */
export const textsOf = (
  document: PurposeDocument,
  beside: readonly {
    readonly language: string
    readonly surface?: string
    readonly title: string
    readonly summary: string
    readonly text: string
  }[],
): readonly DraftTextModel[] =>
  document.notices.map(({ language, surface }, place) => {
    const before = beside.find(
      (one) => one.language === language && (one.surface ?? 'screen') === (surface ?? 'screen'),
    )
    return {
      place,
      language,
      surface: surfaceOf(surface) ?? 'screen',
      ...(before === undefined
        ? {}
        : { before: { title: before.title, summary: before.summary, text: before.text } }),
    }
  })

/** Carried by every form that changes a purpose: what stood there when it was drawn. */
export const seenMark = (file: PurposeFile | undefined): string =>
  `${inForce(file?.record)?.version ?? ''}.${file?.copy?.revision ?? ''}`

/** A mark that is none of ours was seen on no page of ours, and so is never what stands there. */
export function seenIn(mark: string): SeenPurpose {
  const [version = '', revision = ''] = mark.split('.')
  return {
    inForce: version === '' ? undefined : Number(version),
    revision: parseId<'purpose-revision'>(revision),
  }
}

/** What the use cases refuse and a form can tell; whatever else went wrong goes on its way. */
export function refusalOf(error: unknown): PlacetError {
  const told = ['invalid', 'conflict', 'not-found']
  if (error instanceof PlacetError && told.includes(error.failure)) return error
  throw error
}
