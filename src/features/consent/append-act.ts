import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { conflict, invalid, unavailable } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { ConsentEventId, Entropy, ReceiptId, SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import { affectedKeys } from './affected-keys.ts'
import type { ConsentRegistry } from './cached-registry.ts'
import type { DraftEvent } from './choices.ts'
import type { ConsentEvent } from './consent-event.ts'
import type { ConsentStores } from './consent-ledger.ts'
import type { ConsentRecords } from './consent-records.ts'
import { consentRecorded } from './events.ts'
import { proveAct } from './evidence-of-act.ts'
import type { FactsReader, KnownSubject } from './facts-reader.ts'
import { inTurn } from './in-turn.ts'
import { decideKey } from './key-decision.ts'
import { decidedIn, type OfficersDecision } from './officer.ts'
import type { PublishedRegistry } from './published.ts'
import type { ReceiptSigner } from './receipt-signer.ts'
import { restrictionsFrom } from './restriction.ts'
import { type ReceiptAddresses, signedReceipt } from './signed-receipt.ts'

/** What every use case that appends to the ledger is given. */
export interface LedgerParts {
  readonly work: Work<ConsentStores>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly registry: Pick<ConsentRegistry, 'current'>
  readonly facts: FactsReader
  readonly records: ConsentRecords
  readonly sealer: Pick<SubjectSealer, 'sealText'>
  readonly signer: ReceiptSigner
  readonly addresses: ReceiptAddresses
}

/** One act as it was asked for, before anybody looked at what is already known. */
export interface Act {
  readonly subjectId: SubjectId
  readonly actor: Actor
  readonly evidence: Evidence
  /** Made by whoever showed the form; the same act sent twice carries the same one (R92). */
  readonly idempotencyKey: string
  /** Everything the answer depends on, hashed: another content under the same key is refused. */
  readonly content: object
  /** What else proves the act, such as the message a confirmation answers; sealed with the evidence. */
  readonly particulars?: Readonly<Record<string, string>>
  /** When the person acted, where they told somebody else first; what lies ahead of our clock counts as now. */
  readonly actedAt?: Date
  /** When a yes of this act counts, where nobody knows to the minute when it was (see `countedTime`). */
  readonly yesAt?: Date
  /** Where an officer decided and somebody else carries it out; kept with the evidence and in the trail. */
  readonly decision?: OfficersDecision
  /** The epoch of what whoever decided was looking at: once anything newer is recorded, they are asked to look again. */
  readonly seen?: number
}

export interface Recorded {
  readonly outcome: 'recorded'
  readonly receiptId: ReceiptId
  readonly eventIds: readonly ConsentEventId[]
  /** True when this was kept by an earlier sending of the same command. */
  readonly repeated: boolean
}

/** What an act comes to, given what is known: facts to append, or an answer that appends nothing. */
export type Draft<Other> = { readonly events: readonly DraftEvent[] } | { readonly instead: Other }

const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest()

class LedgerMovedOn extends Error {}

const attempts = 5

async function earlier(parts: LedgerParts, act: Act): Promise<Recorded | undefined> {
  const found = await parts.records.receiptByCommand(act.subjectId, sha256(act.idempotencyKey))
  if (found === undefined) return undefined
  if (!contentHash(act).equals(found.commandHash)) {
    throw invalid('idempotency-key-reused', 'This key was used for another command; use a new one.')
  }
  return { outcome: 'recorded', receiptId: found.receiptId, eventIds: found.eventIds, repeated: true }
}

/** The facts that were kept under this key; undefined where none were, whatever became of whoever asked for them. */
export const recordedUnder = async (
  parts: Pick<LedgerParts, 'records'>,
  subjectId: SubjectId,
  idempotencyKey: string,
): Promise<readonly ConsentEventId[] | undefined> =>
  (await parts.records.receiptByCommand(subjectId, sha256(idempotencyKey)))?.eventIds

const contentHash = (act: Act): Buffer => sha256(canonicalize(JSON.parse(JSON.stringify(act.content))) ?? '')

/**
 * The one way into the ledger. Reads what is known, lets `draft` say what is new, decides every permission the news may
 * change, signs the receipt, and keeps all of it in one transaction that only succeeds if nothing moved meanwhile;
 * otherwise it looks again. A command whose key has a receipt answers with that receipt, whatever has changed since.
 */
export const appendAct = <Other>(
  parts: LedgerParts,
  act: Act,
  draft: (known: KnownSubject, registry: PublishedRegistry, at: number) => Draft<Other>,
): Promise<Recorded | Other> => inTurn(act.subjectId, () => append(parts, act, draft))

async function append<Other>(
  parts: LedgerParts,
  act: Act,
  draft: (known: KnownSubject, registry: PublishedRegistry, at: number) => Draft<Other>,
): Promise<Recorded | Other> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const known = await parts.facts.find(act.subjectId)
    if (known === undefined || known.facts.subject.state !== 'active') {
      throw invalid('subject-not-active', 'Nothing can be recorded for this person.')
    }
    const registry = parts.registry.current()
    const at = parts.clock.now()
    let drafted: Draft<Other>
    try {
      mustBeSeen(act, known)
      drafted = draft(known, registry, at.getTime())
    } catch (error) {
      const before = await earlier(parts, act)
      if (before !== undefined) return before
      throw error
    }
    if ('instead' in drafted) return (await earlier(parts, act)) ?? drafted.instead
    const recorded = await keep(parts, act, known, registry, drafted.events, at)
    if (recorded !== undefined) return recorded
    const before = await earlier(parts, act)
    if (before !== undefined) return before
  }
  throw unavailable('ledger-busy', 'Somebody else is recording for this person. Try again.', 1)
}

