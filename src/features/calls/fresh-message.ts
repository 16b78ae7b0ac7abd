import { PlacetError } from '../../kernel/errors.ts'
import { sameNotice } from '../consent/index.ts'
import type { Call } from './call.ts'
import { type CallAct, pendingOf, type ToldAnswer } from './call-act.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import type { ToldChoices } from './call-views.ts'
import { type ChosenCaller, callEntry } from './on-call.ts'
import { nameOf } from './standing-questions.ts'
import { tellCustomer } from './tell-customer.ts'

/** For how long a message is surely at hand; after that the person may have lost it. */
const freshMinutes = 10

/**
 * Where the person was asked about all of these a moment ago, and has not answered: saying the same yes again sends nothing.
 * Undefined when they have to be asked anew.
 */
export async function freshMessageAbout(
  parts: CallParts,
  onCall: OnCall,
  { call, subjectId }: ChosenCaller,
  yeses: readonly Omit<ToldAnswer, 'tookBack'>[],
): Promise<ToldChoices['sentTo']> {
  const at = parts.clock.now()
  const since = new Date(at.getTime() - freshMinutes * 60_000)
  const waiting = (await parts.calls.actsOf(subjectId)).findLast((act) => {
    if (act.sentAt === undefined || act.sentAt <= since || act.expiresAt <= at) return false
    const pending = new Map(pendingOf(act).map((one) => [nameOf(one), one.notice]))
    return yeses.every((yes) => {
      const asked = pending.get(nameOf(yes))
      return asked !== undefined && sameNotice(asked, yes.notice)
    })
  })
  if (waiting === undefined) return undefined
  await parts.work(({ audit }) =>
    audit.record(
      callEntry('call.choices-told', onCall, call, at, {
        subjectId,
        facts: { pending: yeses.length, told: 0, repeated: true },
      }),
    ),
  )
  return tellCustomer(parts, onCall, call, waiting)
}

/**
 * Sends what was recorded, unless the person was written to so often that it would be pestering (R52). What is held back is
 * only ever a question: that a no took something from them they are told whatever was sent before.
 */
export async function tellWithinReason(
  parts: CallParts,
  onCall: OnCall,
  call: Call,
  act: CallAct,
): Promise<Pick<ToldChoices, 'sentTo' | 'heldBack'>> {
  const mustKnow = act.sentAt !== undefined || act.answers.every(({ answer }) => answer === 'no')
  if (!mustKnow && !act.answers.some(({ tookBack }) => tookBack !== undefined)) {
    try {
      await parts.limiter.consume(act.subjectId, 'call-told-customer')
    } catch (error) {
      if (!(error instanceof PlacetError) || error.failure !== 'too-many') throw error
      await parts.work(({ audit }) =>
        audit.record(
          callEntry('call.message-held-back', onCall, call, parts.clock.now(), { subjectId: act.subjectId }),
        ),
      )
      return { heldBack: true }
    }
  }
  const sentTo = await tellCustomer(parts, onCall, call, act)
  return sentTo === undefined ? {} : { sentTo }
}
