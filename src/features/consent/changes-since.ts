import type { SubjectId } from '../../kernel/ids.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import { consentHistory, type HistoryLine } from './consent-history.ts'
import type { ConsentRecords } from './consent-records.ts'
import { noticeFor, type PublishedNotice, type PublishedRegistry } from './published.ts'
import type { RegistrySource } from './registry-source.ts'

/** What is different about one purpose: its words, or the data and recipients it names. */
export interface PurposeChange {
  readonly purpose: string
  readonly kind: 'new' | 'changed' | 'ended'
  readonly before: PublishedNotice | undefined
  readonly now: PublishedNotice | undefined
  /** Ids of what was added and taken out. */
  readonly attributes: Moved
  readonly recipients: Moved
}

export interface Moved {
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

export interface ChangesSince {
  readonly since: Date
  readonly purposes: readonly PurposeChange[]
  /** Newest first. */
  readonly decisions: readonly HistoryLine[]
}

const movedBetween = (before: readonly string[], now: readonly string[]): Moved => ({
  added: now.filter((one) => !before.includes(one)),
  removed: before.filter((one) => !now.includes(one)),
})

const isStill = ({ added, removed }: Moved): boolean => added.length + removed.length === 0

/**
 * The wording of that day in the language it would be read in today: two versions in one language differ in what they say,
 * and not in every word. Pure.
 */
function changesBetween(
  then: PublishedRegistry,
  today: PublishedRegistry,
  language: string,
): readonly PurposeChange[] {
  const purposes = new Set([...today.order, ...then.order])
  return [...purposes].flatMap((purpose): readonly PurposeChange[] => {
    const [old, fresh] = [then.active.get(purpose), today.active.get(purpose)]
    const now = noticeFor(today, purpose, language)
    const before = noticeFor(then, purpose, now?.language ?? language)
    // What has no words for a screen was never shown on one, so nobody can miss it there.
    if (now === undefined && before === undefined) return []
    const attributes = movedBetween(old?.attributes ?? [], fresh?.attributes ?? [])
    const recipients = movedBetween(old?.recipients ?? [], fresh?.recipients ?? [])
    const change = { purpose, before, now, attributes, recipients }
    if (old === undefined) return [{ ...change, kind: 'new' }]
    if (fresh === undefined) return [{ ...change, kind: 'ended' }]
    const same = before?.textHash === now?.textHash && isStill(attributes) && isStill(recipients)
    return same ? [] : [{ ...change, kind: 'changed' }]
  })
}

const mostDecisions = 100

/** What became different since a day: the texts of the house, and everything recorded about this person's choices. */
export async function changesSince(
  parts: {
    readonly registry: { current(): PublishedRegistry }
    readonly past: Pick<RegistrySource, 'loadAsOf'>
    readonly records: ConsentRecords
    readonly sealer: Pick<SubjectSealer, 'openText'>
  },
  question: { readonly subjectId: SubjectId; readonly since: Date; readonly language: string },
): Promise<ChangesSince> {
  const { subjectId, since, language } = question
  const [then, { lines }] = await Promise.all([
    parts.past.loadAsOf(since),
    consentHistory(parts, { subjectId, limit: mostDecisions }),
  ])
  return {
    since,
    purposes: changesBetween(then, parts.registry.current(), language),
    decisions: lines.filter(({ event }) => (event.recordedAt ?? event.occurredAt) > since.getTime()),
  }
}
