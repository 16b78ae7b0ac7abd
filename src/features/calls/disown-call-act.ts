import type { Evidence } from '../../kernel/evidence.ts'
import { standingAnswer, standingMark } from '../consent/index.ts'
import type { CallAct, ToldAnswer } from './call-act.ts'
import type { CallLink } from './call-link.ts'
import { agentReference } from './call-reference.ts'
import type { CallQuestion } from './call-views.ts'
import { callEvent } from './events.ts'
import { aboutCall, actEntry, openAct, recordOwn, type SettleParts, takeBack } from './settle-call-act.ts'
import { isLastWord, nameOf, questionOf, standingChoices } from './standing-questions.ts'

export interface DisownedAct {
  /** Yeses that stand again, because the no was not the customer's. */
  readonly restored: readonly CallQuestion[]
  /** Those that need more than this button, because of their wording or the law: the customer has to look at them. */
  readonly toBeAsked: readonly CallQuestion[]
}

const standingOf = async (parts: SettleParts, act: CallAct, question: CallQuestion) => {
  const known = await parts.facts.find(act.subjectId)
  const choice = known && standingChoices(parts, known).find(({ key }) => nameOf(key) === nameOf(question))
  return known === undefined || choice === undefined ? undefined : { choice, facts: known.facts }
}

/**
 * Gives again, by the customer and in the very wording they had agreed to, a yes that a no of this act took back. Only as
 * long as that no is the last word: whatever came since is the customer's own, or the law's, and stands. The ledger looks at
 * it once more as it writes.
 */
async function putBack(
  parts: SettleParts,
  act: CallAct,
  evidence: Evidence,
  told: ToldAnswer,
): Promise<'restored' | 'to-be-asked' | 'stands'> {
  const before = await standingOf(parts, act, told)
  if (told.tookBack === undefined || before === undefined) return 'stands'
  const { choice, facts } = before
  if (!isLastWord(choice, facts, act, parts.clock.now().getTime())) return 'stands'
  const recorded = await recordOwn(parts, act, `disown no ${nameOf(told)}`, evidence, [
    {
      ...questionOf(told),
      answer: 'yes',
      notice: told.tookBack,
      seen: { mark: standingMark(choice), preset: 'no', touched: true },
    },
  ])
  const after = await standingOf(parts, act, told)
  if (after !== undefined && standingAnswer(after.choice) === 'yes') return 'restored'
  // The wording was replaced, or the law wants their yes from the contact point as well.
  const waits = recorded === undefined ? after?.choice.by?.id === choice.by?.id : recorded.length > 0
  return waits ? 'to-be-asked' : 'stands'
}

/**
 * "I did not do this", of whoever holds the link, for seven days. What was recorded is put back as it was before the call: a
 * yes that was confirmed is taken back, one that waits can be confirmed no more, and a yes that a no took back is given again,
 * where nothing came after that no. A no to what was never agreed to stays; it takes nothing from anybody. It raises an alarm,
 * because somebody spoke in the customer's name. Pressed twice it is one fact.
 */
export async function disownCallAct(
  parts: SettleParts,
  command: { readonly link: CallLink; readonly evidence: Evidence },
): Promise<DisownedAct> {
  const act = await openAct(parts, command.link)
  const evidence = aboutCall(parts, act, command.evidence, 'call-disowned')
  const at = parts.clock.now()
  await parts.work(async ({ calls, audit, outbox }) => {
    const first = await calls.disownAct(act.subjectId, act.id, at)
    await audit.record(actEntry(first ? 'call.disowned' : 'call.link-used-again', act, at, evidence))
    if (!first) return
    await outbox.add(
      callEvent(parts.entropy, 'call.disowned', at, {
        callId: act.callId,
        reference: act.reference,
        externalCall: null,
        agent: agentReference(act.agentId),
        touchpoint: act.touchpoint,
      }),
    )
  })
  const now = await parts.calls.act(act.subjectId, act.id)
  if (now?.confirmedAt !== undefined) await takeBack(parts, now, evidence)
  const restored: CallQuestion[] = []
  const toBeAsked: CallQuestion[] = []
  for (const told of act.answers) {
    const how = await putBack(parts, act, evidence, told)
    if (how === 'restored') restored.push(questionOf(told))
    if (how === 'to-be-asked') toBeAsked.push(questionOf(told))
  }
  if (restored.length + toBeAsked.length > 0) parts.onYes(act.subjectId)
  return { restored, toBeAsked }
}