/** Refuses what was decided on facts that are no longer the last ones. */
export function mustBeSeen({ seen }: Pick<Act, 'seen'>, { epoch }: Pick<KnownSubject, 'epoch'>): void {
  if (seen === undefined || seen === epoch) return
  throw conflict('facts-moved-on', 'Something was recorded about this person since; look again.')
}

/** Who decided belongs to what proves the act: it stays provable when the trail has been cut back. */
const particularsOf = ({ particulars, decision }: Act): Act['particulars'] =>
  decision === undefined
    ? particulars
    : { ...particulars, ...decidedIn(decision).facts, decidedBecause: decision.reason.trim() }

async function keep(
  parts: LedgerParts,
  act: Act,
  known: KnownSubject,
  registry: PublishedRegistry,
  drafts: readonly DraftEvent[],
  at: Date,
): Promise<Recorded | undefined> {
  const { subjectId, actor, evidence } = act
  const { entropy, sealer } = parts
  const jurisdiction = known.facts.subject.jurisdiction
  const events: readonly ConsentEvent[] = drafts.map((event) => ({
    ...event,
    id: entropy.id<'consent-event'>(),
    occurredAt: Math.min(
      ((event.type === 'given' && act.yesAt) || act.actedAt || at).getTime(),
      at.getTime(),
    ),
    recordedAt: at.getTime(),
    jurisdiction,
    capture: evidence,
  }))
  const history = [...known.facts.events, ...events]
  const facts = {
    ...known.facts,
    events: history,
    subject: { ...known.facts.subject, restrictions: restrictionsFrom(history) },
  }
  const permissions = affectedKeys(registry, facts, events).map((key) =>
    decideKey(key, facts, registry, at.getTime()),
  )
  const receiptId = entropy.id<'receipt'>()
  const proofs = events.map((event) => ({
    event,
    ...proveAct(event, evidence, actor, entropy, particularsOf(act)),
  }))
  const commitments = new Map(proofs.map(({ event, commitment }) => [event.id, commitment]))
  const jws = await signedReceipt(
    { receiptId, subjectId, events, commitments, at, language: evidence.language },
    registry,
    parts.addresses,
    parts.signer,
  )
  const sealedEvents = await Promise.all(
    proofs.map(async ({ event, text, commitment }) => ({
      event,
      commitment,
      sealedEvidence: await sealer.sealText(subjectId, evidencePlace(event.id), text),
    })),
  )
  const sealedJws = await sealer.sealText(subjectId, receiptPlace(receiptId), jws)
  const decided = decidedIn(act.decision)
  try {
    await parts.work(async ({ ledger, audit, outbox }) => {
      const epoch = await ledger.append({
        subjectId,
        epoch: known.epoch,
        linked: known.facts.linked !== undefined,
        events: sealedEvents,
        permissions,
        receipt: {
          receiptId,
          sealedJws,
          commandKey: sha256(act.idempotencyKey),
          commandHash: contentHash(act),
        },
        at,
      })
      if (epoch === undefined) throw new LedgerMovedOn()
      await audit.record({
        action: 'consent.recorded',
        actor,
        at,
        subjectId,
        evidence,
        ...decided.reason,
        facts: { epoch, receiptId, events: events.map(({ id }) => id), ...decided.facts },
      })
      await outbox.add(
        consentRecorded(entropy.id<'event'>(), { subjectId, at, epoch, receiptId, events, permissions }),
      )
    })
  } catch (error) {
    if (error instanceof LedgerMovedOn) return undefined
    throw error
  }
  return {
    outcome: 'recorded',
    receiptId,
    eventIds: events.map(({ id }) => id as ConsentEventId),
    repeated: false,
  }
}

/** The cells that evidence and receipts are sealed into. */
export const evidencePlace = (eventId: string) => ({
  table: 'consent_events',
  column: 'sealed_evidence',
  row: eventId,
})
export const receiptPlace = (receiptId: ReceiptId) => ({
  table: 'receipts',
  column: 'sealed_jws',
  row: receiptId,
})
