import type { KnownCheckpoint, LedgerAudit, LedgerFinding } from './ledger-audit.ts'
import type { PublishedKeys } from './published-keys.ts'
import type { TimestampTrust } from './timestamp-signature.ts'
import { type CountedActs, type EvidenceKeys, verifyActs } from './verify-acts.ts'
import { checkCheckpoints, verifyLog } from './verify-log.ts'

export interface LedgerVerification extends CountedActs {
  readonly intact: boolean
  readonly log: string | undefined
  readonly size: number
  /** Checkpoints whose signature holds, the database's and the exported ones. */
  readonly checkpoints: number
  /** Checkpoints that a time authority has not stamped although it was asked. */
  readonly awaitingTimestamp: number
  /** The first of the faults. */
  readonly findings: readonly LedgerFinding[]
  readonly faults: number
}

const shown = 100

/**
 * Proves, or disproves, that the ledger is what it was: read access is all it takes, and it trusts nothing in the
 * database that it can compute. The keys and the checkpoints should come from elsewhere; those of the database are used
 * where nothing else is given, and catch everybody but somebody who can sign.
 */
export async function verifyLedger(
  audit: LedgerAudit,
  given: {
    readonly keys: PublishedKeys
    readonly exported: readonly KnownCheckpoint[]
    /** Everything before it is taken as vouched for. */
    readonly from?: KnownCheckpoint | undefined
    readonly evidenceKeys?: EvidenceKeys | undefined
    /** Who may vouch for the time; left out, nobody may, and a timestamp is a fault. */
    readonly timestamps?: TimestampTrust | undefined
    readonly now: Date
  },
): Promise<LedgerVerification> {
  const findings: LedgerFinding[] = []
  let faults = 0
  const report = (fault: LedgerFinding['fault'], at: string) => {
    faults += 1
    if (findings.length < shown) findings.push({ fault, at })
  }
  const name = await audit.name()
  const timestamps = given.timestamps ?? { certificates: [] }
  const trusted = { keys: given.keys, name, now: given.now, timestamps }
  const kept = (await audit.checkpoints()).map(({ size, jws, timestamp }) => ({
    source: `database checkpoint ${size}`,
    jws,
    timestamp,
  }))
  const signed = await checkCheckpoints([...kept, ...given.exported], trusted, report)
  const [from] = given.from === undefined ? [] : await checkCheckpoints([given.from], trusted, report)
  const size = await verifyLog(audit, from === undefined ? signed : [...signed, from], from?.claims, report)
  const acts = await verifyActs(
    audit,
    { from: from?.claims.size ?? 0, size },
    { keys: given.evidenceKeys, now: given.now },
    report,
  )
  return {
    intact: faults === 0,
    log: name,
    size,
    checkpoints: signed.length,
    awaitingTimestamp: await audit.awaitingTimestamp(),
    ...acts,
    findings,
    faults,
  }
}
