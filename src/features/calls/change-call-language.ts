import { conflict } from '../../kernel/errors.ts'
import type { Call, CallLanguage } from './call.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import { callEntry, openCallOf } from './on-call.ts'

/**
 * Goes on in another language: what is read aloud, what is sent and what the evidence says of it are in this one from now on.
 * What was told before stays in the language it was told in.
 */
export async function changeCallLanguage(
  parts: Pick<CallParts, 'work' | 'calls' | 'clock'>,
  command: OnCall & { readonly language: CallLanguage },
): Promise<Call> {
  const call = await openCallOf(parts, command)
  const { language } = command
  if (call.language === language) return call
  const at = parts.clock.now()
  return parts.work(async ({ calls, audit }) => {
    const changed = await calls.speak(call.id, call.agentId, language)
    if (changed === undefined) throw conflict('call-dropped', 'The call is not open any more.')
    await audit.record(
      callEntry('call.language-changed', command, changed, at, {
        facts: { from: call.language, to: language },
      }),
    )
    return changed
  })
}
