/**
 * Keys, and what they seal. Everything secret at rest goes through here: values sealed with the subject's own key (which
 * a key-encryption key wraps, so that deleting one row shreds a person), identifiers found again through keyed blind
 * indexes, client-held state in AEAD tokens, signing keys and their life-cycle. The room knows no table and no person:
 * it is given ids and bytes. Every failure to open is the same closed error, which tells nothing about why.
 */
export type { BlindIndex, IdentifierKind } from './blind-index.ts'
export { createBlindIndex } from './blind-index.ts'
export type { DerivedKey, DerivedKeys, KeyName } from './derived-keys.ts'
export { deriveKeys } from './derived-keys.ts'
export { systemEntropy } from './entropy.ts'
export { environmentKek } from './environment-kek.ts'
export type { Jws, SigningKey, VerifiedJws, VerifyOptions } from './jws.ts'
export { signJws, verifyJws } from './jws.ts'
export type { Kek } from './kek.ts'
export type { KeyState, RotationPolicy, RotationStep } from './key-rotation.ts'
export { defaultRotation, planRotation, signingOrder } from './key-rotation.ts'
export type { KeyedHash } from './keyed-hash.ts'
export { keyedHash } from './keyed-hash.ts'
export {
  type Concealed,
  concealElement,
  concealMember,
  joinSdJwt,
  revealed,
  type SdJwt,
  splitSdJwt,
} from './sd-jwt.ts'
export type { SealedTokens } from './sealed-token.ts'
export { createSealedTokens } from './sealed-token.ts'
export type { Place, SealingKey } from './sealing.ts'
export { open, SealBroken, seal, sealingKey } from './sealing.ts'
export { codeHash, codeMatches, secretHash, secretMatches } from './secret-hash.ts'
export type { SigningAlgorithm } from './signing-algorithm.ts'
export type { SigningKeyStore } from './signing-key-store.ts'
export type { StoredSigningKey } from './signing-keys.ts'
export { generateSigningKey, openSigningKey, publicJwkOf } from './signing-keys.ts'
export type { SubjectKeyStore, WrappedSubjectKey } from './subject-key-store.ts'
export type { SubjectSealer } from './subject-sealer.ts'
export { createSubjectSealer } from './subject-sealer.ts'
