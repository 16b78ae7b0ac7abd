import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PlacetError } from '../../src/kernel/errors.ts'
import { parseClientMetadata } from '../../src/oidc/index.ts'
import { defaultRotation } from '../../src/platform/crypto/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { callback } from './support/arrange.ts'
import { type House, openHouse } from './support/house.ts'

let database: TestDatabase
let house: House
/** What is published at each address that the house may ask. */
const published: Record<string, unknown> = {}

beforeAll(async () => {
  database = await createTestDatabase()
  house = await openHouse(database.appConnection, {
    rotation: { ...defaultRotation, algorithms: ['ES256', 'EdDSA', 'RS256'] },
    deps: {
      fetch: async (url) =>
        url in published ? new Response(JSON.stringify(published[url])) : new Response('', { status: 404 }),
    },
  })
})
afterAll(async () => {
  await house?.close()
  await database?.drop()
})

/** The example of RFC 8037, A.2. */
const edKey = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }

const minimal = { redirect_uris: [callback] }
const parse = (input: Record<string, unknown>, firstParty = false) =>
  parseClientMetadata('my-shop', input, { firstParty, alsoKnown: ['recipient_id'] })

function refusal(input: Record<string, unknown>): PlacetError {
  try {
    parse(input)
  } catch (error) {
    if (error instanceof PlacetError) return error
    throw error
  }
  throw new Error(`accepted: ${JSON.stringify(input)}`)
}

const check = (input: Record<string, unknown>, firstParty = false) =>
  house.oidc.checkClient({
    clientId: 'my-shop',
    recipientId: 'tienda',
    firstParty,
    channel: 'web',
    metadata: parse(input, firstParty),
  })

describe('a client that names nothing but its addresses', () => {
  it('gets the registered default of every name, and the engine takes it', async () => {
    expect(parse(minimal)).toEqual({
      redirect_uris: [callback],
      application_type: 'web',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      response_modes: ['query', 'form_post'],
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: 'RS256',
      subject_type: 'pairwise',
    })
    expect(parse(minimal, true)['subject_type']).toBe('public')
    expect(await check(minimal)).toEqual([])
  })

  it('comes out as it went in: what was registered can be registered again', () => {
    const once = parse({
      ...minimal,
      client_name: 'Tienda',
      'client_name#ca': 'Botiga',
      default_max_age: 600,
    })
    const assigned = {
      client_id: 'my-shop',
      client_secret: 'x',
      client_secret_expires_at: 0,
      client_id_issued_at: 1,
      registration_client_uri: null,
    }
    expect(parse({ ...once, ...assigned })).toEqual(once)
  })
})

describe('a client that names everything', () => {
  it('is taken with every name that stands for something a client may want', async () => {
    const { publicKey } = await generateKeyPair('ES256', { extractable: true })
    const everything = {
      ...minimal,
      client_name: 'Tienda',
      'client_name#es': 'Tienda',
      'client_name#ca-ES': 'Botiga',
      client_uri: 'https://tienda.example/#top',
      logo_uri: 'https://tienda.example/logo.svg',
      'policy_uri#en': 'https://tienda.example/privacy',
      policy_uri: 'https://tienda.example/privacidad',
      tos_uri: 'https://tienda.example/condiciones',
      contacts: ['equipo@tienda.example'],
      software_id: '4NRB1-0XZABZI9E6-5SM3R',
      software_version: '2.1',
      application_type: 'web',
      post_logout_redirect_uris: ['https://tienda.example/adios'],
      request_uris: ['https://tienda.example/request.jwt'],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_types: ['code'],
      scope: 'openid email',
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', use: 'sig', alg: 'ES256' }] },
      dpop_bound_access_tokens: true,
      tls_client_certificate_bound_access_tokens: false,
      subject_type: 'public',
      id_token_signed_response_alg: 'EdDSA',
      userinfo_signed_response_alg: 'ES256',
      introspection_signed_response_alg: 'ES256',
      authorization_signed_response_alg: 'ES256',
      request_object_signing_alg: 'PS256',
      require_signed_request_object: true,
      require_pushed_authorization_requests: true,
      default_max_age: 3600,
      default_acr_values: ['urn:placet:acr:passkey'],
      require_auth_time: true,
      initiate_login_uri: 'https://tienda.example/login',
      backchannel_logout_uri: 'https://tienda.example/backchannel',
      backchannel_logout_session_required: true,
      frontchannel_logout_uri: 'https://tienda.example/frontchannel',
      frontchannel_logout_session_required: true,
      backchannel_token_delivery_mode: 'ping',
      backchannel_client_notification_endpoint: 'https://tienda.example/ciba',
      backchannel_authentication_request_signing_alg: 'ES256',
      backchannel_user_code_parameter: false,
      authorization_details_types: ['order'],
    }
    expect(parse(everything)).toMatchObject(everything)
    const recordedOnly = await check(everything)
    expect(recordedOnly).toEqual(expect.arrayContaining(['software_id', 'frontchannel_logout_uri']))
    for (const used of ['redirect_uris', 'default_max_age', 'backchannel_logout_uri', 'scope']) {
      expect(recordedOnly).not.toContain(used)
    }
  })
})

