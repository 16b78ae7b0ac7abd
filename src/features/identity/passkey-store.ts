import type { Id, SubjectId } from '../../kernel/ids.ts'

export type PasskeyId = Id<'passkey'>

export interface Passkey {
  readonly subjectId: SubjectId
  readonly passkeyId: PasskeyId
  /** As the authenticator made it, at most 1023 bytes. */
  readonly credentialId: Uint8Array
  /** COSE_Key. */
  readonly publicKey: Uint8Array
  readonly counter: number
  readonly transports: readonly string[]
  readonly backupEligible: boolean
  readonly backedUp: boolean
  readonly aaguid: string
  readonly name: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | undefined
}

export interface PasskeyReads {
  findByCredential(credentialId: Uint8Array): Promise<Passkey | undefined>
  list(subjectId: SubjectId): Promise<readonly Passkey[]>
}

type Of = Pick<Passkey, 'subjectId' | 'passkeyId'>

/**
 * Port. Promises: a credential id belongs to one subject in the whole house, for as long as it is kept (WebAuthn L3 7.1);
 * `add` answers false when somebody has it. `recordUse` is true only when the signature counter moved forward, or stands
 * at zero on both sides; of parallel uses of one counter value one is true (WebAuthn L3 7.2).
 */
export interface PasskeyStore extends PasskeyReads {
  add(passkey: Passkey): Promise<boolean>
  recordUse(
    of: Of,
    use: { readonly counter: number; readonly backedUp: boolean; readonly at: Date },
  ): Promise<boolean>
  rename(of: Of, name: string): Promise<boolean>
  remove(of: Of): Promise<boolean>
}
