import { describe, expect, it, test } from 'vitest'
import { PlacetError } from '../../src/kernel/errors.ts'
import { parseResource } from '../../src/oidc/index.ts'

const surroundings = {
  issuer: new URL('https://id.tienda.example'),
  algorithms: ['ES256', 'RS256'],
  identityScopes: ['profile', 'email', 'attributes'],
} as const

const stock = {
  identifier: 'https://existencias.tienda.example',
  name: 'Existencias',
  token_format: 'jwt',
  consent_gated: false,
  scopes: ['stock:read', 'stock:write'],
  clients: { almacen: ['stock:read'] },
}
const segments = {
  identifier: 'urn:tienda-norte:segmentos',
  name: 'Segmentos',
  scopes: ['segments:read'],
  introspecting_clients: ['segmentos-api'],
}

const parse = (input: Record<string, unknown>) => parseResource(input, surroundings)
function refusal(input: Record<string, unknown>): PlacetError {
  try {
    parse(input)
  } catch (error) {
    if (error instanceof PlacetError) return error
    throw error
  }
  throw new Error(`accepted: ${JSON.stringify(input)}`)
}

describe('a service', () => {
  it('that says no more than it must depends on consent, and gets opaque tokens of ten minutes (R26, R91)', () => {
    expect(parse(segments)).toEqual({
      identifier: 'urn:tienda-norte:segmentos',
      name: 'Segmentos',
      tokenFormat: 'opaque',
      signingAlg: undefined,
      scopes: ['segments:read'],
      lifetimeSeconds: 600,
      consentGated: true,
      introspectors: ['segmentos-api'],
      clients: {},
    })
  })

  it('that depends on no consent may have JWTs, of five minutes and signed with ES256 unless it says so', () => {
    expect(parse(stock)).toMatchObject({ tokenFormat: 'jwt', signingAlg: 'ES256', lifetimeSeconds: 300 })
    expect(parse({ ...stock, signing_alg: 'RS256', lifetime_seconds: 60 })).toMatchObject({
      signingAlg: 'RS256',
      lifetimeSeconds: 60,
    })
  })
})

test.each([
  [
    'a JWT where consent counts',
    { ...stock, consent_gated: true },
    'consent_gated',
    'jwt-outlives-withdrawal',
  ],
  [
    'a JWT that leaves open whether consent counts',
    { ...stock, consent_gated: undefined },
    'consent_gated',
    'jwt-outlives-withdrawal',
  ],
  ['a format nobody knows', { ...stock, token_format: 'paseto' }, 'token_format', 'invalid_value'],
  ['an algorithm with the secret of two', { ...stock, signing_alg: 'HS256' }, 'signing_alg', 'invalid_value'],
  ['an algorithm the house has no key for', { ...stock, signing_alg: 'EdDSA' }, 'signing_alg', 'no-key'],
  ['a signature on what is not signed', { ...segments, signing_alg: 'ES256' }, 'signing_alg', 'not-used'],
  ['a life of an hour', { ...stock, lifetime_seconds: 3600 }, 'lifetime_seconds', 'too_big'],
  ['a life of a second', { ...stock, lifetime_seconds: 1 }, 'lifetime_seconds', 'too_small'],
  [
    'an opaque token nobody can ask about',
    { ...segments, introspecting_clients: [] },
    'introspecting_clients',
    'missing',
  ],
  [
    'somebody who introspects JWTs',
    { ...stock, introspecting_clients: ['almacen'] },
    'introspecting_clients',
    'not-used',
  ],
  ['a scope that asks for claims', { ...stock, scopes: ['stock:read', 'email'] }, 'scopes', 'identity-scope'],
  ['a scope of the protocol', { ...stock, scopes: ['stock:read', 'openid'] }, 'scopes', 'identity-scope'],
  ['two scopes in one', { ...stock, scopes: ['stock:read stock:write'] }, 'scopes.0', 'invalid_format'],
  ['no scope', { ...stock, scopes: [], clients: {} }, 'scopes', 'too_small'],
  [
    'a client with a scope that is not there',
    { ...stock, clients: { almacen: ['stock:burn'] } },
    'clients.almacen',
    'unknown-scope',
  ],
  ['plain http', { ...stock, identifier: 'http://existencias.tienda.example' }, 'identifier', 'scheme'],
  ['a fragment', { ...stock, identifier: 'https://existencias.tienda.example/#a' }, 'identifier', 'fragment'],
  [
    'an empty fragment',
    { ...stock, identifier: 'https://existencias.tienda.example/#' },
    'identifier',
    'fragment',
  ],
  ['a query', { ...stock, identifier: 'https://existencias.tienda.example/?a=b' }, 'identifier', 'query'],
  [
    'a password',
    { ...stock, identifier: 'https://a:b@existencias.tienda.example' },
    'identifier',
    'credentials',
  ],
  ['no URI at all', { ...stock, identifier: 'existencias' }, 'identifier', 'malformed'],
  ['a URN of nothing', { ...stock, identifier: 'urn:x' }, 'identifier', 'malformed'],
  [
    'an address that can be written otherwise',
    { ...stock, identifier: 'https://Existencias.tienda.example' },
    'identifier',
    'not-canonical',
  ],
  [
    'the API of the house',
    { ...stock, identifier: 'https://id.tienda.example/api/v1' },
    'identifier',
    'of-the-house',
  ],
  ['a misspelt name', { ...stock, lifetime_second: 60 }, 'lifetime_second', 'unknown'],
] as const)('%s is refused with the field and in words', (_, input, field, code) => {
  const error = refusal(input)
  expect(error).toMatchObject({ code: 'resource-document', issues: [{ field, code }] })
  expect(error.detail).toMatch(new RegExp(`- ${field.replaceAll('.', '\\.')} (is|has|names|can) `))
})

test('the reason why a JWT is refused names the withdrawal it would outlive', () => {
  expect(refusal({ ...stock, consent_gated: true }).detail).toMatch(/outlive a withdrawal/)
})
