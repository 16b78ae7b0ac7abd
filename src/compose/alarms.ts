import type { DomainEvent } from '../kernel/event.ts'
import type { Metrics } from '../platform/log/index.ts'

/** Events that somebody should be woken by or read the same day; docs/operations.md says of each what to do. */
export const alarms = [
  'call-approval.asked-too-often',
  'call-approval.prompts-held-back',
  'call-approval.reported',
  'call.disowned',
  'call.look-ups-unusual',
  'device-flow.killed',
  'device-flow.start-refused',
  'passkey.counter-regressed',
  'privacy-request.not-mine',
  'store.enrolment-disowned',
  'store.opt-in-rate-implausible',
  'subject.breach-assessment-opened',
  'subject.link-alarm',
  'terminal.misplaced',
] as const

const known: ReadonlySet<string> = new Set(alarms)

/** Counts them once they are committed: an alarm that is only a row in the outbox wakes nobody. */
export const countAlarms =
  (metrics: Pick<Metrics, 'alarms'>) =>
  (_entries: readonly unknown[], events: readonly DomainEvent[]): void => {
    for (const { type } of events) if (known.has(type)) metrics.alarms.inc({ event: type })
  }
