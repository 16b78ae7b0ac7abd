import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import type { SigningKey } from './jws.ts'
import type { Kek } from './kek.ts'
import type { RotatingKey } from './key-rotation.ts'
import type { SigningAlgorithm } from './signing-algorithm.ts'

/** `kid` is the RFC 7638 thumbprint of the public key: two processes never name one key differently. */
export interface StoredSigningKey extends RotatingKey {
  readonly publicJwk: JWK
  readonly wrappedPrivateJwk: Uint8Array
  readonly kekId: string
}

/** A new key in state `published`: in the JWKS, not yet signing. The private part exists outside the KEK only here. */
export async function generateSigningKey(
  kek: Kek,
  algorithm: SigningAlgorithm,
  now: Date,
): Promise<StoredSigningKey> {
  const pair = await generateKeyPair(algorithm, {
    extractable: true,
    ...(algorithm === 'RS256' ? { modulusLength: 3072 } : {}),
    ...(algorithm === 'EdDSA' ? { crv: 'Ed25519' } : {}),
  })
  const bare = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(bare, 'sha256')
  const privateJwk = { ...(await exportJWK(pair.privateKey)), kid, alg: algorithm, use: 'sig' }
  const wrappedPrivateJwk = await kek.wrap(Buffer.from(JSON.stringify(privateJwk), 'utf8'), contextOf(kid))
  return {
    kid,
    algorithm,
    state: 'published',
    createdAt: now,
    since: now,
    publicJwk: publicJwkOf({ ...bare, kid, alg: algorithm, use: 'sig' }),
    wrappedPrivateJwk,
    kekId: kek.id,
  }
}

/** Unwraps a stored key for signing. `privateJwk` is for the protocol engine, which takes keys as JWKs. */
export async function openSigningKey(
  kek: Kek,
  stored: StoredSigningKey,
): Promise<SigningKey & { readonly privateJwk: JWK }> {
  const plain = await kek.unwrap(stored.wrappedPrivateJwk, contextOf(stored.kid))
  const privateJwk: JWK = JSON.parse(Buffer.from(plain).toString('utf8'))
  const key = await importJWK(privateJwk, stored.algorithm)
  return { kid: stored.kid, algorithm: stored.algorithm, key, privateJwk }
}

const publicMembers = ['kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'alg', 'use'] as const

/** Only the members known to be public, so that no private one can slip into a JWKS (R37). */
export function publicJwkOf(jwk: JWK): JWK {
  return Object.fromEntries(
    publicMembers.flatMap((member) => (jwk[member] === undefined ? [] : [[member, jwk[member]]])),
  )
}

const contextOf = (kid: string) => `signing-key|${kid}`
