import type { Actor } from '../../kernel/actor.ts'
import { invalid, refused } from '../../kernel/errors.ts'
import type { ContactChannel, Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { type Act, appendAct, type Draft, type LedgerParts, type Recorded } from './append-act.ts'
import {
  type ChoiceMaker,
  type ControlState,
  eventsFor,
  eventsForDismissal,
  type OfferedChoice,
  type SubmittedChoice,
} from './choices.ts'
import { claimedYes } from './claimed-yes.ts'
import type { ActedBy } from './consent-event.ts'
import type { Facts } from './facts.ts'
import type { KnownSubject } from './facts-reader.ts'
import { assertEvidence, type NeededEvidence } from './needed-evidence.ts'
import { type NoticeReference, sameNotice } from './notice.ts'
import { isOvertaken, onlyRepeated, type SeenAnswer } from './overtaken-answer.ts'
import {
  asNoticeText,
  noticeFor,
  type PublishedNotice,
  type PublishedRegistry,
  type PurposeVersion,
  pinnedNotice,
} from './published.ts'
import { keyFor, type StandingChoice, standingChoice } from './standing-choice.ts'
import { whyAsk } from './undecided-purposes.ts'
import { restrictedUse } from './use-during-restriction.ts'

/** One answer as it came back from a form, a call or a client. */
export interface AnsweredChoice {
  readonly purpose: string
  readonly contactChannel: ContactChannel
  /** `later` puts the question off. */
  readonly answer: 'yes' | 'no' | 'later'
  /** The wording the person had before them. */
  readonly notice: NoticeReference
  /** How the control stood before the act; left out, as ours are: unticked. */
  readonly defaultState?: ControlState
  /** How the question stood on a screen that shows standing answers; left out where each answer is an act of its own. */
  readonly seen?: SeenAnswer
}

export type ClaimedChoice = Omit<AnsweredChoice, 'answer' | 'seen'>

export interface RecordChoices {
  readonly subjectId: SubjectId
  readonly actor: Actor
  readonly evidence: Evidence
  readonly idempotencyKey: string
  readonly controller: string
  readonly brand: string
  readonly choices: readonly AnsweredChoice[]
  /** What the actor says the person said yes to, with nothing of theirs to show for it (see `claimedYes`). */
  readonly claims?: readonly ClaimedChoice[]
  /**
   * The screen told of the restriction in force and asked for this use all the same (Art. 18(2)). What no restriction reaches
   * is not answered by it.
   */
  readonly duringRestriction?: boolean
  /** What else proves the act, such as the call it was told in; kept sealed beside the evidence. */
  readonly particulars?: Readonly<Record<string, string>>
}

export type ChoicesOutcome =
  | Recorded
  /** Every answer only repeats what stands. */
  | { readonly outcome: 'unchanged' }
  /** A text changed since the form was shown: nothing was recorded, and these are the texts of today. */
  | { readonly outcome: 'stale'; readonly current: readonly PublishedNotice[] }
  /** Somebody answered these elsewhere after the form was shown: nothing was recorded, and this is how they stand. */
  | { readonly outcome: 'overtaken'; readonly standing: readonly StandingChoice[] }

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

const nameOf = (choice: Pick<AnsweredChoice, 'purpose' | 'contactChannel'>): string =>
  `${choice.purpose}.${choice.contactChannel}`

const inOrder = <One extends ClaimedChoice>(choices: readonly One[]): readonly One[] =>
  [...choices].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))

/** A form that only repeats the present answer tells nothing new; a no after the cool-off does: it was asked again. */
function repeats(
  answer: AnsweredChoice,
  standing: StandingChoice,
  maker: ChoiceMaker,
  facts: Facts,
  now: number,
): boolean {
  const { by, state, effective, decision } = standing
  // Putting off what nobody is asking starts no cool-off.
  if (answer.answer === 'later') return whyAsk(standing, facts, now) === undefined
  if (by?.notice === undefined) return false
  if (answer.answer === 'yes') {
    // A guardian's yes is not the person's: of age, they confirm it with one of their own.
    if (by.by === 'guardian' && maker.by === 'subject') return false
    // After an objection a yes reopens what the objection closed, so it is never a mere repetition.
    const stands = (effective === 'GIVEN' || effective === 'RENEWED') && decision.reason !== 'OBJECTED'
    return stands && sameNotice(by.notice, answer.notice)
  }
  return (state === 'REFUSED' || state === 'WITHDRAWN') && !decision.ask
}

function offer(answer: AnsweredChoice, standing: StandingChoice, registry: PublishedRegistry): OfferedChoice {
  const { version, key } = standing
  const thirdParties = version.recipients.flatMap((id) => {
    const system = registry.systems.get(id)
    return system?.role === 'controller' ? [system.legalEntity ?? id] : []
  })
  return {
    name: nameOf(answer),
    scope: key,
    purposeVersion: version.version,
    consentType: version.attributes.some((id) => registry.specialAttributes.has(id))
      ? 'explicit'
      : 'expressed',
    notice: answer.notice,
    attributes: version.attributes,
    sources: version.sources,
    recipients: thirdParties,
    validity: registry.purposes.get(version.purpose)?.validity,
    control: 'yes-no',
    defaultState: answer.defaultState ?? 'unticked',
    current: standing.state,
  }
}

