import type { InternalSuppression } from '../facts.ts'
import type { PermissionKey } from '../permission-key.ts'
import type { Rule } from './matter.ts'
import { deny } from './matter.ts'

/** Whether a stop of ours reaches the contact that is asked about. */
export const stops = (entry: InternalSuppression, key: PermissionKey): boolean =>
  (entry.contactChannel === '*' || entry.contactChannel === key.contactChannel) &&
  (entry.contactPoint === undefined ||
    key.contactPoint === undefined ||
    entry.contactPoint === key.contactPoint)

/**
 * Rule 6. After a complaint, a hard bounce or a court order no marketing goes there, consent or not. Messages the person
 * needs, such as a security notice, are not marketing and still go.
 */
export const suppression: Rule = ({ key, purpose, facts }) => {
  if (purpose.class !== 'marketing') return undefined
  const hit = facts.suppression.internal.some((entry) => stops(entry, key))
  return hit ? deny('SUPPRESSED_INTERNAL') : undefined
}
