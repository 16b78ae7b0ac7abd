import { wasOldEnough } from '../age.ts'
import { type Instant, period, plus } from '../calendar.ts'
import { type ConsentEvent, isOwnYes } from '../consent-event.ts'
import type { Facts } from '../facts.ts'
import { touches } from '../permission-key.ts'
import type { Registry } from '../registry.ts'
import { consentAgeAt, packInForce, type RulePack } from '../rule-pack.ts'
import { isConfirmed } from '../standing.ts'
import { Watch } from '../valid-until.ts'

/** A yes that counts once it came back from its contact point, and until when it may. */
export interface AwaitedYes {
  readonly event: ConsentEvent & { readonly contactPoint: string; readonly contactChannel: 'email' | 'sms' }
  readonly expiresAt: Instant
}

/** Three days, where a pack asks for confirmation and names no time. */
const usually = period('PT72H')

const overtakes = new Set<ConsentEvent['type']>(['given', 'refused', 'withdrawn', 'invalidated', 'objected'])

const age = (pack: RulePack, { occurredAt }: ConsentEvent): number => consentAgeAt(pack, occurredAt)

const canBeWrittenTo = (event: ConsentEvent): event is AwaitedYes['event'] =>
  event.contactPoint !== undefined && (event.contactChannel === 'email' || event.contactChannel === 'sms')

/**
 * The yeses of a person that wait to be confirmed: the law that applies to them wants it, the time is not over, and nothing
 * they said since has overtaken it. A child's own yes is not among them: it counts for nothing by itself, so the child is
 * not written to about it. Pure. A yes on a channel without a contact point of the person's cannot be confirmed
 * yet, because nothing can be sent: it waits for the contact point and is left out here.
 */
export function awaitingConfirmation(facts: Facts, registry: Registry, now: Instant): readonly AwaitedYes[] {
  const watch = new Watch(now)
  const pack = packInForce(registry.packs.get(facts.subject.jurisdiction ?? ''), watch) ?? registry.strictest
  return facts.events.flatMap((event) => {
    if (!isOwnYes(event) || !canBeWrittenTo(event)) return []
    if (!pack.doubleOptIn.includes(event.contactChannel)) return []
    const expiresAt = plus(event.occurredAt, pack.confirmWithin ?? usually)
    if (
      event.by === 'subject' &&
      !wasOldEnough(facts.subject, event.overAge, age(pack, event), event.occurredAt, pack)
    ) {
      return []
    }
    if (watch.reached(expiresAt) || isConfirmed(event, facts.events, watch)) return []
    const overtaken = facts.events.some(
      (later) => overtakes.has(later.type) && isAfter(later, event) && touches(later, event),
    )
    return overtaken ? [] : [{ event, expiresAt }]
  })
}

/** Of two acts at the same instant ids tell which was recorded later: they are made in order of time. */
const isAfter = (later: ConsentEvent, event: ConsentEvent): boolean =>
  later.id !== event.id &&
  (later.occurredAt > event.occurredAt || (later.occurredAt === event.occurredAt && later.id > event.id))
