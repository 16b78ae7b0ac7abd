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
  const awaiting = timestamps !== undefined && timestamp === undefined
  await log.keepCheckpoint({ size, root, issuedAt, jws, timestamp }, awaiting)
  return log.newestCheckpoint()
}

const minute = 60_000

/** How long a checkpoint waits for its next try: an hour is soon enough for a witness, and no burden to an authority that is down. */
const retryAfterMs = 60 * minute

/** As many a turn as an authority answers in seconds. */
const atATime = 20

/**
 * Asks again for the timestamps that an authority did not give; answers the checkpoints that have theirs now. A timestamp
 * that comes late says so itself: it shows that the checkpoint existed then, whenever it was signed.
 */
export async function askForTimestamps(parts: CheckpointParts): Promise<readonly KeptCheckpoint[]> {
  const { log, clock, timestamps } = parts
  if (timestamps === undefined) return []
  const stamped: KeptCheckpoint[] = []
  for (const checkpoint of await log.withoutTimestamp(clock.now(), atATime)) {
    const { size, jws } = checkpoint
    const at = clock.now()
    try {
      const timestamp = await timestamps.stamp(checkpointDigest(jws))
      if (await log.keepTimestamp(size, timestamp, at)) stamped.push({ ...checkpoint, timestamp })
    } catch (error) {
      parts.onTimestampFailed?.(error)
      await log.putOffTimestamp(size, at, new Date(at.getTime() + retryAfterMs))
    }
  }
  return stamped
}
