import { PlacetError } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { CallAct, OwnAnswer } from './call-act.ts'
import type { CallLink } from './call-link.ts'
import {
  aboutCall,
  actEntry,
  answering,
  openAct,
  ownFacts,
  recordOwn,
  type SettleParts,
  takeBack,
} from './settle-call-act.ts'
import { nameOf } from './standing-questions.ts'

export type ConfirmedChoices =
  | { readonly outcome: 'confirmed'; readonly answers: readonly OwnAnswer[] }
  /** The link answers once. What was said by it is on record, and is changed where all of it is changed. */
  | { readonly outcome: 'answered-before' }
  /** Disowned meanwhile, or the wording is no longer the one in force. */
  | { readonly outcome: 'overtaken' }

/** For how long an answer that was begun keeps the others off; recording takes a part of a second. */
const claimSeconds = 60

const sameAnswers = (a: readonly OwnAnswer[], b: readonly OwnAnswer[]): boolean => {
  const said = new Map(a.map((one) => [nameOf(one), one.answer]))
  return a.length === b.length && b.every((one) => said.get(nameOf(one)) === one.answer)
}

type Claim = 'first' | 'same-again' | 'answered-before' | 'disowned'

const claim = (
  parts: SettleParts,
  act: CallAct,
  answers: readonly OwnAnswer[],
  evidence: Evidence,
  at: Date,
): Promise<Claim> =>
  parts.work(async ({ calls, audit }) => {
    const first = await calls.confirmAct(act.subjectId, act.id, {
      answers,
      at,
      staleBefore: new Date(at.getTime() - claimSeconds * 1000),
    })
    await audit.record(actEntry(first ? 'call.answer-begun' : 'call.link-used-again', act, at, evidence))
    if (first) return 'first'
    const now = await calls.act(act.subjectId, act.id)
    if (now?.disownedAt !== undefined) return 'disowned'
    const open = now?.ownEvents === undefined && now?.ownAnswers !== undefined
    return open && sameAnswers(now.ownAnswers, answers) ? 'same-again' : 'answered-before'
  })

const settle = (parts: SettleParts, act: CallAct, evidence: Evidence, events: readonly string[]) =>
  parts.work(async ({ calls, audit }) => {
    const settled = await calls.settleAct(act.subjectId, act.id, events)
    const action = settled ? 'call.choices-answered' : 'call.link-used-again'
    await audit.record(actEntry(action, act, parts.clock.now(), evidence))
  })

/**
 * The customer answers for themselves what an agent read to them: a yes or a no for each question, in one act. Until here
 * nothing was permitted. It is claimed in one statement first, so that of a yes and a "that was not me" at the same moment one
 * counts. Pressed twice at once it is one fact; what could not be recorded was not answered, and can be answered again; and
 * once it is recorded the link answers nothing any more, neither the same nor another thing.
 */
export async function confirmCallChoices(
  parts: SettleParts,
  command: { readonly link: CallLink; readonly evidence: Evidence; readonly answers: readonly OwnAnswer[] },
): Promise<ConfirmedChoices> {
  const act = await openAct(parts, command.link)
  const asked = new Map(act.answers.filter(({ answer }) => answer === 'yes').map((one) => [nameOf(one), one]))
  const choices = command.answers.flatMap(({ purpose, contactChannel, answer }) => {
    const notice = asked.get(nameOf({ purpose, contactChannel }))?.notice
    return notice === undefined ? [] : [{ purpose, contactChannel, answer, notice }]
  })
  if (choices.length === 0) return { outcome: 'overtaken' }
  const answers = choices.map(({ notice: _read, ...answer }) => answer)
  const evidence = aboutCall(parts, act, command.evidence, 'call-confirmation')
  const at = parts.clock.now()
  const claimed = await claim(parts, act, answers, evidence, at)
  if (claimed === 'answered-before') return { outcome: 'answered-before' }
  if (claimed === 'disowned') return { outcome: 'overtaken' }
  const giveBack = () =>
    parts.work(async ({ calls, audit }) => {
      await calls.giveBackAct(act.subjectId, act.id, at)
      await audit.record(actEntry('call.answer-not-kept', act, parts.clock.now(), evidence))
    })
  let events: readonly string[] | undefined
  try {
    events = await recordOwn(parts, act, answering, evidence, choices)
  } catch (error) {
    // A process that died had recorded another answer by this link, and told nobody: that one is the answer.
    if (error instanceof PlacetError && error.code === 'idempotency-key-reused') {
      if (claimed === 'first') {
        await giveBack()
        await settle(parts, act, evidence, await ownFacts(parts, act))
      }
      return { outcome: 'answered-before' }
    }
    // Where even this fails, the claim ends by itself.
    if (claimed === 'first') await giveBack().catch(() => undefined)
    throw error
  }
  if (events === undefined) {
    if (claimed === 'first') await giveBack()
    return { outcome: 'overtaken' }
  }
  await settle(parts, act, evidence, events)
  // Disowned while this was being written: the later word counts, and it was a no.
  const now = await parts.calls.act(act.subjectId, act.id)
  if (now?.disownedAt !== undefined) {
    await takeBack(parts, now, evidence)
    return { outcome: 'overtaken' }
  }
  if (choices.some(({ answer }) => answer === 'yes')) parts.onYes(act.subjectId)
  return { outcome: 'confirmed', answers }
}
