import { createHash } from 'node:crypto'
import { refused } from '../../kernel/errors.ts'
import { recordChoices, referenceTo, sameNotice, standingAnswer } from '../consent/index.ts'
import { actDays, type CallAct, type CallActId, type NewCallAct, type ToldAnswer } from './call-act.ts'
import { type CallRecording, callParticulars } from './call-particulars.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import type { ToldChoices } from './call-views.ts'
import { callEvent, namesOf } from './events.ts'
import { freshMessageAbout, tellWithinReason } from './fresh-message.ts'
import { type ChosenCaller, callEntry, chosenCaller, placeOf } from './on-call.ts'
import { nameOf, questionOf, standingChoices, wordsToRead } from './standing-questions.ts'
import { isVerified } from './verification-rules.ts'

export interface RecordCallChoices extends OnCall {
  readonly choices: readonly Omit<ToldAnswer, 'tookBack'>[]
  readonly recording?: CallRecording
  readonly idempotencyKey: string
}

/**
 * Every no with the person's own yes it took back, if there was one: only that can be put back as it was. It is looked for in
 * what stood just before the facts of this very act, so that a command sent again finds the same.
 */
async function withTakenBack(
  parts: CallParts,
  { subjectId }: ChosenCaller,
  choices: RecordCallChoices['choices'],
  told: readonly string[],
): Promise<readonly ToldAnswer[]> {
  const known = told.length === 0 ? undefined : await parts.facts.find(subjectId)
  if (known === undefined) return choices
  const { events } = known.facts
  const recordedAt = ({ recordedAt: at, occurredAt }: (typeof events)[number]) => at ?? occurredAt
  const from = Math.min(...events.filter(({ id }) => told.includes(id)).map(recordedAt))
  const before = events.filter((event) => !told.includes(event.id) && recordedAt(event) <= from)
  const stood = new Map(
    standingChoices(parts, { facts: { ...known.facts, events: before } }).map((one) => [
      nameOf(one.key),
      one,
    ]),
  )
  return choices.map((choice) => {
    const yes = stood.get(nameOf(choice))
    const theirs = yes !== undefined && standingAnswer(yes) === 'yes' && yes.by?.by === 'subject'
    const tookBack = choice.answer === 'no' && theirs ? yes.by.notice : undefined
    return { ...choice, ...(tookBack === undefined ? {} : { tookBack }) }
  })
}

/** A yes on the telephone needs a caller who was verified, of age, and whose data may be used; a no needs nothing of it. */
function mustBeAskable({ call, blocked }: ChosenCaller): void {
  if (blocked.includes('choices')) {
    throw refused('caller-blocked', 'Nothing may be asked of this person on the telephone.')
  }
  if (!isVerified(call)) throw refused('caller-not-verified', 'Verify who is calling first.')
}

/** Only what is read at this desk, in the language of the call: what a form brings of another surface was never heard. */
const wasRead =
  (parts: CallParts, { call }: ChosenCaller) =>
  ({ purpose, notice }: Pick<ToldAnswer, 'purpose' | 'notice'>): boolean => {
    const words = wordsToRead(parts.registry.current(), purpose, call.language)
    return words !== undefined && sameNotice(referenceTo(words), notice)
  }

/**
 * Records what the caller said. A no counts at once, whoever the caller turned out to be: taking back is never harder than
 * giving (GDPR Art. 7(3)). A yes is written down as what an agent says the customer said, which permits nothing; the customer
 * says it themselves by the link they are sent at once. By the same link they can say for seven days that it was not them.
 */
export async function recordCallChoices(parts: CallParts, command: RecordCallChoices): Promise<ToldChoices> {
  const { actor, choices } = command
  const chosen = await chosenCaller(parts, command, 'choices')
  const { call, subjectId, blocked } = chosen
  const yeses = choices.filter(({ answer }) => answer === 'yes')
  const noes = choices.filter(({ answer }) => answer === 'no')
  if (yeses.length > 0) mustBeAskable(chosen)
  if (!choices.every(wasRead(parts, chosen))) return { outcome: 'stale', pending: [], told: [] }
  const readAloud = isVerified(call) && !blocked.includes('choices')
  const particulars = callParticulars(
    call,
    readAloud ? choices.map(({ notice }) => notice) : [],
    command.recording,
  )
  const outcome = await recordChoices(parts.ledger, {
    subjectId,
    actor,
    evidence: placeOf(call, command.evidence),
    particulars,
    ...parts.house,
    idempotencyKey: `call ${call.id} ${command.idempotencyKey}`,
    choices: noes.map((choice) => ({ ...questionOf(choice), answer: 'no', notice: choice.notice })),
    claims: yeses.map((choice) => ({
      ...questionOf(choice),
      notice: choice.notice,
      defaultState: 'unsaid',
    })),
  })
  if (outcome.outcome === 'stale' || outcome.outcome === 'overtaken') {
    return { outcome: 'stale', pending: [], told: [] }
  }
  const said = { pending: yeses.map(questionOf), told: noes.map(questionOf) }
  if (outcome.outcome === 'unchanged') {
    if (yeses.length === 0) return { outcome: 'unchanged', ...said }
    // Claimed before: they are asked again only where the last message is no longer at hand.
    const sentTo = await freshMessageAbout(parts, command, chosen, yeses)
    if (sentTo !== undefined) return { outcome: 'unchanged', ...said, sentTo }
  }
  const events = outcome.outcome === 'recorded' ? outcome.eventIds : []
  const answers = await withTakenBack(parts, chosen, choices, events)
  const act = await keepAct(parts, command, chosen, { answers, particulars, toldEvents: events })
  const sent = act === undefined ? {} : await tellWithinReason(parts, command, call, act)
  const receipt = outcome.outcome === 'recorded' ? { receiptId: outcome.receiptId } : {}
  return { outcome: outcome.outcome, ...receipt, ...said, ...sent }
}

/** Kept under its command, so that one that is sent again is kept once. */
async function keepAct(
  parts: CallParts,
  command: RecordCallChoices,
  { call, subjectId }: ChosenCaller,
  said: Pick<NewCallAct, 'answers' | 'particulars' | 'toldEvents'>,
): Promise<CallAct | undefined> {
  const commandKey = createHash('sha256').update(`${call.id} ${command.idempotencyKey}`, 'utf8').digest()
  const at = parts.clock.now()
  const act: NewCallAct = {
    id: parts.entropy.id<'call-act'>() satisfies CallActId,
    subjectId,
    callId: call.id,
    reference: call.reference,
    agentId: call.agentId,
    touchpoint: call.touchpoint,
    language: call.language,
    ...said,
    commandKey,
    recordedAt: at,
    expiresAt: new Date(at.getTime() + actDays * 86_400_000),
  }
  const count = (wanted: ToldAnswer['answer']) =>
    said.answers.filter(({ answer }) => answer === wanted).length
  const counts = { pending: count('yes'), told: count('no') }
  await parts.work(async (tx) => {
    const kept = await tx.calls.addAct(act)
    await tx.audit.record(
      callEntry('call.choices-told', command, call, at, { subjectId, facts: { ...counts, repeated: !kept } }),
    )
    if (!kept) return
    await tx.outbox.add(callEvent(parts.entropy, 'call.choices-told', at, { ...namesOf(call), ...counts }))
  })
  return parts.calls.actByCommand(subjectId, commandKey)
}
