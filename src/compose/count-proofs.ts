import type { AuditEntry } from '../kernel/audit-trail.ts'
import type { DomainEvent } from '../kernel/event.ts'
import type { Proofs, Work } from '../kernel/work.ts'
import type { Metrics } from '../platform/log/index.ts'
import { countAlarms } from './alarms.ts'

/** Hears the proofs of every unit after its commit: what was rolled back never happened and is not counted. */
export function afterCommit<Stores extends object>(
  work: Work<Stores>,
  heard: (entries: readonly AuditEntry[], events: readonly DomainEvent[]) => void,
): Work<Stores> {
  return async (act) => {
    let entries: AuditEntry[] = []
    let events: DomainEvent[] = []
    const result = await work((tx) => {
      // A unit that is run again starts over, and so do its proofs.
      entries = []
      events = []
      const listening: Proofs = {
        audit: { record: (entry) => tx.audit.record(entry).then(() => void entries.push(entry)) },
        outbox: { add: (event) => tx.outbox.add(event).then(() => void events.push(event)) },
      }
      return act({ ...tx, ...listening })
    })
    heard(entries, events)
    return result
  }
}

const outcomes: Readonly<Record<string, string>> = {
  'sign-in.succeeded': 'succeeded',
  'sign-in.failed': 'failed',
}

/** Sign-ins and consent facts, read off the proofs: a number nobody has to remember to count. */
export const countProofs = (metrics: Metrics) => {
  const ofAlarms = countAlarms(metrics)
  return (entries: readonly AuditEntry[], events: readonly DomainEvent[]): void => {
    ofAlarms(entries, events)
    for (const { action, facts } of entries) {
      const outcome = outcomes[action]
      if (outcome !== undefined)
        metrics.logins.inc({ method: String(facts?.['assurance'] ?? 'none'), outcome })
    }
    for (const { type, payload } of events) {
      const facts = type === 'consent.recorded' && 'facts' in payload ? payload.facts : undefined
      if (!Array.isArray(facts)) continue
      for (const fact of facts)
        metrics.consentEvents.inc({ type: fact.type, contact_channel: fact.contactChannel })
    }
  }
}
