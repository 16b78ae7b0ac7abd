import { type CheckpointClaims, checkpointClaims, checkpointType } from './checkpoint.ts'
import { checkpointDigest } from './issue-checkpoint.ts'
import { expectSame, type KnownCheckpoint, type LedgerAudit, type LedgerFault } from './ledger-audit.ts'
import { fromBase64Url, rowHash } from './log-row.ts'
import { type Hash, joined, nodeHash, nodesOf } from './merkle-tree.ts'
import { checkJws, type PublishedKeys } from './published-keys.ts'
import { readTimestamp } from './timestamp-message.ts'
import { isFromAuthority, isPlausible, type TimestampTrust } from './timestamp-signature.ts'
import { rootOfWhole, tileWidth } from './tree-tiles.ts'

export type Report = (fault: LedgerFault, at: string) => void

export interface SignedSize {
  readonly source: string
  readonly claims: CheckpointClaims
}

const atATime = 5_000

/** Signatures, names and timestamps of checkpoints, wherever they were kept; what is none of ours vouches for nothing. */
export async function checkCheckpoints(
  known: readonly KnownCheckpoint[],
  trusted: {
    readonly keys: PublishedKeys
    readonly name: string | undefined
    readonly now: Date
    readonly timestamps: TimestampTrust
  },
  report: Report,
): Promise<readonly SignedSize[]> {
  const signed: SignedSize[] = []
  for (const { source, jws, timestamp } of known) {
    const checked = await checkJws(jws, trusted.keys, { typ: checkpointType, now: trusted.now })
    const claims = checkpointClaims.safeParse(checked.claims).data
    if (checked.signature !== 'holds' || claims === undefined) {
      report(checked.signature === 'unknown-key' ? 'checkpoint-unknown-key' : 'checkpoint-unsigned', source)
      continue
    }
    if (trusted.name !== undefined && claims.log !== trusted.name) {
      report('other-log', source)
      continue
    }
    const fault = timestamp && timestampFault(timestamp, jws, claims, trusted)
    if (fault !== undefined) report(fault, source)
    signed.push({ source, claims })
  }
  return signed
}

/** What is wrong with an outside word about the time. One that nobody we know stands behind could be anybody's. */
function timestampFault(
  token: Uint8Array,
  jws: string,
  { iat }: CheckpointClaims,
  { timestamps, now }: { readonly timestamps: TimestampTrust; readonly now: Date },
): LedgerFault | undefined {
  const timestamp = readTimestamp(token)
  if (timestamp === undefined || !expectSame(timestamp.digest, checkpointDigest(jws)))
    return 'timestamp-wrong'
  if (!isFromAuthority(timestamp, timestamps)) return 'timestamp-unverified'
  return isPlausible(timestamp, new Date(iat * 1_000), now) ? undefined : 'timestamp-implausible'
}

/** The tree as it grows: the roots of its whole subtrees, the largest first. */
class GrowingTree {
  private readonly peaks: { readonly level: number; readonly hash: Hash }[]

  constructor(peaks: readonly { readonly level: number; readonly hash: Hash }[]) {
    this.peaks = [...peaks]
  }

  add(leaf: Hash): void {
    let peak = { level: 0, hash: leaf }
    for (let last = this.peaks.at(-1); last?.level === peak.level; last = this.peaks.at(-1)) {
      this.peaks.pop()
      peak = { level: peak.level + 1, hash: nodeHash(last.hash, peak.hash) }
    }
    this.peaks.push(peak)
  }

  root = (): Hash => joined(this.peaks.map(({ hash }) => hash))
}

async function treeAt(size: number, { nodeAt }: LedgerAudit): Promise<GrowingTree | undefined> {
  try {
    const nodes = nodesOf([0, size])
    return new GrowingTree(
      await Promise.all(nodes.map(async (node) => ({ level: node.level, hash: await nodeAt(node) }))),
    )
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Compares the leaves of one complete tile with what was kept of them when it was completed. */
async function checkTile(
  audit: LedgerAudit,
  tile: number,
  leaves: readonly Hash[],
  report: Report,
): Promise<void> {
  const kept = await audit.tile(0, tile)
  if (kept === undefined) return report('tile-missing', `level 0, tile ${tile}`)
  for (const [at, leaf] of leaves.entries()) {
    if (!expectSame(leaf, kept.hashes[at])) report('entry-changed', `entry ${tile * tileWidth + at}`)
  }
  if (!expectSame(rootOfWhole(kept.hashes), kept.root)) report('tile-changed', `level 0, tile ${tile}`)
}

async function checkUpperTiles(audit: LedgerAudit, report: Report): Promise<void> {
  const counts = await audit.tileCounts()
  for (let level = 1; Math.floor((counts[level - 1] ?? 0) / tileWidth) > 0; level += 1) {
    for (let tile = 0; tile < Math.floor((counts[level - 1] ?? 0) / tileWidth); tile += 1) {
      const kept = await audit.tile(level, tile)
      if (kept === undefined) {
        report('tile-missing', `level ${level}, tile ${tile}`)
        continue
      }
      for (const [at, hash] of kept.hashes.entries()) {
        const below = await audit.tile(level - 1, tile * tileWidth + at)
        if (!expectSame(below?.root, hash)) report('tile-changed', `level ${level}, tile ${tile}`)
      }
      if (!expectSame(rootOfWhole(kept.hashes), kept.root))
        report('tile-changed', `level ${level}, tile ${tile}`)
    }
  }
}

/**
 * Computes every leaf and the whole tree anew, from the entries alone, and holds it against the tiles and against every
 * checkpoint: since each root is met on the way, all of them are shown to be consistent with one another. With `from`,
 * what lies before that checkpoint is taken as it vouches for it. Answers the size of the log.
 */
export async function verifyLog(
  audit: LedgerAudit,
  signed: readonly SignedSize[],
  from: CheckpointClaims | undefined,
  report: Report,
): Promise<number> {
  const start = from?.size ?? 0
  const due = signed
    .filter(({ claims }) => claims.size >= start)
    .sort((a, b) => a.claims.size - b.claims.size)
  const tree = await treeAt(start, audit)
  let seq = start
  let whole = tree !== undefined
  if (tree === undefined) report('log-truncated', `entry ${start}`)
  let leaves: Hash[] = []
  const meet = () => {
    for (let next = due[0]; next !== undefined && next.claims.size <= seq; next = due[0]) {
      due.shift()
      if (!whole || tree === undefined || next.claims.size < seq) continue
      if (!expectSame(tree.root(), fromBase64Url(next.claims.root))) {
        report('checkpoint-contradicted', `${next.source}, ${next.claims.size} entries`)
      }
    }
  }
  meet()
  for (;;) {
    const rows = await audit.rowsFrom(seq, atATime)
    for (const row of rows) {
      if (row.seq !== seq) {
        report('entry-missing', row.seq - seq === 1 ? `entry ${seq}` : `entries ${seq} to ${row.seq - 1}`)
        whole = false
        leaves = []
        seq = row.seq
      }
      const leaf = rowHash(row)
      tree?.add(leaf)
      seq += 1
      leaves.push(leaf)
      if (seq % tileWidth === 0) {
        if (leaves.length === tileWidth) await checkTile(audit, seq / tileWidth - 1, leaves, report)
        leaves = []
      }
      meet()
    }
    if (rows.length < atATime) break
  }
  for (const { source, claims } of due) {
    report('log-truncated', `${source} counts ${claims.size} entries, the log has ${seq}`)
  }
  await checkUpperTiles(audit, report)
  return seq
}
