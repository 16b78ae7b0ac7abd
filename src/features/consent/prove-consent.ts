import { Temporal } from 'temporal-polyfill'
import type { Actor } from '../../kernel/actor.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import { type ConsentEventId, parseId, type SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { BlindIndex } from '../../platform/crypto/index.ts'
import { emailIndex, type IdentityReads } from '../identity/index.ts'
import type { ConsentRegistry } from './cached-registry.ts'
import type { StoredEvent } from './consent-records.ts'
import type { PastFacts } from './explain/past-facts.ts'
import type { Facts } from './facts.ts'
import type { FactsReader } from './facts-reader.ts'
import type { ReceiptOwner } from './ledger/pg-receipt-owner.ts'
import { type ProveActsParts, type ProvenConsent, proveActs } from './prove-acts.ts'
import type { RegistrySource } from './registry-source.ts'
import { type ProofQuestion, soughtActs } from './sought-acts.ts'
import { type Stood, whatStood } from './what-stood.ts'

export interface ProveConsentParts extends ProveActsParts {
  readonly work: Work<object>
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

export interface ConsentProof {
  readonly acts: readonly ProvenConsent[]
  /** Nothing was said on that day itself: the acts are of the days before. */
  readonly stoodBefore: boolean
  /** What all of it came to at the end of the day; empty when a receipt was asked for. */
  readonly stood: readonly Stood[]
  /** Acts the receipt tells of and of which nothing is kept any more: they were erased. */
  readonly erased: number
  /** Acts of the days before that are not proven, because the person did the very same again later. */
  readonly repeated: number
  /** Where the next page continues; undefined on the last one. */
  readonly next: ConsentEventId | undefined
}

/** What an officer reads at once; each act costs two signatures and the unsealing of its evidence. */
const onOnePage = 20

type OfPerson = Extract<ProofQuestion, { by: 'person' }>

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

const nextAfter = (page: readonly StoredEvent[]): ConsentEventId | undefined =>
  parseId<'consent-event'>(page.at(-1)?.event.id ?? '')

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
    /** The last act of the page before. */
    readonly before?: ConsentEventId | undefined
  },
): Promise<ConsentProof> {
  const { actor, evidence, question, before } = command
  const reason = command.reason.trim()
  if (reason === '') throw invalid('reason-missing', 'Say why you need to see this.')
  const subjectId = await subjectOf(parts, question)
  const events = subjectId === undefined ? [] : await parts.records.history(subjectId, { limit: most })
  const { found, toProve, stoodBefore } = soughtActs(events, question, parts.timeZone)
  const from = before === undefined ? 0 : toProve.findIndex(({ event }) => event.id === before) + 1
  const page = toProve.slice(from, from + onOnePage)
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
        events: page.map(({ event }) => event.id),
        of: toProve.length,
      },
    }),
  )
  const erased = subjectId === undefined ? 0 : await erasedIn(parts, subjectId, question)
  if (subjectId === undefined || found.length === 0)
    return { acts: [], stoodBefore: false, stood: [], erased, repeated: 0, next: undefined }
  const acts = await proveActs(parts, subjectId, page)
  return {
    acts,
    stoodBefore: stoodBefore && acts.length > 0,
    stood: question.by === 'person' ? await stoodThen(parts, subjectId, found, question) : [],
    erased,
    repeated: found.length - toProve.length,
    next: from + page.length < toProve.length ? nextAfter(page) : undefined,
  }
}
