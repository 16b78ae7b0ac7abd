import { z } from 'zod'
import { type HistoryEntry, type HistoryKind, HistoryView } from '../../../views/privacy-centre/history.tsx'
import {
  consentHistory,
  type HistoryLine,
  noticeFor,
  type PublishedRegistry,
  pinnedNotice,
  purposeTitle,
} from '../../features/consent/index.ts'
import { parseId } from '../../kernel/ids.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'
import { hasReceiptPage } from './receipts.ts'

const kindOf = (type: HistoryLine['event']['type']): HistoryKind =>
  type === 'objected' ? 'objection_made' : type

/** The wording of that day and today's, where they differ. */
function changedSince(
  event: HistoryLine['event'],
  registry: PublishedRegistry,
): HistoryEntry['changedSince'] | undefined {
  const shown = event.notice === undefined ? undefined : pinnedNotice(registry, event.notice)
  const now = shown && noticeFor(registry, event.purpose, shown.language)
  if (shown === undefined || now === undefined || now.textHash === shown.textHash) return undefined
  return { shown: `${shown.summary} ${shown.text}`, now: `${now.summary} ${now.text}` }
}

function entryOf(
  { event, evidence, actor, receiptId }: HistoryLine,
  registry: PublishedRegistry,
  brandName: string,
  language: string,
): HistoryEntry {
  const changed = changedSince(event, registry)
  const receipt = receiptId === undefined ? undefined : `/privacy/receipts/${receiptId}`
  return {
    id: event.id,
    kind: kindOf(event.type),
    at: new Date(event.occurredAt),
    purpose: purposeTitle(registry, event.purpose, language),
    contactChannel: event.contactChannel === '*' ? 'none' : event.contactChannel,
    channel: evidence.channel,
    ...(evidence.touchpoint === undefined ? {} : { touchpoint: evidence.touchpoint }),
    ...(actor.startsWith('subject:') ? {} : { recordedBy: brandName }),
    ...(event.notice === undefined ? {} : { noticeVersion: event.notice.version }),
    ...(changed === undefined ? {} : { changedSince: changed }),
    ...(receipt === undefined || !hasReceiptPage(event.type)
      ? {}
      : { receiptHref: `${receipt}?event=${event.id}` }),
    ...(receipt === undefined ? {} : { receiptDownloadHref: `${receipt}.jws` }),
  }
}

/** Everything the person decided, newest first, with the text they saw and its receipt. */
export const historyRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.history',
    method: 'GET',
    path: '/privacy/history',
    caller: { who: 'subject' },
    query: z.object({ before: z.string().max(64).optional() }),
    answers: [200],
    handle: async (request) => {
      const before = parseId<'consent-event'>(request.query.before)
      const { lines, older } = await consentHistory(deps.ledger, {
        subjectId: subjectOf(request),
        ...(before === undefined ? {} : { before }),
      })
      const registry = deps.ledger.registry.current()
      const language = deps.renderer.languageOf(request)
      const brandName = registry.brands.get(deps.house.brand)?.name ?? deps.house.brand
      return deps.renderer.show(request, HistoryView, {
        entries: lines.map((line) => entryOf(line, registry, brandName, language)),
        ...(older === undefined ? {} : { olderHref: `/privacy/history?before=${older}` }),
      })
    },
  }),
]
