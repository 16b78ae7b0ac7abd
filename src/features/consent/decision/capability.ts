import { purposeMatches } from '../permission-key.ts'
import type { Rule } from './matter.ts'
import { deny, unknownPurpose } from './matter.ts'

/**
 * Rule 1. Nobody may ask for a purpose that is not in the registry, that they are not registered for, or that has been
 * retired (GDPR Art. 5(1)(b)). An unknown purpose fails closed whatever was agreed to.
 */
export const capability: Rule = ({ query, purpose, system }) => {
  if (purpose === unknownPurpose) return deny('PURPOSE_UNKNOWN')
  if (!system.purposes.some((registered) => purposeMatches(registered, query.purpose))) {
    return deny('SYSTEM_NOT_AUTHORISED_FOR_PURPOSE')
  }
  if (purpose.retired) return deny('PURPOSE_RETIRED')
  return undefined
}
