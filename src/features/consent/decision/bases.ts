import type { LegalBasis } from '../purpose.ts'
import type { DenyReason } from '../reason.ts'
import { consent } from './bases/consent.ts'
import { contract } from './bases/contract.ts'
import { legalObligation } from './bases/legal-obligation.ts'
import { legitimateInterest } from './bases/legitimate-interest.ts'
import { softOptIn } from './bases/soft-opt-in.ts'
import type { Basis, Matter, Rule } from './matter.ts'
import { deny } from './matter.ts'
import { isRestricted } from './restriction.ts'

const tried: Readonly<Record<LegalBasis, Basis>> = {
  consent,
  contract,
  legal_obligation: legalObligation,
  soft_opt_in: softOptIn,
  legitimate_interest: legitimateInterest,
}

/** The pack's order for purpose and contact channel, else the purpose's own; without a pack, marketing on consent only. */
function configured({ key, purpose, pack, registry }: Matter): readonly LegalBasis[] {
  const bases = pack.bases[key.purpose]?.[key.contactChannel] ?? purpose.bases
  return pack === registry.strictest && purpose.class === 'marketing' ? onlyConsent(bases) : bases
}

const onlyConsent = (bases: readonly LegalBasis[]): readonly LegalBasis[] =>
  bases.filter((basis) => basis === 'consent')

/** The bases that may carry the use at all, in the order they are tried; or why none may. */
export function basesToTry(matter: Matter): readonly LegalBasis[] | DenyReason {
  let order = configured(matter)
  if (order.length === 0) return 'NO_BASIS_CONFIGURED'
  if (matter.isSpecial() && matter.purpose.art9Ground === undefined) {
    order = onlyConsent(order)
    if (order.length === 0) return 'NO_ART9_CONDITION'
  }
  if (isRestricted(matter)) {
    order = onlyConsent(order)
    if (order.length === 0) return 'RESTRICTED'
  }
  return order
}

/**
 * Rule 7. The first basis that carries the use permits it. Special categories pass on (explicit) consent or on a ground
 * of Art. 9(2) the purpose has on record; restricted data on consent alone (Art. 18(2)).
 */
export const bases: Rule = (matter) => {
  const order = basesToTry(matter)
  if (typeof order === 'string') return deny(order)
  for (const basis of order) {
    const verdict = tried[basis](matter)
    if ('permit' in verdict) return verdict
    matter.failures.push(verdict)
  }
  return undefined
}
