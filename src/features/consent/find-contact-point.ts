import type { ContactChannel } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { BlindIndex, SubjectSealer } from '../../platform/crypto/index.ts'
import {
  emailIndex,
  type IdentityReads,
  parseEmailAddress,
  parsePhoneNumber,
  phoneIndex,
  readIdentifiers,
} from '../identity/index.ts'
import { identifierKindOf } from './contact-points.ts'

export interface ContactPointParts {
  readonly reads: Pick<IdentityReads, 'identifiers'>
  readonly sealer: SubjectSealer
  readonly blindIndex: BlindIndex
}

const kindOf = (value: string): 'email' | 'phone' =>
  parseEmailAddress(value) === undefined ? 'phone' : 'email'

/** By the index that also finds accounts, so that one address is one contact point however it is written. */
function indexOf({ blindIndex }: ContactPointParts, value: string): Uint8Array | undefined {
  const email = parseEmailAddress(value)
  if (email !== undefined) return emailIndex(blindIndex, email)
  const phone = parsePhoneNumber(value)
  return phone === undefined ? undefined : phoneIndex(blindIndex, phone)
}

/**
 * Which contact point of the person an e-mail address or a number in E.164 is; undefined when it is none of theirs, or cannot
 * be reached over the contact channel that is named.
 */
export async function findContactPoint(
  parts: ContactPointParts,
  subjectId: SubjectId,
  value: string,
  over?: ContactChannel,
): Promise<string | undefined> {
  if (over !== undefined && identifierKindOf(over) !== kindOf(value)) return undefined
  const sought = indexOf(parts, value)
  if (sought === undefined) return undefined
  const found = (await readIdentifiers(parts, subjectId)).find((one) => {
    const index = indexOf(parts, one.value)
    return index !== undefined && Buffer.from(index).equals(sought)
  })
  return found?.identifierId
}
