import { Temporal } from 'temporal-polyfill'
import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { invalid } from '../../kernel/errors.ts'
import type { ContactChannel, Evidence } from '../../kernel/evidence.ts'
import type { ReceiptId, SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { BlindIndex } from '../../platform/crypto/index.ts'
import { type EmailAddress, emailIndex, type IdentityReads } from '../identity/index.ts'
import { evidencePlace } from './append-act.ts'
import type { ConsentRegistry } from './cached-registry.ts'
import type { StoredEvent } from './consent-records.ts'
import { type Opening, openingOf } from './evidence-of-act.ts'
import type { PastFacts } from './explain/past-facts.ts'
import type { Facts } from './facts.ts'
import type { FactsReader } from './facts-reader.ts'
import { checkReceiptFile } from './ledger/check-receipt-file.ts'
import type { LedgerKeeper } from './ledger/ledger-keeper.ts'
import type { ReceiptOwner } from './ledger/pg-receipt-owner.ts'
import { type ReceiptFile, receiptFile } from './ledger/receipt-file.ts'
import type { ReceiptVerdict } from './ledger/receipt-verdict.ts'
import { type ReceiptProofParts, receiptWithProof } from './ledger/receipt-with-proof.ts'
import type { ReceiptEntry } from './receipt.ts'
import type { RegistrySource } from './registry-source.ts'
import { bearsOn, type Stood, whatStood } from './what-stood.ts'

export interface ProveConsentParts extends ReceiptProofParts {
  readonly work: Work<object>
  readonly clock: Clock
  readonly keeper: Pick<LedgerKeeper, 'checkpoint'>
  readonly receiptOwner: ReceiptOwner
  readonly facts: FactsReader
  /** Gives a person as they were known at a past instant. */
  readonly pastFacts: PastFacts
  readonly registry: Pick<ConsentRegistry, 'current'>
  readonly past: Pick<RegistrySource, 'loadAsOf'>
  readonly reads: Pick<IdentityReads, 'identifiers'>
  readonly blindIndex: BlindIndex
  /** The time zone a day is meant in: that of the controller's seat. */
  readonly timeZone: string
}

/** What is to be proven: what one receipt tells, or what somebody had said about a purpose on a day. */
export type ProofQuestion =
  | { readonly by: 'receipt'; readonly receiptId: ReceiptId }
  | {
      readonly by: 'person'
      readonly email: EmailAddress
      readonly purpose: string
      readonly contactChannel: ContactChannel | undefined
      /** `2026-03-03`. */
      readonly day: string
    }

/** One act, with everything that speaks for it. */
export interface ProvenConsent {
  readonly receiptId: ReceiptId
  readonly entry: ReceiptEntry
  readonly opening: Opening
  readonly place: { readonly log: string; readonly seq: number } | undefined
  /** Self-contained: the verifier page accepts it. */
  readonly file: ReceiptFile
  readonly verdict: ReceiptVerdict
}

export interface ConsentProof {
  readonly acts: readonly ProvenConsent[]
  /** Nothing was said on that day itself: the acts are of the days before. */
  readonly stoodBefore: boolean
  /** What all of it came to at the end of the day; empty when a receipt was asked for. */
  readonly stood: readonly Stood[]
  /** Acts the receipt tells of and of which nothing is kept any more: they were erased. */
  readonly erased: number
}

const nothing: ConsentProof = { acts: [], stoodBefore: false, stood: [], erased: 0 }

/** The day as it was where the controller sits. */
const dayOf = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

type OfPerson = Extract<ProofQuestion, { by: 'person' }>

const askings: ReadonlySet<string> = new Set(['notice_shown', 'requested', 'deferred'])

/** What bears on the question: all of the day, and of the days before it whatever was said for or against. */
function sought(events: readonly StoredEvent[], question: OfPerson, timeZone: string) {
  const onDay = ({ event }: StoredEvent): boolean => dayOf(event.occurredAt, timeZone) === question.day
  const found = events.filter(
    (stored) =>
      bearsOn(stored.event, question) &&
      (onDay(stored) ||
        (!askings.has(stored.event.type) && dayOf(stored.event.occurredAt, timeZone) < question.day)),
  )
  return { found, stoodBefore: found.length > 0 && !found.some(onDay) }
}

/** The last instant of the day, or now while it is not over. */
function endOf(day: string, { timeZone, clock }: ProveConsentParts): Date {
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone)
  return new Date(Math.min(next.epochMilliseconds - 1, clock.now().getTime()))
}

/**
 * Where the person lived, how they could be reached and which accounts were known as theirs, as of the day; but all that was
 * said by then, whenever it came in, and the birth date as it is known by now: a judge asks what was, not what we had heard.
 */
const asOfDay = (then: Facts, now: Facts): Facts => ({
  ...then,
  events: now.events,
  subject: { ...then.subject, birthDate: now.subject.birthDate },
  linked: then.linked?.map((other) => {
    const known = now.linked?.find(({ id }) => id === other.id)
    return known === undefined ? other : { ...other, facts: asOfDay(other.facts, known.facts) }
  }),
})

