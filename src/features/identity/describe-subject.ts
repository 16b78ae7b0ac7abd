import type { SubjectId } from '../../kernel/ids.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import { type EmailAddress, parseEmailAddress } from './email-address.ts'
import { type Identifier, identifierPlace } from './identifier.ts'
import type { StoredIdentifier } from './identifier-store.ts'
import type { IdentityReads } from './identity-stores.ts'
import type { Passkey } from './passkey-store.ts'
import { type PhoneNumber, parsePhoneNumber, receivesTexts } from './phone-number.ts'
import type { Subject } from './subject.ts'

export interface SubjectDescription extends Subject {
  readonly identifiers: readonly Identifier[]
  /** The first verified address: what the account is called where a name is needed. */
  readonly email: EmailAddress | undefined
  readonly passkeys: readonly Passkey[]
  readonly password: { readonly changedAt: Date } | undefined
}

/** The account as its owner, or whoever acts for the house, may see it; undefined when there is none or its key is gone. */
export async function describeSubject(
  deps: { readonly reads: IdentityReads; readonly sealer: SubjectSealer },
  subjectId: SubjectId,
): Promise<SubjectDescription | undefined> {
  const subject = await deps.reads.subjects.find(subjectId)
  if (subject === undefined || subject.state === 'erased') return undefined
  const [identifiers, passkeys, password] = await Promise.all([
    readIdentifiers(deps, subjectId),
    deps.reads.passkeys.list(subjectId),
    deps.reads.passwords.find(subjectId),
  ])
  const [email] = verifiedEmails(identifiers)
  return {
    ...subject,
    identifiers,
    email,
    passkeys,
    password: password && { changedAt: password.changedAt },
  }
}

export async function readIdentifiers(
  deps: { readonly reads: Pick<IdentityReads, 'identifiers'>; readonly sealer: SubjectSealer },
  subjectId: SubjectId,
): Promise<readonly Identifier[]> {
  return openIdentifiers(deps, subjectId, await deps.reads.identifiers.list(subjectId))
}

/** Opens what was read of one person. */
export async function openIdentifiers(
  deps: { readonly sealer: SubjectSealer },
  subjectId: SubjectId,
  stored: readonly StoredIdentifier[],
): Promise<readonly Identifier[]> {
  return Promise.all(
    stored.map(async ({ sealedValue, verifiedAt, ...identifier }) => ({
      ...identifier,
      value: await deps.sealer.openText(subjectId, identifierPlace(identifier.identifierId), sealedValue),
      ...(verifiedAt === undefined ? {} : { verifiedAt }),
    })),
  )
}

/** The first number the person proved that takes text messages. */
export const textNumberOf = (identifiers: readonly Identifier[]): PhoneNumber | undefined =>
  identifiers
    .filter(({ kind, verifiedAt }) => kind === 'phone' && verifiedAt !== undefined)
    .map(({ value }) => parsePhoneNumber(value))
    .find((one) => one !== undefined && receivesTexts(one))

/** Addresses the person proved to read, oldest first: where news about the account's safety goes. */
export const verifiedEmails = (identifiers: readonly Identifier[]): readonly EmailAddress[] =>
  identifiers
    .filter(({ kind, verifiedAt }) => kind === 'email' && verifiedAt !== undefined)
    .map(({ value }) => parseEmailAddress(value))
    .filter((address) => address !== undefined)
