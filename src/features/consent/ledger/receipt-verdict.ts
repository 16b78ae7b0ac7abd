import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isOnlyClaimed } from '../receipt.ts'
import type { SignatureVerdict } from './published-keys.ts'

export type Check = 'holds' | 'fails' | 'absent'

export interface CheckedEntry {
  readonly recordId: string
  readonly state: string
  /** What the act counts as, in the words of DPV. */
  readonly eventState: string
  /** A yes that a system reported, without anything of the person's own: however genuine, the receipt proves no more. */
  readonly claimed: boolean
  readonly at: string
  readonly wording: string
  readonly purpose: string
  /** `*` for all of them. */
  readonly brand: string
  readonly contactChannel: string
  /** The words in the receipt are those whose hash it pins. Absent where the act answers no published text. */
  readonly words: Check
  /** The act is in the log that the checkpoint was signed over. */
  readonly logged: Check
  /** All that was kept of the act is what the log committed to. Absent in what customers get. */
  readonly opened: Check
}

export type ReceiptOutcome = 'genuine' | 'unknown-key' | 'broken' | 'no-receipt'

export interface ReceiptVerdict {
  readonly outcome: ReceiptOutcome
  readonly signature: SignatureVerdict
  readonly checkpoint: SignatureVerdict | 'absent'
  readonly issuer: string
  readonly receiptId: string
  readonly issuedAt: Date | undefined
  /** Its holder chose what it shows: there may be decisions that are not here. */
  readonly selective: boolean
  readonly entries: readonly CheckedEntry[]
}

export const noReceipt: ReceiptVerdict = {
  outcome: 'no-receipt',
  signature: 'fails',
  checkpoint: 'absent',
  issuer: '',
  receiptId: '',
  issuedAt: undefined,
  selective: false,
  entries: [],
}

/** Seconds since 1970 that a calendar still has a day for. */
export const moment = z.number().int().min(0).max(8_640_000_000_000)

/** What every form of a receipt says of one decision. */
export const claimedEvent = z.object({
  record_id: z.string(),
  state: z.string(),
  event_state: z.string(),
  event_time: z.iso.datetime(),
  notice_sha256: z.string(),
  wording: z.string(),
  commitment: z.string().optional(),
  purpose: z.object({ id: z.string(), channel: z.string(), brand: z.string() }),
})

export type ClaimedEvent = z.infer<typeof claimedEvent>

export const judged = (holds: boolean): Check => (holds ? 'holds' : 'fails')

/** An objection or a restriction answers no published text; its words are the statement of the house, and only signed. */
function checkWords({ wording, notice_sha256 }: ClaimedEvent): Check {
  if (notice_sha256 === '') return 'absent'
  return judged(createHash('sha256').update(wording, 'utf8').digest('base64url') === notice_sha256)
}

/** What can be told from the receipt alone. */
export const checkedAlone = (event: ClaimedEvent): CheckedEntry => ({
  recordId: event.record_id,
  state: event.state,
  eventState: event.event_state,
  claimed: isOnlyClaimed(event),
  at: event.event_time,
  wording: event.wording,
  purpose: event.purpose.id,
  brand: event.purpose.brand,
  contactChannel: event.purpose.channel,
  words: checkWords(event),
  logged: 'absent',
  opened: 'absent',
})
