import { load } from 'cheerio'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  authorizationOf,
  codeFor,
  personCalled,
  pkce,
  post,
  type RelyingParty,
  type Seen,
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

const ana = personCalled('ana')
const goodbye = 'https://tienda.example/adios'

beforeAll(async () => {
  app = await startTestApp({ people: true })
  owner = openPool(app.database.connection)
  // Nobody listens there, so a notice stays where it can be counted.
  const hears = (path: string) => ({
    backchannel_logout_uri: `${app.origin.replace('http:', 'https:')}/nobody/${path}`,
    backchannel_logout_session_required: true,
  })
  shop = await registerClient(app, 'la-tienda', 'https://tienda.example/callback', {
    client_name: 'La Tienda',
    post_logout_redirect_uris: [goodbye],
    ...hears('tienda'),
  })
  club = await registerClient(app, 'el-club', 'https://club.example/callback', {
    client_name: 'El Club',
    ...hears('club'),
  })
})
afterAll(async () => {
  await owner?.end()
  await app?.close()
})

const refresh = async (party: RelyingParty, { refresh_token: token }: Tokens) => {
  if (token === undefined) throw new Error('there is nothing to refresh')
  const answer = await post(app.origin, '/oidc/token', party, {
    grant_type: 'refresh_token',
    refresh_token: token,
  })
  return { status: answer.status, tokens: (await answer.json()) as Tokens }
}
const payloadOf = (token = '') =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>

const noticesSince = async (subjectId: unknown, before: readonly string[]) => {
  const { rows } = await owner.query<{ notice_id: string; client_id: string; sid: string }>(
    'select notice_id, client_id, sid from oidc_logout_notices where subject_id = $1',
    [subjectId],
  )
  return rows.filter(({ notice_id }) => !before.includes(notice_id))
}

/** Ana in both, and the page that she is asked on. */
async function asked(query: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const visitor = new Visitor(app.origin)
  const inClub = await tokensFor(app.origin, visitor, club, ana)
  const inShop = await tokensFor(app.origin, visitor, shop, ana)
  const subjectId = payloadOf(inShop.id_token)['sub']
  const before = (await noticesSince(subjectId, [])).map((one) => one.notice_id)
  const page = await visitor.ask(
    `/oidc/session/end?${new URLSearchParams({ id_token_hint: inShop.id_token ?? '', ...query })}`,
    { headers },
  )
  return { visitor, inClub, inShop, subjectId, before, page }
}

/** Presses the button, as a browser without script would send it. */
function press(visitor: Visitor, page: Seen, scope: 'all' | 'app'): Promise<Seen> {
  const $ = load(page.text)
  const form = $(`button[name=scope][value=${scope}]`).closest('form')
  const fields = form.find('input[type=hidden]').toArray()
  const body = new URLSearchParams(
    fields.map((one) => [$(one).attr('name') ?? '', $(one).attr('value') ?? '']),
  )
  body.append('scope', scope)
  return visitor.ask(form.attr('action') ?? '', { method: 'POST', body })
}

const words = (text: string) => load(text)('main').text().replaceAll(/\s+/g, ' ')

describe('the page that asks before signing out', () => {
  it('names the applications of the session and offers both ends in one look, in Spanish and English', async () => {
    const { page } = await asked()
    const $ = load(page.text)
    expect(
      $('main li')
        .toArray()
        .map((one) => $(one).text()),
    ).toEqual(['La Tienda', 'El Club'])
    const buttons = $('main form button').toArray()
    expect(buttons.map((one) => $(one).text())).toEqual(['Cerrar sesión en todo', 'Cerrar solo en La Tienda'])
    expect($(buttons[0]).attr('class')).toBe($(buttons[1]).attr('class'))
    expect(words(page.text)).toContain('se puede volver a entrar en La Tienda sin escribir nada')
    expect($(`#${$(buttons[1]).attr('aria-describedby')}`).text()).toContain('sin escribir nada')

    const english = await asked({ ui_locales: 'en' })
    const $en = load(english.page.text)
    expect(
      $en('main form button')
        .toArray()
        .map((one) => $en(one).text()),
    ).toEqual(['Sign out everywhere', 'Sign out of La Tienda only'])
    expect(words(english.page.text)).toContain('without typing anything')
  })

  it('offers the one end there is when no application asks', async () => {
    const { visitor } = await asked()
    const page = await visitor.ask('/oidc/session/end')
    const $ = load(page.text)
    expect(
      $('main form button')
        .toArray()
        .map((one) => $(one).text()),
    ).toEqual(['Cerrar sesión en todo'])
  })
})

