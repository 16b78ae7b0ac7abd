import canonicalize from 'canonicalize'
import type { SubjectId } from '../../../kernel/ids.ts'
import { SealBroken, type SubjectSealer } from '../../../platform/crypto/index.ts'
import { evidencePlace } from '../append-act.ts'
import type { ConsentEvent } from '../consent-event.ts'
import { commitmentOf, openingOf } from '../evidence-of-act.ts'
import { tagKeyName } from './append-waiting.ts'
import type { AuditedAct, LedgerAudit } from './ledger-audit.ts'
import { base64Url, tagFor } from './log-row.ts'
import type { Report } from './verify-log.ts'

/** Opens what is kept of acts; only whoever holds the key-encryption key has one. */
export type EvidenceKeys = Pick<SubjectSealer, 'openText' | 'derive'>

export interface CountedActs {
  readonly acts: number
  /** Acts whose evidence was opened and is what the log committed to. */
  readonly opened: number
  /** Facts that have no place in the log yet. */
  readonly waiting: number
  readonly erased: number
}

const atATime = 1_000
/** Longer than any worker takes, unless nobody runs one. */
const patienceMs = 3_600_000

/** What a row of the ledger says, in one spelling, so that the sealed copy can be held against it. */
const pinned = (event: ConsentEvent): string => {
  const { capture, recordedAt, confirmedAt, ...rest } = event
  const said = { ...rest, purposeVersion: rest.purposeVersion ?? 0, attributes: rest.attributes ?? [] }
  return canonicalize(JSON.parse(JSON.stringify({ ...said, jurisdiction: said.jurisdiction ?? '' }))) ?? ''
}

const entryFits = ({ event, place, entry }: AuditedAct): boolean =>
  place?.commitment !== undefined &&
  entry !== undefined &&
  entry.commit === base64Url(place.commitment) &&
  entry.type === event.type &&
  entry.notice_hash === (event.notice?.textHash ?? null) &&
  entry.recorded_at === new Date(event.recordedAt ?? 0).toISOString()

async function opens(act: AuditedAct, keys: EvidenceKeys): Promise<'holds' | 'changed' | 'unreadable'> {
  const { subjectId, event, place } = act
  try {
    const text = await keys.openText(subjectId, evidencePlace(event.id), act.sealedEvidence)
    const opening = openingOf(text)
    const promised = place?.commitment
    if (promised !== undefined && base64Url(commitmentOf(opening)) !== base64Url(promised)) return 'changed'
    if (pinned(opening.act.event) !== pinned(event)) return 'changed'
    if (act.entry === undefined || place?.seq === undefined) return 'holds'
    const key = await keys.derive(subjectId, tagKeyName)
    return base64Url(tagFor(key, place.seq)) === act.entry.tag ? 'holds' : 'changed'
  } catch (error) {
    if (error instanceof SealBroken || error instanceof SyntaxError) return 'unreadable'
    throw error
  }
}

/**
 * Walks every act that is kept, and then every entry of the log: each act stands in the log as it is, and each entry has
 * its act or the tombstone of one. With keys, the sealed evidence is opened and held against the commitment too.
 */
export async function verifyActs(
  audit: LedgerAudit,
  log: { readonly from: number; readonly size: number },
  given: { readonly keys: EvidenceKeys | undefined; readonly now: Date },
  report: Report,
): Promise<CountedActs> {
  const met = new Uint8Array(log.size)
  const counted = { acts: 0, opened: 0, waiting: 0, erased: 0 }
  let cursor: { subjectId: SubjectId; eventId: string } | undefined
  for (;;) {
    const acts = await audit.actsAfter(cursor, atATime)
    for (const act of acts) {
      const { event, place, entry } = act
      const name = `act ${event.id}`
      counted.acts += 1
      if (place === undefined) report('act-not-in-log', name)
      else if (place.seq === undefined) {
        counted.waiting += 1
        if (given.now.getTime() - (event.recordedAt ?? 0) > patienceMs) report('log-behind', name)
      } else {
        if (entry === undefined) report('entry-missing', `entry ${place.seq} of ${name}`)
        else if (!entryFits(act) || met[place.seq] === 1) report('act-changed', `${name}, entry ${place.seq}`)
        met[place.seq] = 1
      }
      if (given.keys !== undefined && place !== undefined) {
        const verdict = await opens(act, given.keys)
        if (verdict === 'holds') counted.opened += 1
        else if (verdict === 'unreadable') report('evidence-unreadable', name)
        else if (entry === undefined || entryFits(act)) report('act-changed', name)
      }
    }
    const last = acts.at(-1)
    if (last === undefined || acts.length < atATime) break
    cursor = { subjectId: last.subjectId, eventId: last.event.id }
  }
  const erased = new Set(await audit.tombstones())
  for (const seq of erased) {
    if (met[seq] === 1) report('erased-but-there', `entry ${seq}`)
  }
  for (let seq = log.from; seq < log.size; seq += 1) {
    if (met[seq] === 1) continue
    if (erased.has(seq)) counted.erased += 1
    else report('act-missing', `entry ${seq}`)
  }
  for (const seq of await audit.placesWithoutAct(100)) {
    if (seq === undefined) report('act-missing', 'an act that waits for its place')
  }
  return counted
}
