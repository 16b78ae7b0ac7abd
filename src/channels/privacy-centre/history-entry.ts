import type { Language } from '../../../views/page.tsx'
import type { HistoryEntry, HistoryKind } from '../../../views/privacy-centre/history.tsx'
import { type HistoryLine, type PublishedRegistry, pinnedNotice } from '../../features/consent/index.ts'
import { scopeWords } from '../scope-words.ts'
import { textDifference } from '../text-difference.ts'
import type { PrivacyCentreDeps } from './privacy-deps.ts'
import { hasReceiptPage } from './receipts.ts'

function kindOf({ type, evidenceGrade }: HistoryLine['event']): HistoryKind {
  if (type === 'given' && evidenceGrade === 'none') return 'claimed'
  return type === 'objected' ? 'objection_made' : type
}

const titleOf = ({ event }: HistoryLine, registry: PublishedRegistry, language: Language): string => {
  const reached = event.restrictionScope ?? [event.purpose]
  return reached.flatMap((entry) => scopeWords(entry, registry, language)).join(', ')
}

/** Whose act it was, where it was not the person's alone. */
function actedBy({ event, actor }: HistoryLine, brandName: string): Pick<HistoryEntry, 'recordedBy' | 'by'> {
  if (event.by === 'guardian') return { by: 'guardian' }
  return actor.startsWith('subject:') ? {} : { recordedBy: brandName }
}

/** One act as the person reads it. */
export function entryOf(
  line: HistoryLine,
  registry: PublishedRegistry,
  brandName: string,
  language: Language,
  placeName: PrivacyCentreDeps['placeName'],
): HistoryEntry {
  const { event, evidence, receiptId, particulars } = line
  const shown = event.notice === undefined ? undefined : pinnedNotice(registry, event.notice)
  const changed = shown && textDifference(registry, shown, language)
  const receipt = receiptId === undefined ? undefined : `/privacy/receipts/${receiptId}`
  const grounds = event.type === 'objection_overridden' ? particulars['grounds'] : undefined
  return {
    id: event.id,
    kind: kindOf(event),
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
