import { lastLedgerVerification, proveLedger } from '../features/consent/index.ts'
import type { ConsentProofs } from './consent-proofs.ts'
import type { Platform } from './platform.ts'

/**
 * Proves the ledger when a proof is due, and tells whoever watches: a fault is an error in the log and moves the counter, a
 * good proof moves the time. A process that starts tells the time of the last good one, whichever process it was.
 */
export async function watchLedger({
  platform: { metrics, log },
  consentProofs: { proving },
}: {
  readonly platform: Pick<Platform, 'metrics' | 'log'>
  readonly consentProofs: Pick<ConsentProofs, 'proving'>
}): Promise<void> {
  const proof = await proveLedger(proving)
  if (proof !== undefined && proof.faults > 0) {
    const { faults, findings } = proof
    metrics.ledgerFaults.inc(faults)
    // Where they are stands in the trail and on the officer's page.
    log.error('ledger.fault', { count: faults, code: findings[0]?.fault ?? 'unknown' })
    return
  }
  const last = proof ?? (await lastLedgerVerification(proving.verifications))
  if (last?.faults === 0) metrics.ledgerVerifiedAt.set(last.verifiedAt.getTime() / 1_000)
}
