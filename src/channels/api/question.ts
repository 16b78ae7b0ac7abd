import { z } from 'zod'
import { type DenyReason, findContactPoint, type Query } from '../../features/consent/index.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { ApiDeps } from './api-deps.ts'
import type { Asking } from './asking.ts'
import { described, purposeField, subField } from './operation.ts'
import { contactChannelField } from './shapes.ts'

export const question = z.strictObject({
  sub: subField,
  purpose: purposeField,
  contact_channel: contactChannelField,
  contact_point: described(
    z.string().min(3).max(320).optional(),
    'The e-mail address or number you would use; left out, the one the person can be reached at. What is not theirs is a no.',
  ),
  attribute: described(z.string().min(1).max(100), 'The attribute you want to use.'),
  campaign_category: described(
    z.string().min(1).max(100).optional(),
    'What the campaign sells; needed where only similar products may be advertised to a customer.',
  ),
})
export type Question = z.infer<typeof question>

/** A no that falls before the rules are asked, or in place of their answer. */
export const plainNo = (reason: DenyReason | 'SUBJECT_UNKNOWN' | 'CONTACT_POINT_UNKNOWN') => ({
  decision: 'DENY' as const,
  reason,
  basis: null,
  ask: false,
  obligations: [],
  valid_until: null,
})

/** The question as the one decision is asked it. */
export const queryOf = ({ system, controller, brand }: Asking, one: Question): Query => ({
  system,
  controller,
  brand,
  purpose: one.purpose,
  contactChannel: one.contact_channel,
  attribute: one.attribute,
  ...(one.campaign_category === undefined ? {} : { campaignCategory: one.campaign_category }),
})

/**
 * The question about the address it names, where it names one. Undefined for an address that is none of the person's, or that
 * this contact channel does not reach.
 */
export async function aboutContactPoint(
  { contactPoints }: Pick<ApiDeps, 'contactPoints'>,
  subjectId: SubjectId,
  query: Query,
  address: string | undefined,
): Promise<Query | undefined> {
  if (address === undefined) return query
  const contactPoint = await findContactPoint(contactPoints, subjectId, address, query.contactChannel)
  return contactPoint === undefined ? undefined : { ...query, contactPoint }
}
