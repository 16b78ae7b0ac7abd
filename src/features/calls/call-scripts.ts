import { referenceTo, standingAnswer } from '../consent/index.ts'
import { pendingOf } from './call-act.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import type { CallScript } from './call-views.ts'
import { type ChosenCaller, callEntry, chosenCaller } from './on-call.ts'
import { nameOf, standingChoices, wordsToRead } from './standing-questions.ts'
import { isVerified } from './verification-rules.ts'

/** What the person answered, and what waits for them; told of a verified caller alone, and on record before it is told. */
async function readStanding(
  parts: CallParts,
  onCall: OnCall,
  { call, subjectId }: ChosenCaller,
): Promise<(question: string, answered: 'yes' | 'no' | undefined) => CallScript['standing']> {
  if (!isVerified(call)) return () => 'none'
  const at = parts.clock.now()
  await parts.work(({ audit }) =>
    audit.record(callEntry('call.choices-read', onCall, call, at, { subjectId })),
  )
  const acts = await parts.calls.actsOf(subjectId)
  const pending = new Set(
    acts
      .filter(({ expiresAt }) => expiresAt > at)
      .flatMap(pendingOf)
      .map(nameOf),
  )
  return (question, answered) => {
    if (answered === 'yes') return 'yes'
    return pending.has(question) ? 'pending' : (answered ?? 'none')
  }
}

/**
 * The words an agent reads aloud, for each question that rests on consent. What is pinned by an answer is this very wording,
 * in the language of the call.
 */
export async function callScripts(parts: CallParts, onCall: OnCall): Promise<readonly CallScript[]> {
  const chosen = await chosenCaller(parts, onCall, 'choices')
  const registry = parts.registry.current()
  const standingOf = await readStanding(parts, onCall, chosen)
  return standingChoices(parts, chosen.known).flatMap((choice): readonly CallScript[] => {
    const { purpose, contactChannel } = choice.key
    const notice = wordsToRead(registry, purpose, chosen.call.language)
    if (notice === undefined) return []
    return [
      {
        purpose,
        contactChannel,
        notice: referenceTo(notice),
        title: notice.title,
        summary: notice.summary,
        text: notice.text,
        standing: standingOf(nameOf(choice.key), standingAnswer(choice)),
      },
    ]
  })
}
