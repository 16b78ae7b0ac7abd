import { invalid, refused } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { type ChoicesOutcome, type ClaimedChoice, nameOf, type RecordChoices } from './answered-choice.ts'
import { type Act, appendAct, type LedgerParts } from './append-act.ts'
import type { ChoiceMaker } from './choices.ts'
import type { ActedBy } from './consent-event.ts'
import { draftChoices, type NothingRecorded } from './draft-choices.ts'
import { assertEvidence, type NeededEvidence } from './needed-evidence.ts'

export interface RecordChoicesParts extends LedgerParts {
  /** Whether this guardian was verified as one of this child; left out, nobody is. */
  readonly isGuardianOf?: (guardianId: SubjectId, subjectId: SubjectId) => Promise<boolean>
  /** What an act must bring along to prove a yes, by where it was told; left out, nothing beyond its shape. */
  readonly neededEvidence?: (evidence: Evidence) => NeededEvidence
}

/** Whose act it is. Nobody becomes somebody else here: the actor is the one the way in has recognised (R106). */
async function makerOf(command: RecordChoices, parts: RecordChoicesParts): Promise<ChoiceMaker> {
  const { actor, subjectId } = command
  switch (actor.kind) {
    case 'subject':
      if (actor.subjectId !== subjectId)
        throw refused('consent_not_own', 'One person cannot answer for another.')
      return { by: 'subject', duringRestriction: command.duringRestriction }
    case 'guardian': {
      const verified = await parts.isGuardianOf?.(actor.guardianId, subjectId)
      if (verified !== true)
        throw refused('guardian-not-verified', 'This guardian was not verified for the child.')
      return { by: 'guardian', guardianVerified: true }
    }
    case 'anonymous':
      throw refused('consent_not_own', 'Sign in to answer.')
    default:
      return {
        by: ({ staff: 'agent', client: 'system', system: 'system' } satisfies Record<string, ActedBy>)[
          actor.kind
        ],
      }
  }
}

const inOrder = <One extends ClaimedChoice>(choices: readonly One[]): readonly One[] =>
  [...choices].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))

const tellsYes = ({ choices, claims = [] }: RecordChoices): boolean =>
  claims.length > 0 || choices.some(({ answer }) => answer === 'yes')

/**
 * Records any mix of answers of one person in one act: yes, no, taken back, put off, and what is only claimed for them.
 * Withdrawing is the same command and the same effort as giving (GDPR Art. 7(3)).
 *
 * Refuses (throws) a yes that comes without the proof its channel owes (see `assertEvidence`), a yes that is not the person's
 * or a verified guardian's own, a control that was ticked by default, what was not offered, and a wording that was never
 * published. A wording that is no longer the one in force records nothing and hands back the current texts; an answer given
 * elsewhere after the form was shown records nothing and hands back how things stand (see `isOvertaken`). The same command
 * under the same idempotency key answers with the receipt it has; another command under that key is
 * `idempotency-key-reused`.
 */
export async function recordChoices(
  parts: RecordChoicesParts,
  command: RecordChoices,
): Promise<ChoicesOutcome> {
  const maker = await makerOf(command, parts)
  if (
    command.choices.some(({ answer }) => answer === 'yes') &&
    maker.by !== 'subject' &&
    maker.by !== 'guardian'
  ) {
    throw refused('consent_not_own', 'Only the person, or a guardian for a child, can say yes.')
  }
  const claims = command.claims ?? []
  const names = [...command.choices, ...claims].map(nameOf)
  if (new Set(names).size !== names.length)
    throw invalid('choice_answered_twice', 'Two answers to one question.')
  if (parts.neededEvidence !== undefined && tellsYes(command)) {
    assertEvidence(parts.neededEvidence(command.evidence), command.evidence, command.particulars)
  }
  const act: Act = {
    subjectId: command.subjectId,
    actor: command.actor,
    evidence: command.evidence,
    idempotencyKey: command.idempotencyKey,
    ...(command.particulars === undefined ? {} : { particulars: command.particulars }),
    ...(command.when === undefined ? {} : { actedAt: command.when.noAt, yesAt: command.when.yesAt }),
    content: {
      controller: command.controller,
      brand: command.brand,
      choices: inOrder(command.choices),
      ...(claims.length === 0 ? {} : { claims: inOrder(claims) }),
      ...(command.duringRestriction === true ? { duringRestriction: true } : {}),
    },
  }
  return appendAct<NothingRecorded>(parts, act, (known, registry, now) =>
    draftChoices(command, maker, known, registry, now),
  )
}