/** The version in force that the question is about, and its wording of today where another one was answered. */
function questionOf(
  choice: ClaimedChoice,
  registry: PublishedRegistry,
): { readonly version: PurposeVersion; readonly outdatedBy: readonly PublishedNotice[] | undefined } {
  const version = registry.active.get(choice.purpose)
  if (version === undefined || !version.contactChannels.includes(choice.contactChannel)) {
    throw invalid('choice_not_offered', `nobody was offered ${nameOf(choice)}`)
  }
  const shown = pinnedNotice(registry, choice.notice)
  // What an import brought along was read elsewhere; nobody can have it before them here.
  if (shown?.purpose !== choice.purpose || shown.surface === 'imported') {
    throw invalid('notice_unknown', `${nameOf(choice)} was answered on a wording that was never published`)
  }
  const current = noticeFor(registry, choice.purpose, choice.notice.language, shown.surface)
  const inForce = current !== undefined && sameNotice(asNoticeText(current), choice.notice)
  return { version, outdatedBy: inForce ? undefined : current === undefined ? [] : [current] }
}

type Nothing = Exclude<ChoicesOutcome, Recorded>

/** The rules between an answer and a fact; pure, so that it can be run again when the ledger moved on. */
function draftChoices(
  command: RecordChoices,
  maker: ChoiceMaker,
  known: KnownSubject,
  registry: PublishedRegistry,
  now: number,
): Draft<Nothing> {
  const stale: PublishedNotice[] = []
  const overtaken: StandingChoice[] = []
  const fresh: { readonly answer: AnsweredChoice; readonly offered: OfferedChoice }[] = []
  for (const answer of command.choices) {
    const { version, outdatedBy } = questionOf(answer, registry)
    if (outdatedBy !== undefined) {
      stale.push(...outdatedBy)
      continue
    }
    const key = keyFor(command, answer.purpose, answer.contactChannel, known.facts)
    const standing = standingChoice(key, version, known.facts, registry, now)
    if (maker.duringRestriction === true) {
      const use = restrictedUse(key, known.facts, registry, now)
      // Lifted meanwhile, or allowed already; taken back alike.
      if (use !== undefined && (use.allowedAt === undefined) === (answer.answer === 'yes'))
        fresh.push({ answer, offered: offer(answer, standing, registry) })
      continue
    }
    if (isOvertaken(answer, standing)) overtaken.push(standing)
    if (onlyRepeated(answer)) continue
    if (answer.defaultState === 'ticked' || !repeats(answer, standing, maker, known.facts, now)) {
      fresh.push({ answer, offered: offer(answer, standing, registry) })
    }
  }
  const claims = (command.claims ?? []).flatMap((claim) => {
    const { version, outdatedBy } = questionOf(claim, registry)
    if (outdatedBy !== undefined) {
      stale.push(...outdatedBy)
      return []
    }
    const key = keyFor(command, claim.purpose, claim.contactChannel, known.facts)
    return claimedYes(claim, key, version, known.facts)
  })
  if (stale.length > 0) return { instead: { outcome: 'stale', current: stale } }
  if (overtaken.length > 0) return { instead: { outcome: 'overtaken', standing: overtaken } }
  const answered = fresh.filter(({ answer }) => answer.answer !== 'later')
  const putOff = fresh.filter(({ answer }) => answer.answer === 'later')
  const submitted: SubmittedChoice[] = answered.map(({ answer }) => ({
    name: nameOf(answer),
    answer: answer.answer === 'yes' ? 'yes' : 'no',
    notice: answer.notice,
  }))
  const events = [
    ...eventsFor(
      answered.map(({ offered }) => offered),
      submitted,
      maker,
    ),
    ...eventsForDismissal(
      putOff.map(({ offered }) => offered),
      maker,
    ),
    ...claims,
  ]
  return events.length === 0 ? { instead: { outcome: 'unchanged' } } : { events }
}

const tellsYes = ({ choices, claims = [] }: RecordChoices): boolean =>
  claims.length > 0 || choices.some(({ answer }) => answer === 'yes')

/**
 * Records any mix of answers of one person in one act: yes, no, taken back, put off, and what is only claimed for them. Withdrawing is the same command and
 * the same effort as giving (GDPR Art. 7(3)).
 *
 * Refuses (throws) a yes that comes without the proof its channel owes (see `assertEvidence`), a yes that is not the person's or a verified guardian's own, a control that was ticked by default,
 * what was not offered, and a wording that was never published. A wording that is no longer the one in force records
 * nothing and hands back the current texts; an answer given elsewhere after the form was shown records nothing and hands
 * back how things stand (see `isOvertaken`). The same command under the same idempotency key answers with the receipt it
 * has; another command under that key is `idempotency-key-reused`.
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
    content: {
      controller: command.controller,
      brand: command.brand,
      choices: inOrder(command.choices),
      ...(claims.length === 0 ? {} : { claims: inOrder(claims) }),
      ...(command.duringRestriction === true ? { duringRestriction: true } : {}),
    },
  }
  return appendAct<Nothing>(parts, act, (known, registry, now) =>
    draftChoices(command, maker, known, registry, now),
  )
}
