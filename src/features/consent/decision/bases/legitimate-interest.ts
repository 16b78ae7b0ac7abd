import { isMinor } from '../../age.ts'
import { exclusionFrom } from '../exclusion-lists.ts'
import type { Basis } from '../matter.ts'
import { deny, permit } from '../matter.ts'

/**
 * Legitimate interest (GDPR Art. 6(1)(f)): while nobody objected (21(1), 21(2)) and the balancing test is approved and
 * in date. For marketing it never replaces a consent that was refused or withdrawn, is not turned on children (recital
 * 38), and yields to the exclusion lists.
 */
export const legitimateInterest: Basis = (matter) => {
  const { purpose, facts, pack, watch } = matter
  const objection = matter.objection()
  if (objection !== undefined) return deny('OBJECTED', objection)
  const marketing = purpose.class === 'marketing'
  if (marketing) {
    const { no } = matter.standing()
    if (no !== undefined) return deny(no.type === 'refused' ? 'CONSENT_REFUSED' : 'CONSENT_WITHDRAWN', no)
    if (isMinor(facts.subject, pack, watch)) return deny('MINOR_MARKETING')
  }
  const { assessment } = purpose
  if (assessment === undefined || !assessment.approved || watch.reached(assessment.reviewBy)) {
    return deny('LIA_MISSING_OR_STALE')
  }
  const excluded = marketing ? exclusionFrom('legitimate_interest', matter) : undefined
  if (excluded !== undefined) return deny(excluded)
  const ref = assessment.reference ?? `purpose:${purpose.id}`
  return permit('legitimate_interest', 'LEGITIMATE_INTEREST', { kind: 'assessment', ref })
}
