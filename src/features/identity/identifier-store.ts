import type { IdentifierId, SubjectId } from '../../kernel/ids.ts'
import type { IdentifierKind } from './identifier.ts'

export interface StoredIdentifier {
  readonly subjectId: SubjectId
  readonly identifierId: IdentifierId
  readonly kind: IdentifierKind
  readonly sealedValue: Uint8Array
  readonly verifiedAt: Date | undefined
  readonly createdAt: Date
}

export interface FormerIdentifier {
  readonly kind: IdentifierKind
  readonly createdAt: Date
  readonly removedAt: Date
}

export interface IdentifierReads {
  /** Whose identifier this is, by its blind index. */
  findSubject(index: Uint8Array): Promise<SubjectId | undefined>
  /**
   * The same, for whoever has an account: a contact point they proved, or a credential. Whoever was only imported or enrolled
   * in a store has none yet, and is answered like a stranger until they prove the address (R80).
   */
  findAccount(index: Uint8Array): Promise<SubjectId | undefined>
  /** Whose identifier this is while it was never proven and its subject, who is active, has no account. */
  findUnproven(
    index: Uint8Array,
  ): Promise<{ readonly subjectId: SubjectId; readonly identifierId: IdentifierId } | undefined>
  list(subjectId: SubjectId): Promise<readonly StoredIdentifier[]>
  /** What each of several people proved, oldest first; nothing of whoever was erased. */
  provenOf(subjects: readonly SubjectId[]): Promise<readonly StoredIdentifier[]>
  /** Those that were forgotten, oldest first: that there was one, and when, without its value. */
  former(subjectId: SubjectId): Promise<readonly FormerIdentifier[]>
}

/**
 * Port. Promises: of any number of parallel claims of one index exactly one is true, in the whole house; the others are
 * told false and change nothing.
 */
export interface IdentifierStore extends IdentifierReads {
  claim(
    index: Uint8Array,
    owner: {
      readonly kind: IdentifierKind
      readonly subjectId: SubjectId
      readonly identifierId: IdentifierId
    },
  ): Promise<boolean>
  insert(identifier: StoredIdentifier): Promise<void>
  /**
   * Marks an identifier as proven, which begins its subject's account. Of any number of parallel calls one is true; false,
   * with nothing changed, also where there is an account already.
   */
  prove(subjectId: SubjectId, identifierId: IdentifierId, at: Date): Promise<boolean>
  /**
   * Deletes an identifier and its lookup while it is unverified and its subject has nothing to sign in with: no verified
   * identifier, no passkey, no password. False, with nothing changed, otherwise. That there was one stays on record, by its
   * id and dates and without its value: a past decision may have been about it.
   */
  removeUnproven(
    subjectId: SubjectId,
    identifierId: IdentifierId,
    index: Uint8Array | undefined,
    at: Date,
  ): Promise<boolean>
  /**
   * The same, and with it the subject and their key, where nothing else in the house hangs on them: no act, no answer, no other
   * contact point, whoever brought it. Their id is never used again. False, with nothing changed, otherwise.
   */
  removePerson(
    subjectId: SubjectId,
    identifierId: IdentifierId,
    index: Uint8Array | undefined,
  ): Promise<boolean>
}