describe('what this house forbids', () => {
  it.each([
    ['implicit response types', { response_types: ['id_token token'] }, 'response_types.0', '"code"'],
    ['hybrid response types', { response_types: ['code id_token'] }, 'response_types.0', '"code"'],
    ['the implicit grant', { grant_types: ['implicit'] }, 'grant_types.0', '"authorization_code"'],
    ['the password grant', { grant_types: ['password'] }, 'grant_types.0', '"authorization_code"'],
    [
      'unsigned ID tokens',
      { id_token_signed_response_alg: 'none' },
      'id_token_signed_response_alg',
      '"ES256"',
    ],
    [
      'signatures by a shared secret',
      { userinfo_signed_response_alg: 'HS256' },
      'userinfo_signed_response_alg',
      'hash',
    ],
    ['unsigned requests', { request_object_signing_alg: 'none' }, 'request_object_signing_alg', '"PS256"'],
    [
      'secrets that sign',
      { token_endpoint_auth_method: 'client_secret_jwt' },
      'token_endpoint_auth_method',
      '"private_key_jwt"',
    ],
    [
      'encryption by the secret',
      { id_token_encrypted_response_alg: 'dir' },
      'id_token_encrypted_response_alg',
      '"ECDH-ES"',
    ],
    ['plain http elsewhere', { redirect_uris: ['http://tienda.example/cb'] }, 'redirect_uris', 'https://'],
    ['wildcards', { redirect_uris: ['https://*.tienda.example/cb'] }, 'redirect_uris', 'in full'],
    ['fragments', { redirect_uris: ['https://tienda.example/#x'] }, 'redirect_uris', 'leave out #'],
    ['an app’s own scheme on the web', { redirect_uris: ['com.example:/cb'] }, 'redirect_uris', '"native"'],
    [
      'a scheme that is nobody’s',
      { application_type: 'native', redirect_uris: ['myapp:/cb'] },
      'redirect_uris',
      'turned round',
    ],
    [
      'sectors that nobody vouches for',
      { subject_type: 'pairwise', redirect_uris: [callback, 'https://otra.example/cb'] },
      'sector_identifier_uri',
      'JSON list',
    ],
    [
      'a machine without a secret',
      { redirect_uris: [], grant_types: ['client_credentials'], token_endpoint_auth_method: 'none' },
      'token_endpoint_auth_method',
      '"private_key_jwt"',
    ],
    [
      'private keys',
      { jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'x', d: 'd' }] } },
      'jwks.keys.0',
      'public half',
    ],
    ['keys that are none', { jwks: { keys: [{ ...edKey, x: 'x' }] } }, 'jwks.keys.0', 'exports'],
    [
      'keys twice',
      { jwks: { keys: [edKey] }, jwks_uri: 'https://tienda.example/jwks' },
      'jwks_uri',
      'leave one',
    ],
    ['a key that is not there', { token_endpoint_auth_method: 'private_key_jwt' }, 'jwks', 'jwks_uri'],
    [
      'grants and response types that disagree',
      { grant_types: ['client_credentials'], response_types: ['code'], redirect_uris: [] },
      'response_types',
      'both or neither',
    ],
    ['statements of strangers', { software_statement: 'e30.e30.' }, 'software_statement', 'as metadata'],
    ['contacts that are no address', { contacts: ['tel:112'] }, 'contacts.0', 'team@shop.example'],
    ['scopes parted by commas', { scope: 'openid,\temail' }, 'scope', 'one space'],
    ['languages for machines', { 'redirect_uris#es': [callback] }, 'redirect_uris#es', '"redirect_uris"'],
    ['languages that are none', { 'client_name#!!': 'X' }, 'client_name#!!', 'BCP 47'],
  ])(
    '%s: the field, the rule and what to write instead are named (R3, R5, R28)',
    (_, more, field, instead) => {
      const { code, detail, issues } = refusal({ ...minimal, ...more })
      expect(code).toBe('client-metadata')
      expect(issues.map((issue) => issue.field)).toContain(field)
      const line = detail.split('\n').find((one) => one.startsWith(`  - ${field} `))
      expect(line).toContain(instead)
    },
  )

  it('is told at once, each thing on a line of its own', () => {
    const { issues } = refusal({
      redirect_uris: ['http://x.example/'],
      contacts: 'nobody',
      response_types: ['token'],
    })
    expect(issues.map(({ field }) => field)).toEqual(['contacts', 'response_types.0'])
    expect(refusal({ redirect_uris: ['http://x.example/', 'https://*.example/'] }).issues).toHaveLength(2)
  })

  it.each([
    ['redirect_uri', 'redirect_uris'],
    ['clientName', 'client_name'],
    ['token_endpoint_auth_methods', 'token_endpoint_auth_method'],
    ['recipent_id', 'recipient_id'],
  ])('a name nobody knows is refused with the one that was meant: %s', (typed, meant) => {
    const { detail, issues } = refusal({ ...minimal, [typed]: 'x' })
    expect(issues).toEqual([{ field: typed, code: 'unknown' }])
    expect(detail).toContain(`did you mean "${meant}"?`)
  })

  it('a name that resembles none is not guessed at', () => {
    expect(refusal({ ...minimal, shoe_size: 42 }).detail).not.toContain('did you mean')
  })
})

