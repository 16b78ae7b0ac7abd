import type { SubjectId } from '../../kernel/ids.ts'
import {
  maskEmailAddress,
  maskPhoneNumber,
  openIdentifiers,
  parsePhoneNumber,
  verifiedEmails,
} from '../identity/index.ts'
import type { RequestParts } from './request-parts.ts'

function masked(identifiers: Awaited<ReturnType<typeof openIdentifiers>>): string | undefined {
  const [email] = verifiedEmails(identifiers)
  if (email !== undefined) return maskEmailAddress(email)
  const phone = identifiers.find(({ kind, verifiedAt }) => kind === 'phone' && verifiedAt !== undefined)
  const number = phone && parsePhoneNumber(phone.value)
  return number && maskPhoneNumber(number)
}

/**
 * Enough to tell two people of one list apart, and no more: an address each proved, masked. Nothing of whoever has none, and
 * of whoever was erased. One read for the whole list, and one key after another: an inbox takes one connection.
 */
export async function maskedPeople(
  parts: Pick<RequestParts, 'reads' | 'sealer'>,
  subjects: ReadonlySet<SubjectId>,
): Promise<ReadonlyMap<SubjectId, string>> {
  const people = new Map<SubjectId, string>()
  const found = Map.groupBy(
    await parts.reads.identifiers.provenOf([...subjects]),
    ({ subjectId }) => subjectId,
  )
  for (const [subjectId, stored] of found) {
    const shown = masked(await openIdentifiers(parts, subjectId, stored))
    if (shown !== undefined) people.set(subjectId, shown)
  }
  return people
}
