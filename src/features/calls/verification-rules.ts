import { type Call, type CallAssurance, callAssurances } from './call.ts'

/** After two failed checks nobody is verified in this call any more: a third try is somebody else's luck. */
export const maxFailedChecks = 2

/** How long a dropped call can be taken up again by its agent. */
export const resumeMinutes = 5

/** No call lasts longer than the longest shift: a screen that was left open is no open call. */
const longestHours = 10

export const reaches = (reached: CallAssurance, needed: CallAssurance): boolean =>
  callAssurances.indexOf(reached) >= callAssurances.indexOf(needed)

/** Whether anybody was verified at all. That the number matched says nothing of who holds the telephone. */
export const isVerified = ({ assurance }: Pick<Call, 'assurance'>): boolean => reaches(assurance, 'code')

export const liveSince = (now: Date): Date => new Date(now.getTime() - longestHours * 3_600_000)
export const resumableSince = (now: Date): Date => new Date(now.getTime() - resumeMinutes * 60_000)

/** What a call is now: one that was left alone too long is over, though nobody wrote it down. */
export function stateNow(call: Pick<Call, 'state' | 'openedAt' | 'droppedAt'>, now: Date): Call['state'] {
  if (call.state === 'ended' || call.openedAt <= liveSince(now)) return 'ended'
  if (call.state === 'open') return 'open'
  return call.droppedAt !== undefined && call.droppedAt > resumableSince(now) ? 'dropped' : 'ended'
}
