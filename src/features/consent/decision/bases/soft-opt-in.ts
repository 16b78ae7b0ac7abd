import { isMinor } from '../../age.ts'
import { plus } from '../../calendar.ts'
import type { Purchase } from '../../facts.ts'
import { areSimilar } from '../../registry.ts'
import { exclusionFrom } from '../exclusion-lists.ts'
import type { Basis, Matter } from '../matter.ts'
import { deny, permit } from '../matter.ts'

/**
 * Soft opt-in (ePrivacy Art. 13(2), LSSI 21.2): own customers, own similar products, a way out offered when the address
 * was taken. Never after a no or an objection, which would be swapping the basis, and never on children. Somebody who
 * never bought is no customer, and the plain lack of consent says it all.
 */
export const softOptIn: Basis = (matter) => {
  const { facts, pack, watch } = matter
  const objection = matter.objection()
  if (objection !== undefined) return deny('OBJECTED', objection)
  const { no } = matter.standing()
  if (no !== undefined) return deny(no.type === 'refused' ? 'CONSENT_REFUSED' : 'CONSENT_WITHDRAWN', no)
  if (facts.subject.purchases.length === 0) return deny('NO_CONSENT')
  if (isMinor(facts.subject, pack, watch)) return deny('MINOR_MARKETING')
  const purchase = facts.subject.purchases.find((sale) => isRelation(sale, matter))
  if (purchase === undefined) return deny('SOFT_OPT_IN_CONDITIONS_NOT_MET')
  const excluded = exclusionFrom('soft_opt_in', matter)
  if (excluded !== undefined) return deny(excluded)
  const ref = purchase.id ?? `${purchase.controller}/${new Date(purchase.at).toISOString()}`
  return permit('soft_opt_in', 'SOFT_OPT_IN', { kind: 'purchase', ref })
}

/** All five conditions on one and the same sale. A channel without a maximum age in the pack has no soft opt-in. */
function isRelation(sale: Purchase, { query, key, system, pack, registry, watch }: Matter): boolean {
  const maxAge = pack.softOptInMaxAge[key.contactChannel]
  return (
    system.role !== 'controller' &&
    sale.controller === query.controller &&
    sale.optOutOffered &&
    (sale.contactPoint === undefined || sale.contactPoint === key.contactPoint) &&
    query.campaignCategory !== undefined &&
    areSimilar(registry.productFamilies, sale.category, query.campaignCategory) &&
    maxAge !== undefined &&
    watch.reached(sale.at) &&
    !watch.reached(plus(sale.at, maxAge))
  )
}
