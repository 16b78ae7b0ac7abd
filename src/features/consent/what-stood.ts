import type { ContactChannel } from '../../kernel/evidence.ts'
import type { Instant } from './calendar.ts'
import type { ConsentEvent } from './consent-event.ts'
import { Matter } from './decision/matter.ts'
import type { Facts } from './facts.ts'
import { houseSystem } from './key-decision.ts'
import { isAnswered } from './objection.ts'
import { type PermissionKey, purposeMatches, touches } from './permission-key.ts'
import type { Registry } from './registry.ts'
import { isInForce, restrictionsFrom } from './restriction.ts'
import { type EffectiveState, effectiveState } from './standing.ts'

/** What may be proven about one purpose, by one contact channel or any. */
export interface AskedAbout {
  readonly purpose: string
  readonly contactChannel: ContactChannel | undefined
}

/** What a history came to, in the few words a stranger to it needs. */
export type StoodAs = 'yes' | 'no' | 'objected' | 'restricted' | 'ended' | 'pending' | 'nothing'

/** One key as it stood at an instant. */
export interface Stood {
  readonly brand: string
  readonly contactChannel: ContactChannel
  readonly as: StoodAs
}

/**
 * True when the act bears on what is asked, for or against: not only what names the purpose, but also an objection to all
 * advertising, a withdrawal on every channel, a restriction. A proof that left those out would hide what contradicts it.
 */
export function bearsOn(event: ConsentEvent, { purpose, contactChannel }: AskedAbout): boolean {
  const channel = contactChannel ?? (event.contactChannel === '*' ? 'none' : event.contactChannel)
  const { controller, brand, restrictionScope } = event
  if (!touches(event, { controller, brand, purpose, contactChannel: channel })) return false
  return (
    restrictionScope?.some((entry) => entry.startsWith('attr:') || purposeMatches(entry, purpose)) ?? true
  )
}

/** Everything that had happened by then, whenever it was recorded: what a judge may ask. */
function happenedBy(facts: Facts, at: Instant): Facts {
  const events = facts.events.filter(({ occurredAt }) => occurredAt <= at)
  return {
    ...facts,
    events,
    subject: { ...facts.subject, restrictions: restrictionsFrom(events) },
    linked: facts.linked?.map((other) => ({ ...other, facts: happenedBy(other.facts, at) })),
  }
}

/** The keys a history speaks about, each with the contact point of its last yes; the one asked about when it names none. */
function keysOf(events: readonly ConsentEvent[], asked: AskedAbout): readonly PermissionKey[] {
  const keys = new Map<string, PermissionKey>()
  const named = events.filter(({ contactChannel }) => contactChannel !== '*')
  for (const event of named.length > 0 ? named : events) {
    const contactChannel =
      asked.contactChannel ?? (event.contactChannel === '*' ? 'none' : event.contactChannel)
    const { controller, brand, type } = event
    const id = `${controller} ${brand} ${contactChannel}`
    if (keys.has(id) && type !== 'given') continue
    const contactPoint = type === 'given' ? event.contactPoint : undefined
    keys.set(id, { controller, brand, purpose: asked.purpose, contactChannel, contactPoint })
  }
  return [...keys.values()]
}

const wordFor: Readonly<Record<EffectiveState, StoodAs>> = {
  UNKNOWN: 'nothing',
  REQUESTED: 'nothing',
  DEFERRED: 'nothing',
  PENDING_DOI: 'pending',
  PENDING_GUARDIAN: 'pending',
  GIVEN: 'yes',
  RENEWED: 'yes',
  REFUSED: 'no',
  WITHDRAWN: 'no',
  REVOKED: 'ended',
  INVALIDATED: 'ended',
  SUPERSEDED: 'ended',
  EXPIRED: 'ended',
}

/** How each key stood at an instant, by the very fold that decides, with the person's other accounts. */
export function whatStood(
  acts: readonly ConsentEvent[],
  asked: AskedAbout,
  facts: Facts,
  registry: Registry,
  at: Instant,
): readonly Stood[] {
  const then = happenedBy(facts, at)
  const oldestFirst = [...acts].sort((a, b) => a.occurredAt - b.occurredAt)
  return keysOf(oldestFirst, asked).map((key) => {
    const attribute = registry.purposes.get(key.purpose)?.attributes[0] ?? ''
    const matter = new Matter({ ...key, system: houseSystem, attribute }, then, registry, at)
    return { brand: key.brand, contactChannel: key.contactChannel, as: stoodAs(matter) }
  })
}

function stoodAs(matter: Matter): StoodAs {
  const { key, purpose, pack, watch, facts } = matter
  const standing = matter.standing()
  const objection = matter.objection()
  if (objection !== undefined && !isAnswered(objection, standing)) return 'objected'
  const restricted = facts.subject.restrictions.some(
    (restriction) =>
      isInForce(restriction, watch) &&
      restriction.scope.some((entry) => !entry.startsWith('attr:') && purposeMatches(entry, key.purpose)),
  )
  if (restricted && standing.by?.duringRestriction !== true) return 'restricted'
  return wordFor[effectiveState(standing, key, purpose, pack, watch)]
}
