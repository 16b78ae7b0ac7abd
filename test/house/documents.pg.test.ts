import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandHouse } from '../../src/compose/command-house.ts'
import { assertion, assertionType, dpopProof, type KeyOfClient } from '../oidc/support/keys.ts'
import type { TestApp } from '../support/app.ts'
import { type HouseOfClients, openHouseOfClients, refreshAt } from './house-of-clients.ts'
import {
  codeFor,
  personCalled,
  pkce,
  post,
  type RelyingParty,
  tokensFor,
  userinfo,
  Visitor,
} from './visitor.ts'

let house: HouseOfClients
let app: TestApp
let web: RelyingParty
let key: KeyOfClient
let refresh: ReturnType<typeof refreshAt>

const ana = personCalled('ana')

beforeAll(async () => {
  house = await openHouseOfClients()
  ;({ app, web, key } = house)
  refresh = refreshAt(app.origin)
})

afterAll(() => house?.close())

describe('a document made for one purpose', () => {
  it('is good for that and nothing else in the whole house: every document at every door (R27, R70)', async () => {
    const visitor = new Visitor(app.origin)
    const tokens = await tokensFor(app.origin, visitor, web, ana)
    const pending = await codeFor(visitor, web, ana)
    const { enrolmentToken } = await commandHouse(app.house).staff.create({
      login: 'dora',
      displayName: 'Dora',
      roles: [{ role: 'agent', touchpointId: undefined }],
    })
    const receipts = await visitor.open('/privacy/history')
    const receiptHref = /(\/privacy\/receipts\/[0-9a-f-]{36})/.exec(receipts.text)?.[1] ?? ''
    const receipt = (await visitor.ask(`${receiptHref}.jws`)).text
    const sign = (claims: Record<string, unknown>, typ: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', typ })
        .setIssuer('almacen')
        .setSubject('almacen')
        .setAudience(app.origin)
        .setIssuedAt()
        .setExpirationTime('1m')
        .sign(key.privateKey)
    const sealedFlow = [...visitor.jar].find(([name]) => name.startsWith('placet_known'))?.[1].value ?? ''
    const state = new URL(
      (await new Visitor(app.origin).ask('/privacy')).headers.get('location') ?? '/',
      app.origin,
    ).searchParams.get('state')!
    const documents: Record<string, string> = {
      'ID token': tokens.id_token!,
      'access token': tokens.access_token,
      'refresh token': tokens.refresh_token!,
      'authorization code': pending.code,
      'client assertion': await assertion(key, 'almacen', app.origin),
      'request object': await sign(
        { client_id: 'tienda-clave', response_type: 'code' },
        'oauth-authz-req+jwt',
      ),
      'DPoP proof': await dpopProof(key, 'POST', `${app.origin}/oidc/token`),
      'logout token': await sign({ events: {} }, 'logout+jwt'),
      'SET event': await sign({ events: { 'urn:x': {} } }, 'secevent+jwt'),
      'unsigned ID token': new UnsecuredJWT(decodeJwt(tokens.id_token!)).encode(),
      receipt,
      'staff enrolment link': enrolmentToken,
      'sealed cookie of a known browser': sealedFlow,
      'sealed return address': state,
    }
    for (const [name, document] of Object.entries(documents)) expect(document, name).toMatch(/^[!-~]+$/)
    expect(receipt.split('.').length, 'a receipt is a JWS').toBeGreaterThanOrEqual(3)

    const keyed = { clientId: 'almacen', secret: undefined }
    const browserFor = async (cookie: string, path: string) =>
      fetch(`${app.origin}${path}`, { redirect: 'manual', headers: { accept: 'text/html', cookie } })
    const doors: Record<string, { takes: string[]; opens: (document: string) => Promise<boolean> }> = {
      userinfo: {
        takes: ['access token'],
        opens: async (document) => (await userinfo(app.origin, document)).status === 200,
      },
      'the code grant': {
        takes: [],
        opens: async (document) =>
          (
            await post(app.origin, '/oidc/token', web, {
              grant_type: 'authorization_code',
              code: document,
              code_verifier: pkce().verifier,
              redirect_uri: web.redirectUri,
            })
          ).status === 200,
      },
      'client authentication': {
        takes: ['client assertion'],
        opens: async (document) =>
          (
            await post(app.origin, '/oidc/token', keyed, {
              grant_type: 'client_credentials',
              client_assertion_type: assertionType,
              client_assertion: document,
            })
          ).status === 200,
      },
      'a client secret': {
        takes: [],
        opens: async (document) =>
          (await post(app.origin, '/oidc/introspect', { ...web, secret: document }, { token: 'x' }))
            .status === 200,
      },
      'a proof of possession': {
        takes: ['DPoP proof'],
        opens: async (document) =>
          (
            await post(
              app.origin,
              '/oidc/token',
              keyed,
              {
                grant_type: 'client_credentials',
                client_assertion_type: assertionType,
                client_assertion: await assertion(key, 'almacen', app.origin),
              },
              { dpop: document },
            )
          ).status === 200,
      },
      'a request object': {
        takes: [],
        opens: async (document) => {
          const query = new URLSearchParams({ client_id: 'tienda-clave', request: document })
          const answer = await new Visitor(app.origin).ask(`/oidc/auth?${query}`)
          return answer.headers.get('location')?.includes('/sign-in/') === true
        },
      },
      'a pushed request': {
        takes: [],
        opens: async (document) => {
          const query = new URLSearchParams({
            client_id: web.clientId,
            request_uri: `urn:ietf:params:oauth:request_uri:${document}`,
          })
          const answer = await new Visitor(app.origin).ask(`/oidc/auth?${query}`)
          return answer.headers.get('location')?.includes('/sign-in/') === true
        },
      },
      'a hint of who signs out': {
        takes: ['ID token'],
        opens: async (document) => {
          const query = new URLSearchParams({ id_token_hint: document })
          return (await new Visitor(app.origin).ask(`/oidc/session/end?${query}`)).status === 303
        },
      },
      'the session of a customer': {
        takes: [],
        opens: async (document) =>
          (await browserFor(`placet_session=${encodeURIComponent(document)}`, '/privacy')).status === 200,
      },
      'the session of staff': {
        takes: [],
        opens: async (document) => (await browserFor(`placet_staff=${document}`, '/staff')).status === 200,
      },
      'a staff enrolment': {
        takes: ['staff enrolment link'],
        opens: async (document) =>
          (await browserFor('', `/staff/enrol?token=${encodeURIComponent(document)}`)).status === 200,
      },
      'a return address': {
        takes: ['sealed return address'],
        opens: async (document) =>
          (await browserFor('', `/privacy/signed-in?state=${encodeURIComponent(document)}`)).status === 303,
      },
      renewal: {
        takes: ['refresh token'],
        opens: async (document) => (await refresh(web, document)).status === 200,
      },
    }
    const opened: string[] = []
    const expected: string[] = []
    for (const [door, { takes, opens }] of Object.entries(doors)) {
      for (const [name, document] of Object.entries(documents)) {
        if (takes.includes(name)) expected.push(`${name} → ${door}`)
        if (await opens(document)) opened.push(`${name} → ${door}`)
      }
    }
    expect(opened).toEqual(expected)
  }, 60_000)
})
