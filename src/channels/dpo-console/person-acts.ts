import type { ActModel } from '../../../views/staff/person-acts.tsx'
import type { MarkKind, TimelineModel } from '../../../views/staff/person-timeline.tsx'
import type { ConsentEvent, ConsentEventType, Facts } from '../../features/consent/index.ts'
import type { ReceiptId } from '../../kernel/ids.ts'
import { type Reader, scopeInWords } from './person-words.ts'

const kinds: Readonly<Partial<Record<ConsentEventType, MarkKind>>> = {
  given: 'yes',
  confirmed: 'yes',
  refused: 'no',
  withdrawn: 'no',
  objected: 'stop',
}

const laneOf = (type: ConsentEventType): TimelineModel['lanes'][number]['of'] | undefined => {
  if (type === 'restriction_set' || type === 'restriction_lifted') return undefined
  return type === 'objected' || type === 'objection_overridden' ? 'objections' : 'answers'
}

/** The registers of one person along time. What began before the account is drawn too. */
export function timelineOf({ events, subject, suppression }: Facts, since: Date, now: Date): TimelineModel {
  const from = Math.min(since.getTime(), ...events.map(({ occurredAt }) => occurredAt))
  const marksOf = (of: string) =>
    events
      .filter(({ type }) => laneOf(type) === of)
      .map(({ id, occurredAt, type }) => ({ id, at: new Date(occurredAt), kind: kinds[type] ?? 'other' }))
  const spans = (all: readonly { readonly from: number; readonly to: number | undefined }[]) =>
    all.map((span, position) => ({
      id: String(position),
      from: new Date(span.from),
      to: span.to === undefined ? undefined : new Date(span.to),
    }))
  const { internal, lifted = [] } = suppression
  return {
    from: new Date(from),
    to: now,
    lanes: [
      { of: 'answers', marks: marksOf('answers'), spans: [] },
      { of: 'objections', marks: marksOf('objections'), spans: [] },
      {
        of: 'restrictions',
        marks: [],
        spans: spans(subject.restrictions.map((one) => ({ from: one.since, to: one.liftedAt }))),
      },
      {
        of: 'suppressions',
        marks: [],
        spans: spans([
          ...internal.map(({ recordedAt }) => ({ from: recordedAt ?? from, to: undefined })),
          ...lifted.map(({ recordedAt, liftedAt }) => ({ from: recordedAt, to: liftedAt })),
        ]),
      },
    ],
  }
}

/** One act in words, without opening its evidence: that is for the page that proves it. */
export function actModel(reader: Reader, event: ConsentEvent, receiptId: ReceiptId | undefined): ActModel {
  const { id, type, by, occurredAt, evidenceGrade, restrictionScope, purpose, contactChannel } = event
  return {
    id,
    at: new Date(occurredAt),
    state: type,
    claimed: type === 'given' && evidenceGrade === 'none',
    about: scopeInWords(reader, restrictionScope ?? [purpose]).join(', '),
    contactChannel: contactChannel === '*' || contactChannel === 'none' ? undefined : contactChannel,
    by,
    channel: event.capture?.channel,
    receiptId,
  }
}
