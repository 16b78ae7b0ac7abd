import { createHash } from 'node:crypto'
import type { Clock } from '../../../kernel/clock.ts'
import type { ReceiptSigner } from '../receipt-signer.ts'
import { type CheckpointClaims, checkpointType } from './checkpoint.ts'
import type { ConsentLog, KeptCheckpoint } from './consent-log.ts'
import { base64Url } from './log-row.ts'
import { rootOf, sameHash } from './merkle-tree.ts'
import type { TimestampAuthority } from './timestamp-authority.ts'
import { nodesInTiles } from './tree-tiles.ts'

export interface CheckpointParts {
  readonly log: ConsentLog
  readonly clock: Clock
  readonly signer: ReceiptSigner
  /** Outside witness of the time; without one, the house's own word has to do. */
  readonly timestamps?: TimestampAuthority | undefined
  readonly onTimestampFailed?: ((error: unknown) => void) | undefined
}

/** The log no longer holds what was signed before. Nothing more is signed over it until somebody has looked. */
export class HistoryChanged extends Error {}

export const checkpointDigest = (jws: string): Uint8Array => createHash('sha256').update(jws, 'utf8').digest()

/**
 * Signs what the log has come to, if it grew since the last time; answers the newest checkpoint, or undefined while the
 * log is empty. Refuses to sign a history that contradicts the checkpoint before it.
 */
export async function issueCheckpoint(parts: CheckpointParts): Promise<KeptCheckpoint | undefined> {
  const { log, clock, signer, timestamps } = parts
  const name = await log.name()
  // In this order: the log only grows, so whatever others append or sign meanwhile, it is no shorter than what is read here.
  const before = await log.newestCheckpoint()
  const size = await log.size()
  if (before !== undefined && before.size > size) {
    throw new HistoryChanged(`The log ends at ${size}; a checkpoint over ${before.size} was signed.`)
  }
  const nodeAt = nodesInTiles(log.entriesOf)
  if (before !== undefined && !sameHash(await rootOf(before.size, nodeAt), before.root)) {
    throw new HistoryChanged(`Something among the first ${before.size} entries of the log was changed.`)
  }
  if (name === undefined || size === 0 || before?.size === size) return before
  const root = await rootOf(size, nodeAt)
  const issuedAt = clock.now()
  const claims: CheckpointClaims = {
    iss: signer.issuer,
    iat: Math.floor(issuedAt.getTime() / 1000),
    log: name,
    size,
    root: base64Url(root),
  }
  const jws = await signer.sign(claims, checkpointType)
  const timestamp = await timestamps?.stamp(checkpointDigest(jws)).catch((error: unknown) => {
    parts.onTimestampFailed?.(error)
    return undefined
  })
  await log.keepCheckpoint({ size, root, issuedAt, jws, timestamp })
  return log.newestCheckpoint()
}
