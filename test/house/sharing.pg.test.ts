import { afterAll, beforeAll, expect, it } from 'vitest'
import { commandHouse } from '../../src/compose/command-house.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  authorizationOf,
  personCalled,
  pkce,
  post,
  type RelyingParty,
  type Tokens,
  userinfo,
  Visitor,
} from './visitor.ts'

let app: TestApp
let libros: RelyingParty
let lector: RelyingParty
let escaparate: RelyingParty
const ana = personCalled('ana')

beforeAll(async () => {
  app = await startTestApp({ people: true })
  const { clients } = commandHouse(app.house)
  const register = async (clientId: string, redirectUri: string, more: Record<string, unknown>) => {
    const made = await clients.create({
      client_id: clientId,
      client_name: clientId,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid profile email offline_access',
      recipient_id: 'correo-norte',
      purpose_id: 'marketing.direct',
      contact_channel: 'email',
      ...more,
    })
    return { clientId, secret: made['client_secret'] as string | undefined, redirectUri }
  }
  libros = await register('libros', 'https://libros.example/callback', {
    token_endpoint_auth_method: 'client_secret_basic',
  })
  lector = await register('lector', 'es.lector.app:/callback', {
    application_type: 'native',
    token_endpoint_auth_method: 'none',
  })
  escaparate = await register('escaparate', 'https://escaparate.example/callback', {
    token_endpoint_auth_method: 'client_secret_basic',
    recipient_id: 'tienda-norte-shop',
    purpose_id: 'personalisation.onsite',
    contact_channel: 'none',
  })
  await app.house.oidc.reloadClients()
})
afterAll(() => app?.close())

/** Goes through the page of the client with these lines ticked; answers what the client then gets. */
async function share(
  visitor: Visitor,
  party: RelyingParty,
  more: Record<string, string>,
  ticked: readonly string[],
) {
  const { verifier, challenge } = pkce()
  let seen = await visitor.open(authorizationOf(party, challenge, more))
  if (seen.url.pathname.endsWith('/identify')) {
    await visitor.submit(seen.url.href, { email: ana.email })
    const password = seen.url.href.replace(/\/identify$/, '/enter-password')
    seen = await visitor.submit((await visitor.open(password)).url.href, { password: ana.password })
    if (seen.url.pathname.endsWith('/create-passkey'))
      seen = await visitor.submit(`${seen.url.pathname}/skip`, {})
  }
  const offered = [...seen.text.matchAll(/name="claim" value="([^"]+)"/g)].map(([, claim]) => claim)
  if (seen.url.pathname.endsWith('/authorize-client')) {
    const body = new URLSearchParams({ _csrf: visitor.csrf, decision: 'share' })
    for (const claim of ticked) body.append('claim', claim)
    seen = await visitor.open(seen.url.pathname, { method: 'POST', body })
  }
  const code = seen.url.searchParams.get('code')
  if (code === null) throw new Error(`no code: ${seen.url} ${seen.status}`)
  const answer = await post(app.origin, '/oidc/token', party, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: party.redirectUri,
  })
  const tokens = (await answer.json()) as Tokens & { scope: string }
  const info = await (await userinfo(app.origin, tokens.access_token)).json()
  return { offered, tokens, info: info as Record<string, unknown> }
}

it('asked again by the client, the person sees all of it, and what they share is shared (R20)', async () => {
  const visitor = new Visitor(app.origin)
  const all = { scope: 'openid profile email offline_access', prompt: 'consent' }
  const first = await share(visitor, libros, all, ['email', 'first_name'])
  expect(first.info).toMatchObject({ email: ana.email, given_name: 'Ana' })
  const again = await share(visitor, libros, all, ['email', 'first_name'])
  expect(again.offered).toEqual(first.offered)
  expect(again.tokens.scope.split(' ').toSorted()).toEqual(first.tokens.scope.split(' ').toSorted())
  expect(again.tokens.refresh_token).toBeDefined()
  expect(again.info).toEqual(first.info)
  const less = await share(visitor, libros, all, ['first_name'])
  expect(less.info).toEqual({ sub: first.info['sub'], given_name: 'Ana' })
})

it('asked for something more, the person keeps what they said about the rest', async () => {
  const visitor = new Visitor(app.origin)
  const scoped = (scope: string) => ({ scope, prompt: 'consent' })
  await share(visitor, libros, scoped('openid email'), ['email'])
  const more = await share(visitor, libros, { scope: 'openid email profile' }, ['first_name'])
  expect(more.info).toMatchObject({ email: ana.email, given_name: 'Ana' })
})

it('an app that may be imitated is asked about every time, and works every time (R21)', async () => {
  const visitor = new Visitor(app.origin)
  const first = await share(visitor, lector, { scope: 'openid email' }, ['email'])
  expect(first.info).toHaveProperty('email', ana.email)
  const second = await share(visitor, lector, { scope: 'openid email' }, ['email'])
  expect(second.offered).toEqual(['email'])
  expect(second.info).toEqual(first.info)
})

it('a line left unticked stays at home, though others of the same scope are shared (R90, VC31)', async () => {
  const visitor = new Visitor(app.origin)
  const profile = { scope: 'openid profile', prompt: 'consent' }
  const both = await share(visitor, escaparate, profile, ['first_name', 'birth_date'])
  expect(both.info).toMatchObject({ given_name: 'Ana', birthdate: ana.birthDate })
  const one = await share(visitor, escaparate, profile, ['first_name'])
  expect(one.info).toEqual({ sub: both.info['sub'], given_name: 'Ana' })
  const seen = await post(app.origin, '/oidc/introspect', escaparate, { token: one.tokens.access_token })
  const introspected = (await seen.json()) as Record<string, unknown>
  expect(introspected['given_name']).toBe('Ana')
  expect(introspected).not.toHaveProperty('birthdate')
  const { rows } = await app.house.platform.lanes.console.raw(
    "select attributes from recipient_disclosures where client_id = 'escaparate' order by disclosure_id desc limit 2",
  )
  expect(rows).toEqual([{ attributes: ['first_name'] }, { attributes: ['first_name'] }])
  const again = await share(visitor, escaparate, profile, ['first_name', 'birth_date'])
  expect(again.info).toEqual(both.info)
})
