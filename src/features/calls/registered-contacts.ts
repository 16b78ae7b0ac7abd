import { createHash } from 'node:crypto'
import { notFound } from '../../kernel/errors.ts'
import type { IdentifierId, SubjectId } from '../../kernel/ids.ts'
import type { MessageAddress } from '../consent/index.ts'
import {
  emailIndex,
  maskEmailAddress,
  maskPhoneNumber,
  parseEmailAddress,
  parsePhoneNumber,
  phoneIndex,
  readIdentifiers,
  receivesTexts,
} from '../identity/index.ts'
import type { Call, CallId } from './call.ts'
import type { CallParts } from './call-ports.ts'
import type { MaskedContact } from './masked-candidate.ts'

/** A way to a person that they proved to be theirs before this call. */
export interface RegisteredContact {
  readonly identifierId: IdentifierId
  readonly shown: MaskedContact
  readonly address: MessageAddress
  /** Blind index of the address. */
  readonly index: Uint8Array
}

/** The contact point's name in one call: another call has another, so it can be carried from one to the next by nobody. */
const keyIn = (callId: CallId, identifierId: IdentifierId): string =>
  createHash('sha256')
    .update(`call contact ${callId} ${identifierId}`, 'utf8')
    .digest('base64url')
    .slice(0, 12)

/**
 * Contact points that were verified before the call began, oldest first: one that the caller brings along now proves nothing,
 * and one added today by whoever took the account over comes last.
 */
export async function registeredContacts(
  parts: Pick<CallParts, 'reads' | 'sealer' | 'blindIndex' | 'messages'>,
  { id: callId, openedAt }: Pick<Call, 'id' | 'openedAt'>,
  subjectId: SubjectId,
): Promise<readonly RegisteredContact[]> {
  const identifiers = await readIdentifiers(parts, subjectId)
  return identifiers
    .filter(({ verifiedAt }) => verifiedAt !== undefined && verifiedAt < openedAt)
    .flatMap(({ kind, value, identifierId }): readonly RegisteredContact[] => {
      const key = keyIn(callId, identifierId)
      const email = kind === 'email' ? parseEmailAddress(value) : undefined
      if (email !== undefined) {
        return [
          {
            identifierId,
            shown: { key, kind: 'email', masked: maskEmailAddress(email), takesCode: true },
            address: { kind: 'email', address: email },
            index: emailIndex(parts.blindIndex, email),
          },
        ]
      }
      const number = kind === 'phone' ? parsePhoneNumber(value) : undefined
      if (number === undefined) return []
      const takesCode = parts.messages.texts && receivesTexts(number)
      return [
        {
          identifierId,
          shown: { key, kind: 'phone', masked: maskPhoneNumber(number), takesCode },
          address: { kind: 'phone', number },
          index: phoneIndex(parts.blindIndex, number),
        },
      ]
    })
}

export async function contactNamed(
  parts: Pick<CallParts, 'reads' | 'sealer' | 'blindIndex' | 'messages'>,
  call: Pick<Call, 'id' | 'openedAt'>,
  subjectId: SubjectId,
  wanted: (contact: RegisteredContact) => boolean,
): Promise<RegisteredContact> {
  const found = (await registeredContacts(parts, call, subjectId)).find(wanted)
  if (found === undefined) {
    throw notFound('contact-point-unknown', 'This is no verified contact point of whoever was chosen.')
  }
  return found
}
