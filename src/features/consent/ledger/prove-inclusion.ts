import type { ConsentEventId, SubjectId } from '../../../kernel/ids.ts'
import type { ConsentLog } from './consent-log.ts'
import { base64Url, type LogRow } from './log-row.ts'
import { inclusionProof } from './merkle-tree.ts'
import { nodesInTiles } from './tree-tiles.ts'

/** Shows that one fact is in the log that a checkpoint was signed over. */
export interface InclusionProof {
  readonly record_id: ConsentEventId
  readonly entry: LogRow
  /** What stands beside the way from the entry to the root, the lowest first; base64url. */
  readonly path: readonly string[]
}

export interface ProvenFacts {
  /** Compact JWS; null until the first one is signed. */
  readonly checkpoint: string | null
  readonly proofs: readonly InclusionProof[]
  /** Facts the newest checkpoint does not cover yet. */
  readonly waiting: readonly ConsentEventId[]
  /** Facts of which nothing is kept any more but the receipt: which places of the log were theirs, nobody can tell. */
  readonly erased: readonly ConsentEventId[]
}

/** Proves what it can under the newest checkpoint; what is younger than that waits for the next. */
export async function proveInclusion(
  log: ConsentLog,
  question: { readonly subjectId: SubjectId; readonly eventIds: readonly ConsentEventId[] },
): Promise<ProvenFacts> {
  const { subjectId, eventIds } = question
  const checkpoint = await log.newestCheckpoint()
  if (checkpoint === undefined)
    return { checkpoint: null, proofs: [], ...(await unproven(log, subjectId, eventIds)) }
  const places = await log.placesOf(subjectId, eventIds)
  const covered = eventIds.flatMap((eventId) => {
    const seq = places.get(eventId)
    return seq === undefined || seq >= checkpoint.size ? [] : [{ eventId, seq }]
  })
  const rows = new Map((await log.rows(covered.map(({ seq }) => seq))).map((row) => [row.seq, row]))
  const nodeAt = nodesInTiles(log.entriesOf)
  const proofs: InclusionProof[] = []
  for (const { eventId, seq } of covered) {
    const entry = rows.get(seq)
    if (entry === undefined) continue
    const path = await inclusionProof(seq, checkpoint.size, nodeAt)
    proofs.push({ record_id: eventId, entry, path: path.map(base64Url) })
  }
  const proven = new Set(proofs.map(({ record_id }) => record_id))
  const rest = eventIds.filter((eventId) => !proven.has(eventId))
  return { checkpoint: checkpoint.jws, proofs, ...(await unproven(log, subjectId, rest)) }
}

async function unproven(
  log: ConsentLog,
  subjectId: SubjectId,
  eventIds: readonly ConsentEventId[],
): Promise<Pick<ProvenFacts, 'waiting' | 'erased'>> {
  const erased = eventIds.length === 0 ? new Set() : await log.erasedOf(subjectId, eventIds)
  return {
    waiting: eventIds.filter((eventId) => !erased.has(eventId)),
    erased: eventIds.filter((eventId) => erased.has(eventId)),
  }
}
