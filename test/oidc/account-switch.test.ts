import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  authorizationOf,
  codeFor,
  personCalled,
  pkce,
  post,
  type RelyingParty,
  type Tokens,
  tokensFor,
  userinfo,
  Visitor,
} from '../house/visitor.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { openPool } from './support/arrange.ts'
import { registerClient } from './support/client-of-house.ts'

let app: TestApp
let owner: pg.Pool
let shop: RelyingParty
let club: RelyingParty
let quiet: RelyingParty

const ana = personCalled('ana')
const bruno = personCalled('bruno')

beforeAll(async () => {
  app = await startTestApp({ people: true })
  owner = openPool(app.database.connection)
  // Nobody listens there, so a notice stays where it can be counted.
  const hears = (path: string) => ({
    backchannel_logout_uri: `${app.origin.replace('http:', 'https:')}/nobody/${path}`,
    backchannel_logout_session_required: true,
  })
  shop = await registerClient(app, 'la-tienda', 'https://tienda.example/callback', hears('tienda'))
  club = await registerClient(app, 'el-club', 'https://club.example/callback', hears('club'))
  quiet = await registerClient(app, 'el-mudo', 'https://mudo.example/callback')
})
afterAll(async () => {
  await owner?.end()
  await app?.close()
})

const signedIn = (visitor: Visitor, party: RelyingParty, person: typeof ana) =>
  tokensFor(app.origin, visitor, party, person)
const again = { prompt: 'login' }
const refresh = (party: RelyingParty, { refresh_token: token }: Tokens) => {
  if (token === undefined) throw new Error('there is nothing to refresh')
  return post(app.origin, '/oidc/token', party, { grant_type: 'refresh_token', refresh_token: token })
}
const payloadOf = (token = '') =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>
const noticesOf = async (subjectId: unknown) =>
  (await owner.query('select client_id, sid from oidc_logout_notices where subject_id = $1', [subjectId]))
    .rows

/** Bruno signs in where Ana is signed in: her page is asked for anew, and he is the one who proves himself. */
async function switches(visitor: Visitor, party: RelyingParty) {
  const answers: { status: number; text: string; path: string }[] = []
  const ask = visitor.ask.bind(visitor)
  visitor.ask = async (...given) => {
    const seen = await ask(...given)
    answers.push({ status: seen.status, text: seen.text, path: seen.url.pathname })
    return seen
  }
  const { verifier, challenge } = pkce()
  const end = await visitor.signIn(authorizationOf(party, challenge, again), bruno)
  return { end, verifier, answers }
}

describe('when Bruno signs in in a browser in which Ana is signed in', () => {
  it('her session ends with its tokens, every app of hers is told, and he goes straight on (R33, R35)', async () => {
    const visitor = new Visitor(app.origin)
    const inShop = await signedIn(visitor, shop, ana)
    const inClub = await signedIn(visitor, club, ana)
    const inQuiet = await signedIn(visitor, quiet, ana)
    const anaId = payloadOf(inShop.id_token)['sub']

    const { end, verifier, answers } = await switches(visitor, shop)
    const code = end.url.searchParams.get('code') ?? ''
    expect(end.url.href).toContain(shop.redirectUri)
    for (const { path, status, text } of answers.filter((one) => one.path.startsWith('/oidc/'))) {
      expect(status, path).toBe(303)
      expect(text, path).toBe('')
    }

    const exchanged = await post(app.origin, '/oidc/token', shop, {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: shop.redirectUri,
    })
    const his = (await exchanged.json()) as Tokens
    expect(payloadOf(his.id_token)['sub']).not.toBe(anaId)
    expect((await userinfo(app.origin, his.access_token)).status).toBe(200)

    for (const [party, tokens] of [
      [shop, inShop],
      [club, inClub],
      [quiet, inQuiet],
    ] as const) {
      expect((await userinfo(app.origin, tokens.access_token)).status, party.clientId).toBe(401)
      expect((await refresh(party, tokens)).status, party.clientId).toBe(400)
    }
    const told = await noticesOf(anaId)
    expect(told.map((one) => one.client_id).sort()).toEqual(['el-club', 'la-tienda'])
    expect(told.map((one) => one.sid).sort()).toEqual(
      [payloadOf(inShop.id_token)['sid'], payloadOf(inClub.id_token)['sid']].sort(),
    )
    expect(await noticesOf(payloadOf(his.id_token)['sub'])).toEqual([])
  })

  it('the browser is his from then on, and nothing of hers is left in it', async () => {
    const visitor = new Visitor(app.origin)
    await signedIn(visitor, shop, ana)
    const before = visitor.cookieFor('/')
    await switches(visitor, shop)
    expect(visitor.cookieFor('/')).not.toBe(before)
    const page = await visitor.open('/privacy')
    expect(page.text).toContain('Bruno')
    expect(page.text).not.toContain('Ana')
    const { rows } = await owner.query(
      `select count(*)::int as n from oidc_sessions where subject_id is null`,
    )
    expect(rows[0].n).toBe(0)
  })

  it('is on record with her as an ended session, and does not say who came (R100)', async () => {
    const visitor = new Visitor(app.origin)
    const tokens = await signedIn(visitor, shop, ana)
    const { end } = await switches(visitor, shop)
    expect(end.url.searchParams.get('code')).not.toBeNull()
    const ours = payloadOf(tokens.id_token)['sub']
    const entriesOf = async () =>
      (
        await owner.query(
          `select entry from audit_entries where stream_id = $1 and entry like '%"oidc.session-ended"%'`,
          [ours],
        )
      ).rows
    await expect.poll(async () => (await entriesOf()).length).toBeGreaterThan(0)
    const text = JSON.stringify(await entriesOf())
    expect(text).toContain('account-switch')
    expect(text).not.toContain('bruno')
  })

  it('the same person signing in anew keeps the session and its apps', async () => {
    const visitor = new Visitor(app.origin)
    const inClub = await signedIn(visitor, club, ana)
    const anaId = payloadOf(inClub.id_token)['sub']
    const before = (await noticesOf(anaId)).length
    await codeFor(visitor, shop, ana, again)
    expect((await userinfo(app.origin, inClub.access_token)).status).toBe(200)
    expect(await noticesOf(anaId)).toHaveLength(before)
  })

  it('cannot be done to her by a link: without the browser in which he proved himself nothing ends (R73)', async () => {
    const hers = new Visitor(app.origin)
    const tokens = await signedIn(hers, shop, ana)
    const his = new Visitor(app.origin)
    let resume = ''
    const ask = his.ask.bind(his)
    his.ask = async (...given) => {
      const [target] = given
      if (/\/oidc\/auth\/[^?]+$/.test(target)) resume = target
      return /\/oidc\/auth\/[^?]+$/.test(target) ? hers.ask(target) : ask(...given)
    }
    const lured = await his.signIn(authorizationOf(shop, pkce().challenge), bruno)
    expect(resume).not.toBe('')
    expect(lured.status).toBe(400)
    expect((await userinfo(app.origin, tokens.access_token)).status).toBe(200)
    expect((await hers.open('/privacy')).text).toContain('Ana')
  })
})
