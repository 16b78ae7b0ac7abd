import type { Language } from '../../../views/page.tsx'
import type { HistoryEntry, HistoryKind } from '../../../views/privacy-centre/history.tsx'
import {
  type ConsentEvent,
  type HistoryLine,
  type PublishedRegistry,
  pinnedNotice,
} from '../../features/consent/index.ts'
import { scopeWords } from '../scope-words.ts'
import { textDifference } from '../text-difference.ts'
import type { PrivacyCentreDeps } from './privacy-deps.ts'
import { hasReceiptPage } from './receipts.ts'

function kindOf({ event: { type, evidenceGrade }, actor, evidence }: HistoryLine): HistoryKind {
  if (type === 'given' && evidenceGrade === 'none') {
    return actor.startsWith('staff:') && evidence.channel === 'call-centre' ? 'noted' : 'claimed'
  }
  return type === 'objected' ? 'objection_made' : type
}

/** The person has not answered the same question themselves since it was noted, by whichever way they could. */
const waits = ({ event }: HistoryLine, facts: readonly ConsentEvent[]): boolean =>
  !facts.some(
    (other) =>
      other.occurredAt >= event.occurredAt &&
      other.evidenceGrade !== 'none' &&
      ['given', 'refused', 'withdrawn'].includes(other.type) &&
      other.purpose === event.purpose &&
      other.contactChannel === event.contactChannel,
  )

const titleOf = ({ event }: HistoryLine, registry: PublishedRegistry, language: Language): string => {
  const reached = event.restrictionScope ?? [event.purpose]
  return reached.flatMap((entry) => scopeWords(entry, registry, language)).join(', ')
}

/** Whose act it was, where it was not the person's alone. */
function actedBy(
  line: HistoryLine,
  brandName: string,
): Pick<HistoryEntry, 'recordedBy' | 'recordedByPerson' | 'by'> {
  const { event, actor } = line
  if (event.by === 'guardian') return { by: 'guardian' }
  if (actor.startsWith('subject:') || kindOf(line) === 'noted') return {}
  return { recordedBy: brandName, ...(actor.startsWith('staff:') ? { recordedByPerson: true } : {}) }
}

/** With what an act is put into words. */
interface EntryWords {
  readonly registry: PublishedRegistry
  /** All that is known of the person, whatever part of it is on the page. */
  readonly facts: readonly ConsentEvent[]
  readonly brandName: string
  readonly language: Language
  readonly placeName: PrivacyCentreDeps['placeName']
}

/** One act as the person reads it. */
export function entryOf(
  line: HistoryLine,
  { registry, facts, brandName, language, placeName }: EntryWords,
): HistoryEntry {
  const { event, evidence, receiptId, particulars } = line
  const kind = kindOf(line)
  const shown = event.notice === undefined ? undefined : pinnedNotice(registry, event.notice)
  const changed = shown && textDifference(registry, shown, language)
  const receipt = receiptId === undefined ? undefined : `/privacy/receipts/${receiptId}`
  const grounds = event.type === 'objection_overridden' ? particulars['grounds'] : undefined
  return {
    id: event.id,
    kind,
    ...(kind === 'noted' && waits(line, facts) ? { waits: true } : {}),
    at: new Date(event.occurredAt),
    purpose: titleOf(line, registry, language),
    contactChannel: event.contactChannel === '*' ? 'none' : event.contactChannel,
    channel: evidence.channel,
    ...(evidence.touchpoint === undefined
      ? {}
      : { touchpoint: placeName?.(evidence.touchpoint) ?? evidence.touchpoint }),
    ...actedBy(line, brandName),
    ...(event.notice === undefined ? {} : { noticeVersion: event.notice.version }),
    ...(changed === undefined ? {} : { changedSince: changed }),
    ...(grounds === undefined ? {} : { grounds }),
    ...(receipt === undefined || !hasReceiptPage(event.type)
      ? {}
      : { receiptHref: `${receipt}?event=${event.id}` }),
    ...(receipt === undefined ? {} : { receiptDownloadHref: `${receipt}.jws` }),
  }
}
