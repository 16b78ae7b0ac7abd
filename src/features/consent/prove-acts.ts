import type { Clock } from '../../kernel/clock.ts'
import type { ReceiptId, SubjectId } from '../../kernel/ids.ts'
import { evidencePlace } from './append-act.ts'
import type { StoredEvent } from './consent-records.ts'
import { type Opening, openingOf } from './evidence-of-act.ts'
import { checkReceiptFile } from './ledger/check-receipt-file.ts'
import type { LedgerKeeper } from './ledger/ledger-keeper.ts'
import { type ReceiptFile, receiptFile } from './ledger/receipt-file.ts'
import type { ReceiptVerdict } from './ledger/receipt-verdict.ts'
import {
  type ReceiptProofParts,
  type ReceiptWithProof,
  receiptWithProof,
} from './ledger/receipt-with-proof.ts'
import type { ReceiptEntry } from './receipt.ts'

export interface ProveActsParts extends ReceiptProofParts {
  readonly clock: Clock
  readonly keeper: Pick<LedgerKeeper, 'checkpoint'>
}

/** One act, with everything that speaks for it. */
export interface ProvenConsent {
  readonly receiptId: ReceiptId
  readonly entry: ReceiptEntry
  readonly opening: Opening
  readonly place: { readonly log: string; readonly seq: number } | undefined
  /** Self-contained: the verifier page accepts it. */
  readonly file: ReceiptFile
  readonly verdict: ReceiptVerdict
}

/** As many at once as the staff console's lane has connections for, with one left for everybody else. */
const atOnce = 3

async function inBatches<Thing, Result>(
  things: readonly Thing[],
  act: (thing: Thing) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (let from = 0; from < things.length; from += atOnce) {
    results.push(...(await Promise.all(things.slice(from, from + atOnce).map(act))))
  }
  return results
}

/** Each receipt is read and placed in the log once, whatever number of its acts is proven. */
async function receiptsOf(parts: ReceiptProofParts, subjectId: SubjectId, receiptIds: readonly ReceiptId[]) {
  const found = await inBatches(receiptIds, (receiptId) => receiptWithProof(parts, { subjectId, receiptId }))
  return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.receipt.receiptId, one] as const])))
}

/**
 * The acts that a receipt tells of, in the order given, each proven under the newest checkpoint. Where some were done after
 * it, the log is brought up to date once, so that every proof is complete.
 */
export async function proveActs(
  parts: ProveActsParts,
  subjectId: SubjectId,
  events: readonly StoredEvent[],
): Promise<readonly ProvenConsent[]> {
  const keys = await parts.publishedKeys()
  const reading = { ...parts, publishedKeys: async () => keys }
  const receiptIds = [...new Set(events.flatMap(({ receiptId }) => receiptId ?? []))]
  const receipts = await receiptsOf(reading, subjectId, receiptIds)
  const waiting = [...receipts.values()].filter(({ proven }) => proven.waiting.length > 0)
  if (waiting.length > 0) {
    await parts.keeper.checkpoint()
    const ids = waiting.map(({ receipt }) => receipt.receiptId)
    for (const [id, one] of await receiptsOf(reading, subjectId, ids)) receipts.set(id, one)
  }

  const prove = async (stored: StoredEvent, found: ReceiptWithProof): Promise<readonly ProvenConsent[]> => {
    const { event, sealedEvidence } = stored
    const { receipt, proven } = found
    const entry = receipt.claims.events.find(({ record_id }) => record_id === event.id)
    if (entry === undefined) return []
    const opening = openingOf(await parts.sealer.openText(subjectId, evidencePlace(event.id), sealedEvidence))
    const file = receiptFile(receipt.jws, proven, keys, new Map([[event.id, opening]]))
    const row = proven.proofs.find(({ record_id }) => record_id === event.id)?.entry
    const verdict = await checkReceiptFile(JSON.stringify(file), keys, parts.clock.now())
    const place = row && { log: row.log, seq: row.seq }
    return [{ receiptId: receipt.receiptId, entry, opening, place, file, verdict }]
  }
  const acts = await inBatches(events, async (stored) => {
    const found = stored.receiptId === undefined ? undefined : receipts.get(stored.receiptId)
    return found === undefined ? [] : prove(stored, found)
  })
  return acts.flat()
}
