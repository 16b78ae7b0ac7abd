import { compactDecrypt, createRemoteJWKSet, decodeJwt, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  basic,
  personCalled,
  post,
  type RelyingParty,
  tokensFor,
  userinfo,
  Visitor,
} from '../house/visitor.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { registerClient } from './support/client-of-house.ts'

let app: TestApp
let careful: RelyingParty
let key: CryptoKey

beforeAll(async () => {
  app = await startTestApp({ people: true })
  const pair = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true })
  key = pair.privateKey
  careful = await registerClient(app, 'cuidadosa', 'https://cuidadosa.example/callback', {
    jwks: { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'enc', use: 'enc', alg: 'ECDH-ES' }] },
    id_token_signed_response_alg: 'ES256',
    id_token_encrypted_response_alg: 'ECDH-ES',
    id_token_encrypted_response_enc: 'A256GCM',
    userinfo_signed_response_alg: 'ES256',
    userinfo_encrypted_response_alg: 'ECDH-ES',
    userinfo_encrypted_response_enc: 'A256GCM',
    introspection_signed_response_alg: 'ES256',
  })
})

afterAll(() => app?.close())

/** What only the client can read, and everybody could see to be ours. */
async function opened(sealed: string) {
  const { plaintext } = await compactDecrypt(sealed, key)
  const keys = createRemoteJWKSet(new URL(`${app.origin}/oidc/jwks`))
  return jwtVerify(new TextDecoder().decode(plaintext), keys, { issuer: app.origin, audience: 'cuidadosa' })
}

describe('a client that asks for encrypted answers', () => {
  it('gets its ID token and userinfo signed by us and readable by nobody else', async () => {
    const tokens = await tokensFor(app.origin, new Visitor(app.origin), careful, personCalled('ana'))
    expect(tokens.id_token!.split('.')).toHaveLength(5)
    expect(() => decodeJwt(tokens.id_token!)).toThrow()
    const { payload } = await opened(tokens.id_token!)
    const answer = await userinfo(app.origin, tokens.access_token)
    expect(answer.headers.get('content-type')).toMatch(/^application\/jwt/)
    const told = (await opened(await answer.text())).payload
    expect(told).toMatchObject({ sub: payload.sub, given_name: 'Ana' })
    const other = await generateKeyPair('ECDH-ES', { crv: 'P-256' })
    await expect(compactDecrypt(tokens.id_token!, other.privateKey)).rejects.toThrow()
  })

  it('and what it learns of a token signed, when it asks for that (RFC 9701)', async () => {
    const tokens = await tokensFor(app.origin, new Visitor(app.origin), careful, personCalled('ana'))
    const ask = (accept: string) =>
      fetch(`${app.origin}/oidc/introspect`, {
        method: 'POST',
        headers: { accept, authorization: basic('cuidadosa', careful.secret!) },
        body: new URLSearchParams({ token: tokens.access_token }),
      })
    const signed = await ask('application/token-introspection+jwt')
    expect(signed.headers.get('content-type')).toMatch(/^application\/token-introspection\+jwt/)
    const keys = createRemoteJWKSet(new URL(`${app.origin}/oidc/jwks`))
    const { payload } = await jwtVerify(await signed.text(), keys, {
      issuer: app.origin,
      audience: 'cuidadosa',
      typ: 'token-introspection+jwt',
    })
    expect(payload['token_introspection']).toMatchObject({ active: true, client_id: 'cuidadosa' })
    const plain = await post(app.origin, '/oidc/introspect', careful, { token: tokens.access_token })
    expect(await plain.json()).toMatchObject({ active: true })
  })
})