describe('the engine has the last word before anything is stored', () => {
  it('and says which field it is about', async () => {
    await expect(check({ ...minimal, scope: 'openid zapatos' })).rejects.toMatchObject({
      code: 'client-metadata',
      issues: [{ field: 'scope', code: 'engine' }],
    })
    await expect(
      check({ redirect_uris: ['http://app.localhost/cb'], application_type: 'native' }),
    ).rejects.toMatchObject({ issues: [{ field: 'redirect_uris', code: 'engine' }] })
  })

  it('a sector vouches for every address of a pairwise client, or the client is refused', async () => {
    const uri = 'https://sector.example/redirects.json'
    const two = {
      ...minimal,
      redirect_uris: [callback, 'https://otra.example/cb'],
      sector_identifier_uri: uri,
    }
    await expect(check(two)).rejects.toMatchObject({
      issues: [{ field: 'sector_identifier_uri', code: 'unreadable' }],
    })
    published[uri] = [callback]
    await expect(check(two)).rejects.toMatchObject({
      detail: expect.stringContaining('does not list https://otra.example/cb'),
      issues: [{ field: 'sector_identifier_uri', code: 'mismatch' }],
    })
    published[uri] = [callback, 'https://otra.example/cb']
    expect(await check(two)).toEqual([])
  })

  it('protection that is asked for is given or refused, never just written down', async () => {
    const asked = { ...minimal, tls_client_certificate_bound_access_tokens: true }
    await expect(check(asked)).rejects.toMatchObject({
      issues: [{ field: 'tls_client_certificate_bound_access_tokens', code: 'unsupported' }],
    })
    expect(await check({ ...asked, tls_client_certificate_bound_access_tokens: false })).toEqual([
      'tls_client_certificate_bound_access_tokens',
    ])
  })
})
