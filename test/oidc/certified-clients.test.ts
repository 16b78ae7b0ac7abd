import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { arrangeClient, arrangeSubject, callback, openPool, secretOf } from './support/arrange.ts'
import { openBrowser } from './support/browser.ts'
import { walk } from './support/flow.ts'
import { type House, openHouse } from './support/house.ts'
import { type KeyOfClient, makeKey } from './support/keys.ts'

/* Independent implementations of the other side: what they accept, every app developer's library will. */
let database: TestDatabase
let house: House
let ana: SubjectId
let key: KeyOfClient

beforeAll(async () => {
  database = await createTestDatabase()
  const pool = openPool(database.connection)
  key = await makeKey()
  await arrangeClient(pool, {
    clientId: 'tienda-web',
    metadata: { post_logout_redirect_uris: ['https://tienda.example/adios'] },
  })
  await arrangeClient(pool, {
    clientId: 'tienda-clave',
    secrets: [],
    metadata: {
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [{ ...key.publicJwk, kid: 'k1' }] },
      id_token_signed_response_alg: 'EdDSA',
    },
  })
  await arrangeClient(pool, {
    clientId: 'tienda-app',
    secrets: [],
    metadata: {
      application_type: 'native',
      redirect_uris: ['es.tienda.app:/callback'],
      token_endpoint_auth_method: 'none',
    },
  })
  ana = await arrangeSubject(pool)
  await pool.end()
  house = await openHouse(database.appConnection)
  house.world.released = { email: 'ana@example.com', email_verified: true }
})

afterAll(async () => {
  await house?.close()
  await database?.drop()
})

const insecure = { execute: [client.allowInsecureRequests] }

describe('openid-client, knowing nothing but the issuer', () => {
  it('discovers, pushes its request, signs Ana in, reads about her, renews and signs her out', async () => {
    const config = await client.discovery(
      new URL(house.issuer),
      'tienda-web',
      {},
      client.ClientSecretBasic(secretOf('tienda-web')),
      insecure,
    )
    const verifier = client.randomPKCECodeVerifier()
    const url = await client.buildAuthorizationUrlWithPAR(config, {
      redirect_uri: callback,
      scope: 'openid email',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: 'st',
      nonce: 'no',
    })
    const browser = openBrowser()
    const arrival = await walk(house.origin, browser, url.href, { subjectId: ana })
    const tokens = await client.authorizationCodeGrant(config, new URL(`${callback}?${arrival.back}`), {
      pkceCodeVerifier: verifier,
      expectedState: 'st',
      expectedNonce: 'no',
    })
    expect(tokens.claims()?.sub).toBe(ana)
    const info = await client.fetchUserInfo(config, tokens.access_token, ana)
    expect(info).toEqual({ sub: ana, email: 'ana@example.com', email_verified: true })
    const renewed = await client.refreshTokenGrant(config, tokens.refresh_token!)
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token)
    const seen = await client.tokenIntrospection(config, renewed.access_token)
    expect(seen.active).toBe(true)
    await client.tokenRevocation(config, renewed.refresh_token!)
    expect((await client.tokenIntrospection(config, renewed.access_token)).active).toBe(false)
    const end = client.buildEndSessionUrl(config, {
      id_token_hint: renewed.id_token!,
      post_logout_redirect_uri: 'https://tienda.example/adios',
    })
    expect((await browser.get(end.href)).status).toBe(200)
  })

  it('signs its requests and itself with a key, and gets EdDSA because it asked (private_key_jwt, JAR)', async () => {
    const config = await client.discovery(
      new URL(house.issuer),
      'tienda-clave',
      { id_token_signed_response_alg: 'EdDSA' },
      client.PrivateKeyJwt({ key: key.privateKey, kid: 'k1' }),
      insecure,
    )
    const verifier = client.randomPKCECodeVerifier()
    const url = await client.buildAuthorizationUrlWithJAR(
      config,
      {
        redirect_uri: callback,
        scope: 'openid',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: 'st',
      },
      { key: key.privateKey, kid: 'k1' },
    )
    const arrival = await walk(house.origin, openBrowser(), url.href, { subjectId: ana })
    const tokens = await client.authorizationCodeGrant(config, new URL(`${callback}?${arrival.back}`), {
      pkceCodeVerifier: verifier,
      expectedState: 'st',
    })
    const header = JSON.parse(Buffer.from(tokens.id_token!.split('.')[0]!, 'base64url').toString())
    expect(header.alg).toBe('EdDSA')
    expect((await client.refreshTokenGrant(config, tokens.refresh_token!)).access_token).toBeDefined()
  })
})

describe('oauth4webapi, as a native app without a secret', () => {
  it('ties its tokens to a key on the phone, and reads with a proof (DPoP)', async () => {
    const options = { [oauth.allowInsecureRequests]: true }
    const issuer = new URL(house.issuer)
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options))
    const app: oauth.Client = { client_id: 'tienda-app' }
    const keys = await oauth.generateKeyPair('ES256')
    const proof = oauth.DPoP(app, keys)
    const verifier = oauth.generateRandomCodeVerifier()
    const url = new URL(as.authorization_endpoint!)
    url.search = new URLSearchParams({
      client_id: app.client_id,
      response_type: 'code',
      redirect_uri: 'es.tienda.app:/callback',
      scope: 'openid email',
      state: 'st',
      dpop_jkt: await proof.calculateThumbprint(),
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString()
    const arrival = await walk(house.origin, openBrowser(), url.href, { subjectId: ana })
    expect(arrival.prompts).toEqual(['login'])
    const back = oauth.validateAuthResponse(as, app, arrival.back, 'st')
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      app,
      oauth.None(),
      back,
      'es.tienda.app:/callback',
      verifier,
      { DPoP: proof, ...options },
    )
    const tokens = await oauth.processAuthorizationCodeResponse(as, app, response)
    expect(tokens.token_type).toBe('dpop')
    const info = await oauth.userInfoRequest(as, app, tokens.access_token, { DPoP: proof, ...options })
    expect(await oauth.processUserInfoResponse(as, app, ana, info)).toMatchObject({
      email: 'ana@example.com',
    })
    const renewed = await oauth.refreshTokenGrantRequest(as, app, oauth.None(), tokens.refresh_token!, {
      DPoP: proof,
      ...options,
    })
    expect((await oauth.processRefreshTokenResponse(as, app, renewed)).token_type).toBe('dpop')
  })
})
