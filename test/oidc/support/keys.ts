import { randomUUID } from 'node:crypto'
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

export interface KeyOfClient {
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
  readonly thumbprint: string
}

export async function makeKey(alg = 'ES256'): Promise<KeyOfClient> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const publicJwk = await exportJWK(publicKey)
  return { privateKey, publicJwk, thumbprint: await calculateJwkThumbprint(publicJwk) }
}

export const assertion = (
  key: KeyOfClient,
  clientId: string,
  audience: string | string[],
  more: { readonly exp?: number; readonly jti?: string; readonly alg?: string } = {},
) =>
  new SignJWT({ jti: more.jti ?? randomUUID() })
    .setProtectedHeader({ alg: more.alg ?? 'ES256' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(more.exp ?? Math.floor(Date.now() / 1000) + 50)
    .sign(key.privateKey)

export const dpopProof = (
  key: KeyOfClient,
  method: string,
  url: string,
  more: { readonly jti?: string; readonly ath?: string } = {},
) =>
  new SignJWT({
    htm: method,
    htu: url,
    jti: more.jti ?? randomUUID(),
    ...(more.ath ? { ath: more.ath } : {}),
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: key.publicJwk })
    .setIssuedAt()
    .sign(key.privateKey)

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
