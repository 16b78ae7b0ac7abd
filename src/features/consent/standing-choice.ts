import type { ContactChannel } from '../../kernel/evidence.ts'
import type { Instant } from './calendar.ts'
import type { ConsentEvent } from './consent-event.ts'
import type { Facts } from './facts.ts'
import type { ConsentState, Standing } from './fold.ts'
import { decideKey, type KeyDecision } from './key-decision.ts'
import { standingObjection } from './objection.ts'
import type { PermissionKey } from './permission-key.ts'
import type { PurposeVersion } from './published.ts'
import type { Registry } from './registry.ts'
import { packInForce, type RulePack } from './rule-pack.ts'
import { type EffectiveState, effectiveState, standingOf } from './standing.ts'
import { Watch } from './valid-until.ts'

/** How one question stands with one person: what they said, what that is worth now, and whether to ask. */
export interface StandingChoice {
  readonly key: PermissionKey
  readonly version: PurposeVersion
  readonly state: ConsentState
  readonly effective: EffectiveState
  readonly by: ConsentEvent | undefined
  readonly decision: KeyDecision
  /** The objection that decides, when one does. */
  readonly objection: ConsentEvent | undefined
  readonly pack: RulePack
}

const packFor = (facts: Facts, registry: Registry, watch: Watch): RulePack =>
  packInForce(registry.packs.get(facts.subject.jurisdiction ?? ''), watch) ?? registry.strictest

export function keyFor(
  house: { readonly controller: string; readonly brand: string },
  purpose: string,
  contactChannel: ContactChannel,
  facts: Facts,
): PermissionKey {
  const contactPoint = facts.contactPoints?.[contactChannel]
  const { controller, brand } = house
  return {
    controller,
    brand,
    purpose,
    contactChannel,
    ...(contactPoint === undefined ? {} : { contactPoint }),
  }
}

/** How a key stands whether or not its purpose is still in use. */
export function standingOn(key: PermissionKey, facts: Facts, registry: Registry, now: Instant): Standing {
  const watch = new Watch(now)
  return standingOf(facts.events, key, facts.subject, packFor(facts, registry, watch), watch)
}

export function standingChoice(
  key: PermissionKey,
  version: PurposeVersion,
  facts: Facts,
  registry: Registry,
  now: Instant,
): StandingChoice {
  const watch = new Watch(now)
  const pack = packFor(facts, registry, watch)
  const purpose = registry.purposes.get(key.purpose)
  const standing = standingOf(facts.events, key, facts.subject, pack, watch)
  const decision = decideKey(key, facts, registry, now)
  const objected = decision.reason === 'OBJECTED' && purpose !== undefined
  return {
    key,
    version,
    state: standing.state,
    effective: purpose === undefined ? standing.state : effectiveState(standing, key, purpose, pack, watch),
    by: standing.by,
    decision,
    objection: objected ? standingObjection(facts.events, key, purpose, watch) : undefined,
    pack,
  }
}

/** True when a yes to this version would mean anything: consent is among the bases the law gives it on this channel. */
export const restsOnConsent = (choice: Pick<StandingChoice, 'pack' | 'version' | 'key'>): boolean =>
  (choice.pack.bases[choice.key.purpose]?.[choice.key.contactChannel] ?? choice.version.bases).includes(
    'consent',
  )
