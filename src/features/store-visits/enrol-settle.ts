import { PlacetError } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { ConsentEventId, SubjectId } from '../../kernel/ids.ts'
import { type ChoicesOutcome, type RecordChoicesParts, recordChoices } from '../consent/index.ts'
import { readDecided } from './enrol-decided.ts'
import type { EnrolParts, EnrolTx } from './enrol-parts.ts'
import type { Enrolment, EnrolmentId } from './enrol-store.ts'

export interface FinishParts<Tx extends EnrolTx> extends EnrolParts<Tx> {
  readonly ledger: RecordChoicesParts
  readonly house: { readonly controller: string; readonly brand: string }
  /** Where the law wants a yes confirmed: the mail whose page was just answered is the confirmation of these acts. */
  readonly confirm: (
    enrolment: Enrolment,
    evidence: Evidence,
    acts: ReadonlySet<ConsentEventId>,
  ) => Promise<void>
  /** The same by a message of its own, for whoever was asked on that page alone. Does not wait for it. */
  readonly askToConfirm: (subjectId: SubjectId) => void
}

/**
 * Writes down what the owner of the address decided, as of when it was answered: a later no of theirs stays later. It can be done
 * any number of times, by whoever presses again and by the job, and comes to one act.
 *
 * What was answered in the store and confirmed on the page is two acts of theirs, the second out of the mailbox: double opt-in. A yes that
 * was first given on the page is one, so that where the law wants it confirmed, it gets a message of its own.
 */
export async function settleEnrolment<Tx extends EnrolTx>(
  parts: FinishParts<Tx>,
  enrolment: Enrolment,
): Promise<ChoicesOutcome | undefined> {
  const decided = await readDecided(parts, enrolment)
  if (decided === undefined) return undefined
  const { subjectId, enrolmentId, staffId, answeredAt } = enrolment
  const { answers, given, evidence, decidedAt } = decided
  const atCounter = given === 'counter'
  const at = (atCounter ? answeredAt : undefined) ?? decidedAt
  const outcome = await recordChoices(parts.ledger, {
    subjectId,
    actor: { kind: 'subject', subjectId, assurance: 'code' },
    evidence,
    idempotencyKey: `store enrolment ${enrolmentId}`,
    ...parts.house,
    choices: answers,
    when: { yesAt: at, noAt: at },
    particulars: {
      enrolment: enrolmentId,
      assistant: `staff:${staffId}`,
      answered: atCounter ? 'on a phone in the store, confirmed from the mail' : 'on the page of the mail',
    },
  }).catch(async (error: unknown) => {
    // Refused once, it is refused for ever: nothing of a form that nobody was shown is kept to be tried again.
    if (error instanceof PlacetError && refusals.has(error.failure)) await drop(parts, enrolment, error.code)
    throw error
  })
  if (outcome.outcome === 'recorded') {
    if (atCounter) await parts.confirm(enrolment, evidence, new Set(outcome.eventIds))
    else parts.askToConfirm(subjectId)
  }
  await drop(parts, enrolment, outcome.outcome)
  return outcome
}

const refusals: ReadonlySet<string> = new Set(['invalid', 'refused', 'conflict'])

const drop = <Tx extends EnrolTx>(parts: FinishParts<Tx>, enrolment: Enrolment, outcome: string) =>
  parts.work(async (tx) => {
    const { subjectId, enrolmentId } = enrolment
    await tx.enrolments.dropAnswers(enrolment)
    await tx.audit.record({
      action: 'store.enrolment-finished',
      actor: { kind: 'subject', subjectId, assurance: 'code' },
      at: parts.clock.now(),
      subjectId,
      facts: { enrolmentId, outcome },
    })
  })

/** Whoever pressed waits seconds; a process that takes longer is taken for dead. */
const takenForDead = 60_000

/**
 * Finishes all that was decided and not written down, so many at once. However many fail, each time, they keep no other waiting: a
 * run goes on behind them, and the job says so at its end.
 */
export async function settleLeftBehind<Tx extends EnrolTx>(
  parts: FinishParts<Tx>,
  most = 100,
): Promise<number> {
  const before = new Date(parts.clock.now().getTime() - takenForDead)
  const failures = new Map<EnrolmentId, unknown>()
  let settled = 0
  for (;;) {
    const next = await parts.reads.undone(before, most, [...failures.keys()])
    if (next.length === 0) break
    for (const enrolment of next) {
      try {
        await settleEnrolment(parts, enrolment)
        settled += 1
      } catch (error) {
        failures.set(enrolment.enrolmentId, error)
      }
    }
  }
  if (failures.size > 0) {
    throw new AggregateError(failures.values(), 'Some enrolments could not be finished.')
  }
  return settled
}