/**
 * By the purposes as they were published then, and by the law of where the person lived, as it is dated in the rule packs:
 * what was said before the house began to publish here is judged by the oldest there is.
 */
async function stoodThen(
  parts: ProveConsentParts,
  subjectId: SubjectId,
  found: readonly StoredEvent[],
  question: OfPerson,
): Promise<readonly Stood[]> {
  const at = endOf(question.day, parts)
  const [known, past, then] = await Promise.all([
    parts.facts.find(subjectId),
    parts.pastFacts.find(subjectId, at),
    parts.past.loadAsOf(at),
  ])
  if (known === undefined || past === undefined) return []
  const current = parts.registry.current()
  const registry = { ...current, purposes: new Map([...current.purposes, ...then.purposes]) }
  const acts = found.map(({ event }) => event)
  return whatStood(acts, question, asOfDay(past.facts, known.facts), registry, at.getTime())
}

async function subjectOf(parts: ProveConsentParts, question: ProofQuestion): Promise<SubjectId | undefined> {
  return question.by === 'receipt'
    ? parts.receiptOwner(question.receiptId)
    : parts.reads.identifiers.findSubject(emailIndex(parts.blindIndex, question.email))
}

async function proven(
  parts: ProveConsentParts,
  subjectId: SubjectId,
  { event, sealedEvidence, receiptId }: StoredEvent,
): Promise<ProvenConsent | undefined> {
  if (receiptId === undefined) return undefined
  let found = await receiptWithProof(parts, { subjectId, receiptId })
  if (found !== undefined && found.proven.waiting.length > 0) {
    // Asked right after the act: the log is brought up to date, so that the proof is complete.
    await parts.keeper.checkpoint()
    found = await receiptWithProof(parts, { subjectId, receiptId })
  }
  const entry = found?.receipt.claims.events.find(({ record_id }) => record_id === event.id)
  if (found === undefined || entry === undefined) return undefined
  const opening = openingOf(await parts.sealer.openText(subjectId, evidencePlace(event.id), sealedEvidence))
  const keys = await parts.publishedKeys()
  const file = receiptFile(found.receipt.jws, found.proven, keys, new Map([[event.id, opening]]))
  const row = found.proven.proofs.find(({ record_id }) => record_id === event.id)?.entry
  return {
    receiptId,
    entry,
    opening,
    place: row && { log: row.log, seq: row.seq },
    file,
    verdict: await checkReceiptFile(JSON.stringify(file), keys, parts.clock.now()),
  }
}

/** Of a day nobody can tell what was erased: what happened on it was erased with it. */
async function erasedIn(
  { records, log }: ProveConsentParts,
  subjectId: SubjectId,
  question: ProofQuestion,
): Promise<number> {
  if (question.by !== 'receipt') return 0
  const receipt = await records.receiptOf(subjectId, question.receiptId)
  return receipt === undefined ? 0 : (await log.erasedOf(subjectId, receipt.eventIds)).size
}

/** Far more than anybody says in a lifetime; a page of one person's acts, not of the house's. */
const most = 5_000

/**
 * "Prove that Ana agreed to e-mail on 3 March": the words, the moment, who acted and how sure we were, the signature and
 * the place in the log, for somebody who does not trust us. Reading it is an act of its own: without a reason there is
 * no answer, and the question is on record before the answer is given, also when there is none.
 */
export async function proveConsent(
  parts: ProveConsentParts,
  command: {
    readonly actor: Actor
    readonly evidence: Evidence
    readonly reason: string
    readonly question: ProofQuestion
  },
): Promise<ConsentProof> {
  const { actor, evidence, question } = command
  const reason = command.reason.trim()
  if (reason === '') throw invalid('reason-missing', 'Say why you need to see this.')
  const subjectId = await subjectOf(parts, question)
  const events = subjectId === undefined ? [] : await parts.records.history(subjectId, { limit: most })
  const { found, stoodBefore } =
    question.by === 'receipt'
      ? { found: events.filter(({ receiptId }) => receiptId === question.receiptId), stoodBefore: false }
      : sought(events, question, parts.timeZone)
  await parts.work(({ audit }) =>
    audit.record({
      action: 'consent.proof-sought',
      actor,
      at: parts.clock.now(),
      reason,
      evidence,
      ...(subjectId === undefined ? { about: 'consent-proof:nobody' } : { subjectId }),
      facts: {
        by: question.by,
        ...(question.by === 'person' ? { purpose: question.purpose, day: question.day } : {}),
        events: found.map(({ event }) => event.id),
      },
    }),
  )
  const erased = subjectId === undefined ? 0 : await erasedIn(parts, subjectId, question)
  if (subjectId === undefined || found.length === 0) return { ...nothing, erased }
  const acts: ProvenConsent[] = []
  for (const event of found) {
    const act = await proven(parts, subjectId, event)
    if (act !== undefined) acts.push(act)
  }
  const stood = question.by === 'person' ? await stoodThen(parts, subjectId, found, question) : []
  return { acts, stoodBefore: stoodBefore && acts.length > 0, stood, erased }
}
