import type { Instant } from './calendar.ts'
import type { Query } from './decision/matter.ts'
import { type Decision, decide } from './decision.ts'
import type { Facts } from './facts.ts'
import type { PermissionKey } from './permission-key.ts'
import type { Reason } from './reason.ts'
import type { Registry } from './registry.ts'

/**
 * The house itself, as the system that asks when a screen or a kept permission speaks for the controller and its
 * processors. Another controller is never answered by it: whether it was named is asked for it alone.
 */
export const houseSystem = '(house)'

/** What a key comes to over all attributes of its purpose. */
export interface KeyDecision {
  readonly key: PermissionKey
  readonly decision: 'PERMIT' | 'DENY'
  /** The attributes that may be used; empty on DENY. */
  readonly attributes: readonly string[]
  readonly reason: Reason
  readonly basis: Decision['basis']
  readonly ask: boolean
  readonly validUntil: Instant | null
  readonly evidenceEvent: string | undefined
  /** Of the purpose when this was decided: once it is higher, a kept answer no longer counts. */
  readonly reconsentMin: number
}

const questionsFor = (key: PermissionKey, attributes: readonly string[]): readonly Query[] =>
  attributes.map((attribute) => ({ ...key, system: houseSystem, attribute }))

const earliest = (all: readonly Decision[]): Instant | null =>
  all.reduce<Instant | null>(
    (least, { validUntil }) =>
      validUntil === null ? least : least === null ? validUntil : Math.min(least, validUntil),
    null,
  )

/**
 * Asks the one decision for each attribute of the purpose and folds the answers: permitted when any attribute is, and
 * only for those. It decides nothing itself, so a kept permission and a single question cannot differ.
 */
export function decideKey(key: PermissionKey, facts: Facts, registry: Registry, now: Instant): KeyDecision {
  const attributes = registry.purposes.get(key.purpose)?.attributes ?? []
  const answers = questionsFor(key, attributes).map((query) => ({
    attribute: query.attribute,
    answer: decide(query, facts, registry, now),
  }))
  const permitted = answers.filter(({ answer }) => answer.decision === 'PERMIT')
  const telling = permitted[0]?.answer ?? answers[0]?.answer
  const all = answers.map(({ answer }) => answer)
  return {
    key,
    decision: permitted.length > 0 ? 'PERMIT' : 'DENY',
    attributes: permitted.map(({ attribute }) => attribute),
    reason: telling?.reason ?? 'ATTRIBUTE_NOT_IN_PURPOSE',
    basis: telling?.basis ?? null,
    ask: permitted.length === 0 && all.some(({ ask }) => ask),
    validUntil: earliest(all),
    reconsentMin: registry.purposes.get(key.purpose)?.reconsentMin ?? 0,
    evidenceEvent: telling?.evidence.find(({ kind }) => kind === 'consent-event')?.ref,
  }
}
