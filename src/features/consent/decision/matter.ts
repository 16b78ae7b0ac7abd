import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { Instant } from '../calendar.ts'
import type { ConsentEvent } from '../consent-event.ts'
import type { Facts } from '../facts.ts'
import type { Standing } from '../fold.ts'
import { factsInCluster } from '../merging/facts-in-cluster.ts'
import { standingObjection } from '../objection.ts'
import type { PermissionKey } from '../permission-key.ts'
import type { LegalBasis, Purpose } from '../purpose.ts'
import type { DenyReason, PermitReason } from '../reason.ts'
import type { RecipientSystem, Registry } from '../registry.ts'
import type { RulePack } from '../rule-pack.ts'
import { packInForce } from '../rule-pack.ts'
import { standingOf } from '../standing.ts'
import { Watch } from '../valid-until.ts'

/** May this system use this attribute of the person for this purpose over this contact channel now? */
export interface Query {
  readonly system: string
  readonly purpose: string
  readonly contactChannel: ContactChannel
  readonly contactPoint?: string | undefined
  readonly attribute: string
  readonly controller: string
  readonly brand: string
  /** Product category of the campaign, which soft opt-in compares with what was bought. */
  readonly campaignCategory?: string | undefined
  /** In which role the system asks; left out, in the one it is registered with. */
  readonly actorRole?: string | undefined
}

/** What a decision rests on, by kind and id. Points at facts and never repeats their content. */
export interface Ground {
  readonly kind: 'consent-event' | 'contract' | 'purchase' | 'assessment' | 'law'
  readonly ref: string
}

export interface Refusal {
  readonly deny: DenyReason
  readonly grounds: readonly Ground[]
}

export type Verdict =
  | { readonly permit: LegalBasis; readonly reason: PermitReason; readonly grounds: readonly Ground[] }
  | Refusal

/** A rule decides, or says nothing and lets the next one look. */
export type Rule = (matter: Matter) => Verdict | undefined

/** A legal basis always answers: it carries the use, or says why not. */
export type Basis = (matter: Matter) => Verdict

const nobody: readonly Ground[] = []

export const deny = (reason: DenyReason, because?: ConsentEvent): Refusal => ({
  deny: reason,
  grounds: because === undefined ? nobody : [{ kind: 'consent-event', ref: because.id }],
})

export const permit = (basis: LegalBasis, reason: PermitReason, ...grounds: readonly Ground[]): Verdict => ({
  permit: basis,
  reason,
  grounds,
})

/** Stand for what no registry knows, so that the rules need no special case: they permit nothing. */
export const unknownPurpose: Purpose = { id: '', class: 'service', bases: [], attributes: [], retired: true }
const unknownSystem: RecipientSystem = { id: '', role: 'internal', purposes: [], thirdCountry: false }

/** One question with all it is judged by. Histories are folded at most once, when a rule first asks. */
export class Matter {
  readonly query: Query
  readonly facts: Facts
  readonly registry: Registry
  readonly watch: Watch
  readonly key: PermissionKey
  readonly purpose: Purpose
  readonly system: RecipientSystem
  readonly actorRole: string
  readonly pack: RulePack
  /** Why each basis tried so far does not carry the use, in the order tried. */
  readonly failures: Refusal[] = []
  #standing: Standing | undefined
  #objection: ConsentEvent | null | undefined

  constructor(query: Query, facts: Facts, registry: Registry, now: Instant) {
    this.query = query
    this.registry = registry
    this.watch = new Watch(now)
    this.key = {
      controller: query.controller,
      brand: query.brand,
      purpose: query.purpose,
      contactChannel: query.contactChannel,
      contactPoint: query.contactPoint ?? facts.contactPoints?.[query.contactChannel],
    }
    this.purpose = registry.purposes.get(query.purpose) ?? unknownPurpose
    this.system = registry.systems.get(query.system) ?? unknownSystem
    this.actorRole = query.actorRole ?? this.system.role
    this.pack =
      packInForce(registry.packs.get(facts.subject.jurisdiction ?? ''), this.watch) ?? registry.strictest
    const { key, purpose, pack, watch } = this
    this.facts = factsInCluster(facts, { key, purpose, pack, watch, attribute: query.attribute })
  }

  /** What the person said on this key, under the law that applies to them now. */
  standing(): Standing {
    this.#standing ??= standingOf(this.facts.events, this.key, this.facts.subject, this.pack, this.watch)
    return this.#standing
  }

  /** The objection that stands against this key, if one does. */
  objection(): ConsentEvent | undefined {
    if (this.#objection === undefined) {
      this.#objection = standingObjection(this.facts.events, this.key, this.purpose, this.watch) ?? null
    }
    return this.#objection ?? undefined
  }

  isSpecial(): boolean {
    return this.registry.specialAttributes.has(this.query.attribute)
  }
}
