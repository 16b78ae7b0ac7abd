import type { JWK } from 'jose'
import type { Opening } from '../evidence-of-act.ts'
import type { InclusionProof, ProvenFacts } from './prove-inclusion.ts'
import type { PublishedKeys } from './published-keys.ts'

/** An inclusion proof, and for whoever may see it all that was kept of the act. */
export interface ReceiptFileEntry extends InclusionProof {
  readonly opening?: Opening
}

/**
 * Everything it takes to hold the house to a receipt without asking the house: one JSON file, which the verifier page
 * and anybody's own program can check. An evidence pack is the same file with the acts opened.
 */
export interface ReceiptFile {
  readonly format: 'placet-receipt/1'
  /** Compact JWS, as the person got it. */
  readonly receipt: string
  /** Copies of the public keys used; they are published at `/.well-known/placet-receipt-keys`. */
  readonly keys: { readonly keys: readonly JWK[] }
  readonly checkpoint: string | null
  readonly log: readonly ReceiptFileEntry[]
}

const partOf = (jws: string, at: 0 | 1) =>
  JSON.parse(Buffer.from(jws.split('.')[at] ?? '', 'base64url').toString('utf8'))

const kidOf = (jws: string | null): unknown => (jws === null ? undefined : partOf(jws, 0).kid)

/** The acts whose entries a receipt binds itself to. One from before there was a log names none. */
const boundIn = (receipt: string): ReadonlySet<unknown> =>
  new Set(
    partOf(receipt, 1).receipt.events.flatMap((event: { record_id: string; commitment?: string }) =>
      event.commitment === undefined ? [] : [event.record_id],
    ),
  )

export function receiptFile(
  receipt: string,
  { checkpoint, proofs }: Pick<ProvenFacts, 'checkpoint' | 'proofs'>,
  { keys }: PublishedKeys,
  openings: ReadonlyMap<string, Opening> = new Map(),
): ReceiptFile {
  const bound = boundIn(receipt)
  const used = new Set([kidOf(receipt), kidOf(checkpoint)])
  return {
    format: 'placet-receipt/1',
    receipt,
    keys: { keys: keys.filter(({ kid }) => used.has(kid)) },
    checkpoint,
    log: proofs.flatMap((proof) => {
      const opening = openings.get(proof.record_id)
      if (opening !== undefined) return [{ ...proof, opening }]
      return bound.has(proof.record_id) ? [proof] : []
    }),
  }
}
