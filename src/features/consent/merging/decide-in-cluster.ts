import type { Instant } from '../calendar.ts'
import { Matter, type Query } from '../decision/matter.ts'
import { type Decision, decide } from '../decision.ts'
import { decideKey, type KeyDecision } from '../key-decision.ts'
import type { PermissionKey } from '../permission-key.ts'
import type { Registry } from '../registry.ts'
import { factsInCluster } from './facts-in-cluster.ts'
import type { FactsInCluster } from './linked-profile.ts'

const earlier = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null ? b : b === null ? a : Math.min(a, b)

/** The facts the question is decided on, and until when time leaves that view as it is. */
function viewFor(query: Query, facts: FactsInCluster, registry: Registry, now: Instant) {
  const { key, purpose, pack, watch } = new Matter(query, facts, registry, now)
  const view = factsInCluster(facts, { key, purpose, pack, watch, attribute: query.attribute })
  return { view, validUntil: watch.validUntil() }
}

/** The one decision, about an account whose person may have others. Without others it is the decision as it is. */
export function decideInCluster(
  query: Query,
  facts: FactsInCluster,
  registry: Registry,
  now: Instant,
): Decision {
  const { view, validUntil } = viewFor(query, facts, registry, now)
  const decision = decide(query, view, registry, now)
  return { ...decision, validUntil: earlier(decision.validUntil, validUntil) }
}

/** The same for a whole key: attribute by attribute, since another account's yes reaches some values and not others. */
export function decideKeyInCluster(
  key: PermissionKey,
  facts: FactsInCluster,
  registry: Registry,
  now: Instant,
): KeyDecision {
  const purpose = registry.purposes.get(key.purpose)
  if (facts.linked === undefined || facts.linked.length === 0 || purpose === undefined)
    return decideKey(key, facts, registry, now)
  const answers = purpose.attributes.map((attribute) => {
    const { view, validUntil } = viewFor({ ...key, system: '', attribute }, facts, registry, now)
    const purposes = new Map([[key.purpose, { ...purpose, attributes: [attribute] }]])
    const answer = decideKey(key, view, { ...registry, purposes }, now)
    return { ...answer, validUntil: earlier(answer.validUntil, validUntil) }
  })
  const permitted = answers.filter(({ decision }) => decision === 'PERMIT')
  const telling = permitted[0] ?? answers[0]
  if (telling === undefined) return decideKey(key, facts, registry, now)
  return {
    ...telling,
    attributes: permitted.flatMap(({ attributes }) => attributes),
    ask: permitted.length === 0 && answers.some(({ ask }) => ask),
    validUntil: answers.reduce<Instant | null>((least, { validUntil }) => earlier(least, validUntil), null),
  }
}
