import type { ProvenActModel } from '../../../views/staff/proof.tsx'
import { toldParticulars } from '../../../views/staff/told-particulars.ts'
import {
  isOnlyClaimed,
  type ProvenConsent,
  type PublishedRegistry,
  purposeTitle,
} from '../../features/consent/index.ts'
import type { Assurance } from '../../kernel/actor.ts'
import { contactChannels } from '../../kernel/evidence.ts'

const assurances: readonly Assurance[] = ['none', 'code', 'password', 'passkey']

/** What the page shows is what was sealed, signed and logged, not what our tables say today. */
export function provenActModel(
  { receiptId, entry, opening, place, verdict }: ProvenConsent,
  registry: PublishedRegistry,
  language: string,
): ProvenActModel {
  const { event, evidence, actor, particulars = {} } = opening.act
  const channel = contactChannels.find((one) => one === entry.purpose.channel)
  return {
    recordId: entry.record_id,
    receiptId,
    state: entry.state,
    claimed: isOnlyClaimed(entry),
    at: new Date(entry.event_time),
    receivedAt: entry.received_time === undefined ? undefined : new Date(entry.received_time),
    told: toldParticulars.flatMap((name) => {
      const value = particulars[name]
      return value === undefined ? [] : [{ name, value }]
    }),
    purpose: purposeTitle(registry, event.purpose, language),
    contactChannel: channel === 'none' ? undefined : channel,
    wording: entry.wording,
    notice: { id: entry.privacy_notice, language: entry.language, hash: entry.notice_sha256 },
    channel: evidence.channel,
    surface: evidence.surface,
    touchpoint: evidence.touchpoint,
    by: event.by,
    assurance: assurances.find((one) => one === actor.assurance) ?? 'none',
    control: event.defaultState === 'unticked' ? 'unticked' : 'none',
    network: [evidence.network, evidence.userAgentFamily].filter((part) => part !== undefined).join(', '),
    place,
    verdict: {
      ...verdict,
      entries: verdict.entries.map((one) => ({ ...one, at: new Date(one.at) })),
    },
  }
}
