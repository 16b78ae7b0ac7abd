import type { Clock } from '../../../kernel/clock.ts'
import type { Work } from '../../../kernel/work.ts'
import type { ConsentLog, KeptCheckpoint } from './consent-log.ts'
import type { KnownCheckpoint, LedgerAudit } from './ledger-audit.ts'
import type {
  LedgerProof,
  LedgerVerificationReads,
  LedgerVerificationStores,
} from './ledger-verification-store.ts'
import type { PublishedKeys } from './published-keys.ts'
import type { TimestampTrust } from './timestamp-signature.ts'
import type { EvidenceKeys } from './verify-acts.ts'
import { verifyLedger } from './verify-ledger.ts'

export interface ProveLedgerParts {
  readonly work: Work<LedgerVerificationStores>
  readonly clock: Clock
  readonly log: Pick<ConsentLog, 'checkpoints'>
  readonly verifications: LedgerVerificationReads
  /** Gives the ledger as it is at one moment. */
  readonly audit: <Result>(act: (audit: LedgerAudit) => Promise<Result>) => Promise<Result>
  readonly publishedKeys: () => Promise<PublishedKeys>
  /** Checkpoints kept outside the database; none where they are copied nowhere. */
  readonly exported: () => Promise<readonly KnownCheckpoint[]>
  readonly evidenceKeys?: EvidenceKeys | undefined
  readonly timestamps: TimestampTrust
}

const day = 24 * 3_600_000

/** A night's proof is due after it, with an hour to spare: the job looks every few minutes, and must not creep through the day. */
const dailyMs = day - 3_600_000
const wholeEveryMs = 7 * day

/** The last checkpoint that an intact proof vouches for. */
async function lastGood(
  { log }: ProveLedgerParts,
  { size }: LedgerProof,
): Promise<KeptCheckpoint | undefined> {
  return (await log.checkpoints()).filter((checkpoint) => checkpoint.size <= size).at(-1)
}

/**
 * Proves the ledger if a proof is due: every night from the last checkpoint that was found good, and wholly once a week, when
 * the last proof found a fault, or when `whole` asks for it. What was found is kept and stands in the trail. Undefined when
 * nothing was due. Safe to run in several processes at once.
 */
export async function proveLedger(
  parts: ProveLedgerParts,
  asked: { readonly whole: boolean } = { whole: false },
): Promise<LedgerProof | undefined> {
  const at = parts.clock.now()
  const [last, lastWhole] = [await parts.verifications.last(), await parts.verifications.lastWhole()]
  const age = (proof: LedgerProof | undefined) =>
    proof === undefined ? Number.POSITIVE_INFINITY : at.getTime() - proof.verifiedAt.getTime()
  if (!asked.whole && age(last) < dailyMs) return undefined
  const whole = asked.whole || last === undefined || last.faults > 0 || age(lastWhole) >= wholeEveryMs
  const from = whole ? undefined : await lastGood(parts, last)
  const keys = await parts.publishedKeys()
  const exported = await parts.exported()
  const found = await parts.audit((audit) =>
    verifyLedger(audit, {
      keys,
      exported,
      from: from && { source: `database checkpoint ${from.size}`, ...from },
      evidenceKeys: parts.evidenceKeys,
      timestamps: parts.timestamps,
      now: at,
    }),
  )
  const { size, faults, findings } = found
  const since = from?.size ?? 0
  const proof: LedgerProof = { verifiedAt: at, since, size, faults, findings }
  await parts.work(async ({ ledgerVerifications, audit }) => {
    await ledgerVerifications.keep(proof)
    await audit.record({
      action: faults === 0 ? 'consent.ledger-verified' : 'consent.ledger-fault-found',
      actor: { kind: 'system', name: 'ledger' },
      at,
      about: 'consent-log',
      facts: {
        since,
        size,
        faults,
        awaitingTimestamp: found.awaitingTimestamp,
        findings: findings.map(({ fault, at: where }) => `${fault}: ${where}`),
      },
    })
  })
  return proof
}

/** For the data protection officer: when the ledger was last proven, and what was found. */
export const lastLedgerVerification = (reads: LedgerVerificationReads): Promise<LedgerProof | undefined> =>
  reads.last()
