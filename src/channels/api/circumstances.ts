import { findContactPoint } from '../../features/consent/index.ts'
import { invalid } from '../../kernel/errors.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { GuardedRequest } from '../../platform/web/route.ts'
import type { ApiDeps } from './api-deps.ts'
import type { Asking } from './asking.ts'

/** About whom something was reported, and by which client. */
export const keptBy = (
  { client }: Asking,
  { actor, evidence }: Pick<GuardedRequest, 'actor' | 'evidence'>,
  subjectId: SubjectId,
) => ({ subjectId, actor, evidence: { ...evidence, clientId: client.clientId } })

/**
 * The contact point that an address is, where one was sent. One that is not the person's is refused: taken in without it, a
 * stop would reach further than was said, and a sale would speak for an address nobody took.
 */
export async function contactPointOf(
  { contactPoints }: Pick<ApiDeps, 'contactPoints'>,
  subjectId: SubjectId,
  address: string | undefined,
): Promise<{ readonly contactPoint?: string }> {
  if (address === undefined) return {}
  const contactPoint = await findContactPoint(contactPoints, subjectId, address)
  if (contactPoint !== undefined) return { contactPoint }
  throw contactPointUnknown('/address')
}

export const contactPointUnknown = (field: string) =>
  invalid('contact-point-unknown', 'This is no address or number of this person.', [
    { field, code: 'contact-point-unknown' },
  ])
