import { invalid, refused } from '../../kernel/errors.ts'
import type { Period } from './calendar.ts'
import type { ActedBy, ConsentEvent, ConsentType } from './consent-event.ts'
import type { ConsentState } from './fold.ts'
import type { NoticeReference } from './notice.ts'
import { sameNotice } from './notice.ts'
import type { PermissionScope } from './permission-key.ts'

/** How a control stood before the act. `unsaid`: not ours, and whoever showed it did not tell. */
export type ControlState = 'unticked' | 'ticked' | 'unsaid'

/** One control as it was on the screen: one purpose, one contact channel, nothing else (GDPR Art. 4(11), 7(2)). */
export interface OfferedChoice {
  /** Name of the control, unique in the offer. */
  readonly name: string
  readonly scope: PermissionScope
  readonly purposeVersion: number
  readonly consentType: ConsentType
  readonly notice: NoticeReference
  readonly attributes: readonly string[]
  readonly sources?: readonly string[] | undefined
  readonly recipients?: readonly string[] | undefined
  readonly validity?: Period | undefined
  /**
   * `checkbox`: submitted unticked is an answer, no. `yes-no`: two equal buttons with nothing chosen; only a button is an
   * answer.
   */
  readonly control: 'checkbox' | 'yes-no'
  readonly defaultState: ControlState
  /** What the person had said before, so that a yes taken back is told from a first no. */
  readonly current: ConsentState
}

export interface SubmittedChoice {
  readonly name: string
  readonly answer: 'yes' | 'no' | 'none'
  /** The wording the person had before them. */
  readonly notice: NoticeReference
}

/** Who answered. Somebody acting for the person may carry a no, never a yes. */
export interface ChoiceMaker {
  readonly by: ActedBy
  readonly guardianVerified?: boolean | undefined
  readonly overAge?: number | undefined
  /** The screen told of the restriction in force and asked for this use all the same (Art. 18(2)). */
  readonly duringRestriction?: boolean | undefined
}

/** A consent event before the ledger gives it id, time and evidence. */
export type DraftEvent = Omit<ConsentEvent, 'id' | 'occurredAt' | 'recordedAt' | 'capture' | 'jurisdiction'>

/**
 * What has to be appended for the answers to an offer. A ticked default (C-673/17 Planet49), a wording that is not the
 * one on offer, an answer to what was not offered or two answers to one control are refused as a whole: a screen that
 * is wrong in one thing proves nothing. A yes by anybody but the person or a guardian is refused (C-61/19).
 *
 * No answer is no yes: on a checkbox it is a no, on two buttons it is put off. After a yes, a no or an unticked box is
 * the withdrawal (Art. 7(3)).
 */
export function eventsFor(
  offered: readonly OfferedChoice[],
  submitted: readonly SubmittedChoice[],
  maker: ChoiceMaker,
): readonly DraftEvent[] {
  const answers = new Map<string, SubmittedChoice>()
  for (const choice of submitted) {
    if (answers.has(choice.name)) throw invalid('choice_answered_twice', `two answers for ${choice.name}`)
    answers.set(choice.name, choice)
  }
  const names = new Set(offered.map((choice) => choice.name))
  for (const name of answers.keys()) {
    if (!names.has(name)) throw invalid('choice_not_offered', `nobody was offered ${name}`)
  }
  return offered.flatMap((choice) => {
    const given = answers.get(choice.name)
    // Of a yes it has to be known that the person ticked it; a no is one however the control stood.
    if (choice.defaultState === 'ticked' || (choice.defaultState === 'unsaid' && given?.answer === 'yes')) {
      throw invalid('choice_ticked_by_default', `${choice.name} was ticked before the person touched it`)
    }
    if (given !== undefined && !sameNotice(given.notice, choice.notice)) {
      throw invalid('notice_unknown', `${choice.name} was answered on a wording that is not the one offered`)
    }
    return draft(choice, given?.answer ?? 'none', maker)
  })
}

/** Drafts for an offer the person closed without submitting: put off, which takes nothing back and asks for nothing. */
export const eventsForDismissal = (
  offered: readonly OfferedChoice[],
  maker: ChoiceMaker,
): readonly DraftEvent[] => offered.map((choice) => pinned(choice, 'deferred', maker))

function draft(choice: OfferedChoice, answer: SubmittedChoice['answer'], maker: ChoiceMaker): DraftEvent[] {
  if (answer === 'yes') {
    if (maker.by !== 'subject' && maker.by !== 'guardian') {
      throw refused('consent_not_own', 'only the person, or a guardian for a child, can say yes')
    }
    return [pinned(choice, 'given', maker)]
  }
  if (answer === 'none' && choice.control === 'yes-no') return [pinned(choice, 'deferred', maker)]
  if (choice.current === 'GIVEN') return [pinned(choice, 'withdrawn', maker)]
  const unchanged = answer === 'none' && (choice.current === 'REFUSED' || choice.current === 'WITHDRAWN')
  return unchanged ? [] : [pinned(choice, 'refused', maker)]
}

/** The event with everything the person had before them. */
function pinned(choice: OfferedChoice, type: DraftEvent['type'], maker: ChoiceMaker): DraftEvent {
  const { scope, purposeVersion, consentType, notice, attributes, sources, recipients, validity } = choice
  return {
    ...scope,
    type,
    by: maker.by,
    purposeVersion,
    consentType,
    notice,
    attributes,
    sources,
    recipients,
    validity,
    defaultState: choice.defaultState === 'unsaid' ? undefined : choice.defaultState,
    guardianVerified: maker.guardianVerified,
    overAge: maker.overAge,
    ...(type === 'given' && { duringRestriction: maker.duringRestriction }),
  }
}
