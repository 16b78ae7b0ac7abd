import { randomBytes } from 'node:crypto'
import { calculateJwkThumbprint, importJWK, SignJWT, UnsecuredJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { environmentKek } from '../../../src/platform/crypto/environment-kek.ts'
import { type SigningKey, signJws, type VerifyOptions, verifyJws } from '../../../src/platform/crypto/jws.ts'
import { SealBroken } from '../../../src/platform/crypto/sealing.ts'
import type { SigningAlgorithm } from '../../../src/platform/crypto/signing-algorithm.ts'
import {
  generateSigningKey,
  openSigningKey,
  type StoredSigningKey,
} from '../../../src/platform/crypto/signing-keys.ts'

const kek = environmentKek([randomBytes(32)])
const now = new Date('2026-11-22T10:00:00Z')
const seconds = Math.floor(now.getTime() / 1000)
const claims = { iss: 'https://id.example.com', aud: 'shop', sub: 'ana', iat: seconds, exp: seconds + 300 }

let stored: StoredSigningKey
let key: SigningKey
let options: VerifyOptions

beforeAll(async () => {
  stored = await generateSigningKey(kek, 'ES256', now)
  key = await openSigningKey(kek, stored)
  options = {
    algorithms: ['ES256'],
    typ: 'receipt+jwt',
    now,
    issuer: claims.iss,
    audience: 'shop',
    keyFor: async (kid) => (kid === stored.kid ? importJWK(stored.publicJwk, 'ES256') : undefined),
  }
})

describe('signing keys', () => {
  it.each<SigningAlgorithm>(['ES256', 'RS256', 'EdDSA'])(
    'of %s sign what their published part verifies, and publish nothing private (R37)',
    async (algorithm) => {
      const made = await generateSigningKey(kek, algorithm, now)
      expect(made.kid).toBe(await calculateJwkThumbprint(made.publicJwk))
      expect(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].filter((member) => member in made.publicJwk)).toEqual([])
      const token = await signJws(claims, await openSigningKey(kek, made), 'receipt+jwt')
      const verified = await verifyJws(token, {
        ...options,
        algorithms: [algorithm],
        keyFor: async () => importJWK(made.publicJwk, algorithm),
      })
      expect(verified).toEqual({ kid: made.kid, claims })
    },
  )

  it('open only under the key-encryption key that wrapped them, and only under their own name', async () => {
    await expect(openSigningKey(environmentKek([randomBytes(32)]), stored)).rejects.toThrow(SealBroken)
    await expect(openSigningKey(kek, { ...stored, kid: 'another' })).rejects.toThrow(SealBroken)
  })
})

describe('a signed document', () => {
  const refusal = { code: 'signature-refused', failure: 'unauthenticated' }
  const header = () => ({ alg: 'ES256', kid: stored.kid, typ: 'receipt+jwt' })
  const forge = (protectedHeader: object, signer: SigningKey['key'] = key.key, payload: object = claims) =>
    new SignJWT({ ...payload }).setProtectedHeader(protectedHeader as { alg: string }).sign(signer)

  it('is accepted as it was signed', async () => {
    expect((await verifyJws(await signJws(claims, key, 'receipt+jwt'), options)).claims).toEqual(claims)
  })

  it('is refused with one answer, whatever is wrong with it (R28)', async () => {
    const good = await signJws(claims, key, 'receipt+jwt')
    const [head, , signature] = good.split('.')
    const raw = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const rsa = await openSigningKey(kek, await generateSigningKey(kek, 'RS256', now))
    const other = await openSigningKey(kek, await generateSigningKey(kek, 'ES256', now))
    const publicBytes = Buffer.from(JSON.stringify(stored.publicJwk))
    const forged: Record<string, string> = {
      'no signature': new UnsecuredJWT(claims).encode(),
      'alg none': `${raw({ ...header(), alg: 'none' })}.${raw(claims)}.`,
      'HMAC with the public key': await forge({ ...header(), alg: 'HS256' }, publicBytes),
      'an algorithm not listed': await forge({ ...header(), alg: 'RS256' }, rsa.key),
      'another key under our kid': await forge(header(), other.key),
      'an unknown kid': await forge({ ...header(), kid: other.kid }, other.key),
      'no kid': await forge({ alg: 'ES256', typ: 'receipt+jwt' }),
      'its own key': await forge({ ...header(), jwk: stored.publicJwk }),
      'a key elsewhere': await forge({ ...header(), jku: 'https://evil.example/jwks' }),
      'a certificate elsewhere': await forge({ ...header(), x5u: 'https://evil.example/x' }),
      'another type': await forge({ ...header(), typ: 'at+jwt' }),
      'no type': await forge({ alg: 'ES256', kid: stored.kid }),
      'other claims': `${head}.${raw({ ...claims, sub: 'bruno' })}.${signature}`,
      'claims that are a list': await forge(header(), key.key, []),
      'another issuer': await forge(header(), key.key, { ...claims, iss: 'https://evil.example' }),
      'another audience': await forge(header(), key.key, { ...claims, aud: ['bank'] }),
      'a minute too old': await forge(header(), key.key, { ...claims, exp: seconds - 61 }),
      'a minute too early': await forge(header(), key.key, { ...claims, nbf: seconds + 61 }),
      'an expiry in words': await forge(header(), key.key, { ...claims, exp: 'never' }).catch(() => 'x.y.z'),
      'four parts': `${good}.x`,
      'a changed signature': `${good.slice(0, -4)}AAAA`,
      nothing: '',
      noise: '%%%.%%%.%%%',
    }
    for (const [what, token] of Object.entries(forged)) {
      await expect(verifyJws(token, options), what).rejects.toMatchObject(refusal)
    }
  })
})
