import { invalid } from '../../kernel/errors.ts'
import { ageAt } from './age.ts'
import {
  type AnsweredChoice,
  type ChoicesOutcome,
  type ClaimedChoice,
  nameOf,
  type RecordChoices,
} from './answered-choice.ts'
import type { Draft, Recorded } from './append-act.ts'
import {
  type ChoiceMaker,
  eventsFor,
  eventsForDismissal,
  type OfferedChoice,
  type SubmittedChoice,
} from './choices.ts'
import { claimedYes } from './claimed-yes.ts'
import type { Facts } from './facts.ts'
import type { KnownSubject } from './facts-reader.ts'
import { sameNotice } from './notice.ts'
import { isOvertaken, onlyRepeated } from './overtaken-answer.ts'
import {
  asNoticeText,
  noticeFor,
  type PublishedNotice,
  type PublishedRegistry,
  type PurposeVersion,
  pinnedNotice,
} from './published.ts'
import { keyFor, type StandingChoice, standingChoice } from './standing-choice.ts'
import { type ActInstants, asOfAct, heldGoodThen } from './told-late.ts'
import { whyAsk } from './undecided-purposes.ts'
import { restrictedUse } from './use-during-restriction.ts'

/**
 * Of what age the person surely was when they acted, where their birth date tells: it stays provable when the date itself is
 * gone (GDPR Art. 5(1)(c), 8(2)). A guardian's age is none of this.
 */
const assuredAge = ({ by }: ChoiceMaker, { birthDate }: Facts['subject'], now: number): number | undefined =>
  by === 'subject' && birthDate !== undefined ? ageAt(birthDate, now) : undefined

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
  // An agent's no can be disowned; the person's own, said over it, cannot.
  if (by.by === 'agent' && (maker.by === 'subject' || maker.by === 'guardian')) return false
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
  choice: ClaimedChoice & { readonly answer?: AnsweredChoice['answer'] },
  registry: PublishedRegistry,
  when: ActInstants | undefined,
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
  const inForce =
    (current !== undefined && sameNotice(asNoticeText(current), choice.notice)) ||
    (when !== undefined &&
      (choice.answer === 'no' || choice.answer === 'later' || heldGoodThen(shown, version, registry, when)))
  return { version, outdatedBy: inForce ? undefined : current === undefined ? [] : [current] }
}

/** What comes instead of a receipt. */
export type NothingRecorded = Exclude<ChoicesOutcome, Recorded>

/** The rules between an answer and a fact; pure, so that it can be run again when the ledger moved on. */
export function draftChoices(
  command: RecordChoices,
  maker: ChoiceMaker,
  known: KnownSubject,
  registry: PublishedRegistry,
  receivedAt: number,
): Draft<NothingRecorded> {
  const { when } = command
  const now = when === undefined ? receivedAt : Math.min(when.noAt.getTime(), receivedAt)
  const facts = when === undefined ? known.facts : asOfAct(known.facts, now)
  const stale: PublishedNotice[] = []
  const overtaken: StandingChoice[] = []
  const answering = {
    ...maker,
    overAge: assuredAge(maker, known.facts.subject, when === undefined ? now : when.yesAt.getTime()),
  }
  const fresh: { readonly answer: AnsweredChoice; readonly offered: OfferedChoice }[] = []
  for (const answer of command.choices) {
    const { version, outdatedBy } = questionOf(answer, registry, when)
    if (outdatedBy !== undefined) {
      stale.push(...outdatedBy)
      continue
    }
    const key = keyFor(command, answer.purpose, answer.contactChannel, facts)
    const standing = standingChoice(key, version, facts, registry, now)
    if (maker.duringRestriction === true) {
      const use = restrictedUse(key, facts, registry, now)
      // Lifted meanwhile, or allowed already; taken back alike.
      if (use !== undefined && (use.allowedAt === undefined) === (answer.answer === 'yes'))
        fresh.push({ answer, offered: offer(answer, standing, registry) })
      continue
    }
    if (isOvertaken(answer, standing)) overtaken.push(standing)
    if (onlyRepeated(answer)) continue
    // What is told late repeats nothing: whatever was said in between may be under way as well.
    const news = when !== undefined || !repeats(answer, standing, maker, facts, now)
    if (answer.defaultState === 'ticked' || news) {
      fresh.push({ answer, offered: offer(answer, standing, registry) })
    }
  }
  const claims = (command.claims ?? []).flatMap((claim) => {
    const { version, outdatedBy } = questionOf(claim, registry, when)
    if (outdatedBy !== undefined) {
      stale.push(...outdatedBy)
      return []
    }
    const key = keyFor(command, claim.purpose, claim.contactChannel, facts)
    return claimedYes(claim, key, version, facts)
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
      answering,
    ),
    ...eventsForDismissal(
      putOff.map(({ offered }) => offered),
      answering,
    ),
    ...claims,
  ]
  return events.length === 0 ? { instead: { outcome: 'unchanged' } } : { events }
}
