import type { AgeFacts } from './age.ts'
import { wasOldEnough } from './age.ts'
import type { Instant } from './calendar.ts'
import { plus } from './calendar.ts'
import type { ConsentEvent } from './consent-event.ts'
import type { ConsentState, Standing, YesForm } from './fold.ts'
import { fold } from './fold.ts'
import { isJoined } from './joint-consent.ts'
import type { PermissionKey } from './permission-key.ts'
import type { Purpose } from './purpose.ts'
import type { RulePack } from './rule-pack.ts'
import { consentAgeAt, wasJointAt } from './rule-pack.ts'
import type { Watch } from './valid-until.ts'

/** Confirmed in its own row, or by a later event that names it. */
export function isConfirmed(yes: ConsentEvent, events: readonly ConsentEvent[], watch: Watch): boolean {
  if (yes.confirmedAt !== undefined && watch.reached(yes.confirmedAt)) return true
  return events.some(
    (event) => event.type === 'confirmed' && event.confirms === yes.id && watch.reached(event.occurredAt),
  )
}

/**
 * A guardian must be verified; anybody else must have been of age when they acted. A birthday heals nothing (Art. 8).
 * Where the law wants both, each waits for the other (France, Loi Informatique et Libertés art. 45).
 */
function saidByOneWhoMay(
  yes: ConsentEvent,
  events: readonly ConsentEvent[],
  key: PermissionKey,
  age: AgeFacts,
  pack: RulePack,
): boolean {
  const alone = wasOldEnough(age, yes.overAge, consentAgeAt(pack, yes.occurredAt), yes.occurredAt, pack)
  const byGuardian = yes.by === 'guardian'
  if (byGuardian && yes.guardianVerified !== true) return false
  if (alone || !wasJointAt(pack, yes.occurredAt)) return alone || byGuardian
  return isJoined(yes, events, key)
}

/** The state of a key under the law of a pack: the same history may be enough in one country and not in another. */
export function standingOf(
  events: readonly ConsentEvent[],
  key: PermissionKey,
  age: AgeFacts,
  pack: RulePack,
  watch: Watch,
): Standing {
  const confirm = pack.doubleOptIn.includes(key.contactChannel)
  const formOf = (yes: ConsentEvent): YesForm => {
    if (confirm && !isConfirmed(yes, events, watch)) {
      const lapses = pack.confirmWithin
      return lapses !== undefined && watch.reached(plus(yes.occurredAt, lapses)) ? 'LAPSED' : 'PENDING_DOI'
    }
    return saidByOneWhoMay(yes, events, key, age, pack) ? 'GIVEN' : 'PENDING_GUARDIAN'
  }
  return fold(events, key, formOf, watch)
}

/** The earliest of what the law, the purpose and the notice allow; undefined when a yes lasts until it is withdrawn. */
function expiryOf(
  yes: ConsentEvent,
  key: PermissionKey,
  purpose: Purpose,
  pack: RulePack,
): Instant | undefined {
  let expiry: Instant | undefined
  for (const validity of [pack.validity[key.purpose]?.[key.contactChannel], purpose.validity, yes.validity]) {
    if (validity === undefined) continue
    const ends = plus(yes.occurredAt, validity)
    if (expiry === undefined || ends < expiry) expiry = ends
  }
  return expiry
}

export type EffectiveState = ConsentState | 'RENEWED' | 'SUPERSEDED' | 'EXPIRED'

/** The state with what follows from the purpose's version and from time (DPV `ConsentExpired`, `RenewedConsentGiven`). */
export function effectiveState(
  standing: Standing,
  key: PermissionKey,
  purpose: Purpose,
  pack: RulePack,
  watch: Watch,
): EffectiveState {
  const { state, by } = standing
  if (state !== 'GIVEN' || by === undefined) return state
  if (purpose.reconsentMin !== undefined && (by.purposeVersion ?? 0) < purpose.reconsentMin)
    return 'SUPERSEDED'
  const expiry = expiryOf(by, key, purpose, pack)
  if (expiry !== undefined && watch.reached(expiry)) return 'EXPIRED'
  return standing.renewed ? 'RENEWED' : 'GIVEN'
}
