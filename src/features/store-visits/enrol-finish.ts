import type { Evidence } from '../../kernel/evidence.ts'
import type { ChoicesOutcome } from '../consent/index.ts'
import { proveAddress } from '../identity/index.ts'
import { enrolmentAt, type HeldAnswer, markOfHeld, readHeldAnswers } from './enrol-answer.ts'
import { type DecidedAnswers, sealDecided } from './enrol-decided.ts'
import type { EnrolTx } from './enrol-parts.ts'
import { type FinishParts, settleEnrolment } from './enrol-settle.ts'
import type { Enrolment } from './enrol-store.ts'

export type Finished =
  /** `choices` is what the ledger made of the answers; undefined when there were none. */
  | {
      readonly outcome: 'proven'
      readonly enrolment: Enrolment
      readonly choices: ChoicesOutcome | undefined
    }
  /** Answers wait from the store that the page did not show: nothing was done, and they are to be shown. */
  | { readonly outcome: 'unseen' }
  | { readonly outcome: 'overtaken' | 'disowned' }

/** What whoever reads the address pressed on the page of the mail. */
export type Deciding =
  /** Confirms the answers of the store, those whose mark the page carried (`markOfHeld`). */
  | { readonly seen: string }
  /** Answers themselves; without any question, none. */
  | { readonly own: readonly HeldAnswer[] }

class Ended extends Error {}

/** Ends it together with the proof of the address; where the account began otherwise, nothing of it counts. */
async function prove<Tx extends EnrolTx>(
  parts: FinishParts<Tx>,
  enrolment: Enrolment,
  evidence: Evidence,
  decided: DecidedAnswers | undefined,
): Promise<boolean> {
  const { subjectId, identifierId } = enrolment
  if (identifierId === undefined) return false
  const sealed = decided && (await sealDecided(parts, enrolment, decided))
  try {
    return await proveAddress(parts, { subjectId, identifierId, evidence }, async (tx, at) => {
      if (!(await tx.enrolments.prove(enrolment, sealed, at))) throw new Ended()
    })
  } catch (error) {
    if (error instanceof Ended) return false
    throw error
  }
}

const overtake = <Tx extends EnrolTx>(parts: FinishParts<Tx>, { subjectId, ...enrolment }: Enrolment) =>
  parts.work(async (tx) => {
    const at = parts.clock.now()
    await tx.enrolments.end({ subjectId, ...enrolment }, 'overtaken', at)
    await tx.audit.record({
      action: 'store.enrolment-overtaken',
      actor: { kind: 'system', name: 'store-enrolments' },
      at,
      subjectId,
      facts: { enrolmentId: enrolment.enrolmentId },
    })
  })

/** The answers that count, or `unseen` where some wait that whoever decides has not been shown. */
const decide = (
  held: readonly HeldAnswer[],
  deciding: Deciding,
  told: Pick<DecidedAnswers, 'evidence' | 'decidedAt'>,
): DecidedAnswers | 'unseen' | undefined => {
  if ('own' in deciding && deciding.own.length > 0) return { answers: deciding.own, given: 'mail', ...told }
  if (held.length === 0) return undefined
  return 'seen' in deciding && deciding.seen === markOfHeld(held)
    ? { answers: held, given: 'counter', ...told }
    : 'unseen'
}

/**
 * Whoever reads the address finishes, once: their account begins, and with it stands what they decide. Their own answers always
 * count, whatever somebody answered at the counter; what was answered there counts only if they confirm exactly what the page
 * showed them, because nobody knows who held that phone (C-61/19). Both are sealed in the unit of the proof, so that a process
 * that dies after it leaves something to go on with, and nothing to be decided by whoever has the link.
 *
 * An address whose account began otherwise meanwhile brings nothing with it (R80): its owner decides where they sign in.
 */
export async function finishEnrolment<Tx extends EnrolTx>(
  parts: FinishParts<Tx>,
  command: { readonly token: string; readonly evidence: Evidence; readonly deciding: Deciding },
): Promise<Finished> {
  const enrolment = await enrolmentAt(parts, 'mail', command.token)
  if (enrolment.outcome === 'overtaken' || enrolment.outcome === 'disowned') {
    return { outcome: enrolment.outcome }
  }
  if (enrolment.outcome === undefined) {
    const evidence: Evidence = { ...command.evidence, touchpoint: enrolment.touchpointId }
    const told = { evidence, decidedAt: parts.clock.now() }
    const decided = decide(await readHeldAnswers(parts, enrolment), command.deciding, told)
    if (decided === 'unseen') return { outcome: 'unseen' }
    const proven = await prove(parts, enrolment, evidence, decided)
    const now = await parts.reads.find(enrolment)
    if (!proven && now?.outcome !== 'proven') {
      await overtake(parts, enrolment)
      return { outcome: now?.outcome === 'disowned' ? 'disowned' : 'overtaken' }
    }
  }
  // As it stands now: of several who pressed, the first has decided for all.
  const ended = (await parts.reads.find(enrolment)) ?? enrolment
  return { outcome: 'proven', enrolment, choices: await settleEnrolment(parts, ended) }
}
