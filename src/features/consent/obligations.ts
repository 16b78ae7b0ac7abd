import type { Facts } from './facts.ts'
import type { PermissionKey } from './permission-key.ts'
import type { LegalBasis, Purpose } from './purpose.ts'
import type { RecipientSystem } from './registry.ts'
import type { RulePack } from './rule-pack.ts'

/** What a recipient takes on together with a PERMIT. */
export type Obligation =
  | 'include_optout'
  | 'identify_as_commercial'
  | 'name_sender'
  | 'no_onward_use'
  | 'offer_objection'
  | 'state_source'
  | 'commercial_number_code'
  | 'call_window'
  | 'record_call'
  | 'hash_with_partner_salt'
  | 'delete_after_match'

const everyMessage: readonly Obligation[] = ['include_optout', 'identify_as_commercial', 'name_sender']

/**
 * Obligations of a permitted use. Marketing messages are recognisable, name their sender and carry a way out (LSSI 20.1,
 * 21.2, ePrivacy Art. 13(4)); where nobody said yes, the right to object is brought to attention (GDPR Art. 21(4));
 * audiences shared with another controller leave hashed and are deleted once matched; first contact on data from
 * elsewhere states the source (Art. 14(3)(b)). The jurisdiction adds its own for the contact channel.
 */
export function obligationsOf(
  purpose: Purpose,
  key: PermissionKey,
  system: RecipientSystem,
  basis: LegalBasis,
  pack: RulePack,
  facts: Facts,
): readonly Obligation[] {
  const obligations = new Set<Obligation>(purpose.obligations)
  const contacts = key.contactChannel !== 'none'
  if (purpose.class === 'marketing') {
    if (contacts) {
      for (const obligation of everyMessage) obligations.add(obligation)
      for (const obligation of pack.obligations[key.contactChannel] ?? []) obligations.add(obligation)
    }
    obligations.add('no_onward_use')
    if (basis === 'soft_opt_in' || basis === 'legitimate_interest') obligations.add('offer_objection')
    if (system.role === 'controller') {
      obligations.add('hash_with_partner_salt')
      obligations.add('delete_after_match')
    }
  }
  if (contacts && facts.sourceNoticeDue === true) obligations.add('state_source')
  return [...obligations]
}