describe('signing out of only this application', () => {
  it('ends what it was given in this session, tells it alone, and goes back where it asked (R25, R34, R35)', async () => {
    const { visitor, page, inClub, inShop, subjectId, before } = await asked({
      post_logout_redirect_uri: goodbye,
      state: 'st-9',
    })
    const left = await press(visitor, page, 'app')
    expect(left.status).toBe(303)
    expect(left.headers.get('location')).toBe(`${goodbye}?state=st-9`)

    expect((await refresh(shop, inShop)).status).toBe(400)
    expect((await userinfo(app.origin, inShop.access_token)).status).toBe(401)
    expect((await userinfo(app.origin, inClub.access_token)).status).toBe(200)
    expect((await refresh(club, inClub)).status).toBe(200)
    const told = await noticesSince(subjectId, before)
    expect(told.map(({ client_id, sid }) => [client_id, sid])).toEqual([
      ['la-tienda', payloadOf(inShop.id_token)['sid']],
    ])
  })

  it('leaves the session: the other goes on by itself, and so would this one, as the page said', async () => {
    const { visitor, page, inShop, inClub } = await asked()
    const cookie = visitor.jar.get('placet_session /')?.value
    await press(visitor, page, 'app')
    // R32: the session has a new name after a sign-out too.
    expect(visitor.jar.get('placet_session /')?.value).not.toBe(cookie)

    const silently = async (party: RelyingParty) =>
      (await visitor.open(authorizationOf(party, pkce().challenge, { prompt: 'none' }))).url.searchParams
    expect((await silently(club)).get('code')).not.toBeNull()
    expect((await visitor.open('/privacy')).url.pathname).toBe('/privacy')
    expect((await silently(shop)).get('code')).not.toBeNull()

    // What it gets then is a new beginning: another name for its session, and nothing of the old comes back.
    const anew = await tokensFor(app.origin, visitor, shop, ana)
    expect(payloadOf(anew.id_token)['sid']).not.toBe(payloadOf(inShop.id_token)['sid'])
    expect(payloadOf(anew.id_token)['sub']).toBe(payloadOf(inShop.id_token)['sub'])
    expect((await refresh(shop, inShop)).status).toBe(400)
    expect((await refresh(club, inClub)).status).toBe(200)
  })

  it('says so on its own page, which does not claim that everything ended, and offers the rest', async () => {
    const { visitor, page } = await asked()
    const left = await press(visitor, page, 'app')
    const told = await visitor.open(left.headers.get('location') ?? '')
    const $ = load(told.text)
    expect($('h1').text()).toBe('Hemos cerrado tu sesión en La Tienda')
    expect(words(told.text)).toContain('Las demás aplicaciones y tu cuenta siguen abiertas.')
    expect(words(told.text)).not.toContain('Ya puedes dejar este dispositivo')
    const rest = await visitor.open($('main a.button').attr('href') ?? '')
    expect(load(rest.text)('main form button').text()).toBe('Cerrar sesión')
  })

  it('is on record as what it was', async () => {
    const { visitor, page, subjectId } = await asked()
    const actions = async () => {
      const { rows } = await owner.query<{ entry: string }>(
        'select entry from audit_entries where stream_id = $1 order by seq desc limit 3',
        [subjectId],
      )
      return rows.map(({ entry }) => (JSON.parse(entry) as { action: string }).action)
    }
    await press(visitor, page, 'app')
    await expect.poll(actions).toContain('oidc.signed-out-of-client')
    expect(await actions()).not.toContain('oidc.signed-out')
  })

  it('cannot be done to somebody by another site, and needs this session’s own secret (R34)', async () => {
    const { visitor, inShop } = await asked()
    const forged = await visitor.ask('/oidc/session/end/confirm', {
      method: 'POST',
      body: new URLSearchParams({ xsrf: 'guessed' }),
    })
    expect(forged.status).toBe(400)
    const theirs = await asked()
    const borrowed = await press(visitor, theirs.page, 'app')
    expect(borrowed.status).toBe(400)
    expect((await userinfo(app.origin, inShop.access_token)).status).toBe(200)
  })

  it('does not bring back a session that ended elsewhere in the same moment (R33)', async () => {
    const { visitor, page, subjectId } = await asked()
    const elsewhere = await owner.connect()
    await elsewhere.query('begin')
    for (const table of ['oidc_grants', 'oidc_tokens', 'oidc_sessions'])
      await elsewhere.query(`delete from ${table} where subject_id = $1`, [subjectId])
    const pressed = press(visitor, page, 'app')
    await expect
      .poll(async () => {
        const { rows } = await owner.query<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return rows[0]?.n
      })
      .toBe(1)
    await elsewhere.query('commit')
    elsewhere.release()
    expect((await pressed).status).toBe(400)
    const { rows } = await owner.query('select 1 from oidc_sessions where subject_id = $1', [subjectId])
    expect(rows).toEqual([])
  })

  it('leaves another browser of hers alone', async () => {
    const phone = await tokensFor(app.origin, new Visitor(app.origin), shop, ana)
    const { visitor, page } = await asked()
    await press(visitor, page, 'app')
    expect((await refresh(shop, phone)).status).toBe(200)
  })
})

describe('signing out of everything', () => {
  it('ends both, tells both and goes back where the application asked', async () => {
    const { visitor, page, inClub, inShop, subjectId, before } = await asked({
      post_logout_redirect_uri: goodbye,
    })
    const left = await press(visitor, page, 'all')
    expect(left.headers.get('location')).toBe(goodbye)
    expect((await refresh(shop, inShop)).status).toBe(400)
    expect((await refresh(club, inClub)).status).toBe(400)
    const told = await noticesSince(subjectId, before)
    expect(told.map(({ client_id }) => client_id).sort()).toEqual(['el-club', 'la-tienda'])
    const after = await visitor.open(authorizationOf(shop, pkce().challenge, { prompt: 'none' }))
    expect(after.url.searchParams.get('error')).toBe('login_required')
    await expect(codeFor(visitor, shop, ana)).resolves.toBeDefined()
  })
})
