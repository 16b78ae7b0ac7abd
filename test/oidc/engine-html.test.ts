import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { load } from 'cheerio'
import Koa, { type Middleware } from 'koa'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OidcViews } from '../../src/oidc/index.ts'
import { onlyOwnPages, showPage } from '../../src/oidc/own-pages.ts'
import { engineRoutes } from '../../src/oidc/routes.ts'
import {
  authorizationOf,
  personCalled,
  pkce,
  type RelyingParty,
  type Seen,
  tokensFor,
  Visitor,
} from '../house/visitor.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { registerClient } from './support/client-of-house.ts'

let app: TestApp
let panel: RelyingParty

const ana = personCalled('ana')
const bruno = personCalled('bruno')
const goodbye = 'https://panel.example/adios'

beforeAll(async () => {
  app = await startTestApp({ people: true })
  panel = await registerClient(app, 'panel', 'https://panel.example/callback', {
    response_modes: ['query', 'form_post'],
    post_logout_redirect_uris: [goodbye],
  })
})
afterAll(() => app?.close())

/** Our layout, as nothing else draws it: its frame, the brand, its stylesheet, and no script or style inside. */
function isOurs(text: string): boolean {
  const $ = load(text)
  return (
    $('html').attr('lang') !== undefined &&
    $('link[href="/assets/placet.css"]').length === 1 &&
    $('body > .page > main#main h1').length === 1 &&
    $('title').text().endsWith(' – Tienda Norte') &&
    $('script:not([src]), style, [style]').length === 0
  )
}

/** How an answer of the engine may look: a page of ours, nothing at all, or data. */
function check(name: string, seen: Seen, shown: string[]): void {
  const type = seen.headers.get('content-type') ?? ''
  if (seen.status >= 300 && seen.status < 400) {
    expect([seen.text, type], name).toEqual(['', ''])
    return
  }
  if (type.startsWith('text/html') && !(name.startsWith('HEAD ') && seen.text === '')) {
    expect(isOurs(seen.text), `${name}: ${seen.text.slice(0, 300)}`).toBe(true)
    expect(seen.headers.get('cache-control'), name).toContain('no-store')
    shown.push(name)
    return
  }
  expect(`${type}: ${seen.text}`, name).not.toMatch(/<[a-z!/]/i)
}

/** Every answer under the engine's paths that a visitor gets, on all the hops of a walk. */
function watched(shown: string[]): Visitor {
  const visitor = new Visitor(app.origin)
  const ask = visitor.ask.bind(visitor)
  visitor.ask = async (...given) => {
    const seen = await ask(...given)
    if (seen.url.pathname.startsWith('/oidc/')) {
      check(`${given[1]?.method ?? 'GET'} ${seen.url.pathname} ${seen.status}`, seen, shown)
    }
    return seen
  }
  return visitor
}

const xsrfOf = ({ text }: Seen) => load(text)('input[name=xsrf]').first().attr('value') ?? ''
const confirm = (visitor: Visitor, fields: Record<string, string>) =>
  visitor.ask('/oidc/session/end/confirm', { method: 'POST', body: new URLSearchParams(fields) })

describe('no HTML of the engine comes out', () => {
  it('of any of its addresses, asked in any way by anybody', async () => {
    const shown: string[] = []
    const strangers = watched(shown)
    const hers = watched(shown)
    await tokensFor(app.origin, hers, panel, ana)
    const paths = [
      ...Object.values(engineRoutes),
      '/oidc/auth/an-interaction-nobody-began',
      '/oidc/device/an-interaction-nobody-began',
      '/oidc/session/end/confirm',
      '/oidc/session/end/success',
      '/oidc/session/end/success?client_id=panel',
      '/oidc/session/end/success?client_id=nobody',
      '/oidc/session/end?client_id=panel',
      '/oidc/session/end?id_token_hint=x',
      '/oidc/register/panel',
      '/oidc/nowhere',
      '/oidc/auth?client_id=nobody',
      '/oidc/auth?client_id=panel&redirect_uri=https://malo.example',
      ...['form_post', 'web_message', 'fragment', 'jwt', 'form_post.jwt', 'web_message.jwt', 'nothing'].map(
        (mode) => authorizationOf(panel, pkce().challenge, { response_mode: mode, prompt: 'none' }),
      ),
      ...['token', 'id_token', 'code id_token', 'none'].map((type) =>
        authorizationOf(panel, pkce().challenge, { response_type: type, response_mode: 'form_post' }),
      ),
    ]
    for (const path of paths) {
      for (const visitor of [strangers, hers]) {
        await visitor.ask(path)
        await visitor.ask(path, { method: 'POST', body: new URLSearchParams({ client_id: 'panel' }) })
        for (const method of ['HEAD', 'PUT', 'DELETE', 'OPTIONS']) await visitor.ask(path, { method })
      }
    }
    expect(shown.length).toBeGreaterThan(20)
  })

  it('on the way in, neither when somebody comes in another’s place, nor when the answer goes in a form', async () => {
    const shown: string[] = []
    const visitor = watched(shown)
    const inAForm = { response_mode: 'form_post' }
    await visitor.signIn(authorizationOf(panel, pkce().challenge, inAForm), ana)
    const url = authorizationOf(panel, pkce().challenge, { ...inAForm, prompt: 'login' })
    const end = await visitor.signIn(url, bruno)
    expect(load(end.text)('input[name=code]').attr('value')).toBeDefined()
    expect(shown).toHaveLength(2)
  })

  it('on the way out, whether anybody was in or not', async () => {
    const shown: string[] = []
    const visitor = watched(shown)
    const { id_token: hint = '' } = await tokensFor(app.origin, visitor, panel, ana)
    const asked = await visitor.ask(`/oidc/session/end?${new URLSearchParams({ id_token_hint: hint })}`)
    expect(isOurs(asked.text)).toBe(true)
    expect((await confirm(visitor, { xsrf: 'guessed' })).status).toBe(400)
    const only = await confirm(visitor, { xsrf: xsrfOf(asked) })
    await visitor.ask(only.headers.get('location') ?? '')
    const again = await visitor.ask('/oidc/session/end')
    const all = await confirm(visitor, { xsrf: xsrfOf(again), logout: 'yes' })
    await visitor.ask(all.headers.get('location') ?? '')
    expect(shown.length).toBeGreaterThanOrEqual(5)
  })
})

describe('signing out where nobody is signed in', () => {
  it('goes straight back to the client, with its state, without a page and without a session', async () => {
    const visitor = new Visitor(app.origin)
    const seen = await visitor.ask(
      `/oidc/session/end?${new URLSearchParams({
        client_id: 'panel',
        post_logout_redirect_uri: goodbye,
        state: 'a b&c',
      })}`,
    )
    expect(seen.status).toBe(303)
    const back = new URL(seen.headers.get('location') ?? '')
    expect(`${back.origin}${back.pathname}`).toBe(goodbye)
    expect([...back.searchParams]).toEqual([['state', 'a b&c']])
    expect(visitor.cookieFor('/')).not.toContain('session')
  })

  it('says that it is done where no client asks, or none that registered the address', async () => {
    const visitor = new Visitor(app.origin)
    const plain = await visitor.open('/oidc/session/end')
    expect(plain.url.pathname).toBe('/oidc/session/end/success')
    expect(load(plain.text)('h1').text()).toBe('Hemos cerrado tu sesión')
    const lured = await visitor.open('/oidc/session/end?post_logout_redirect_uri=https://malo.example/')
    expect(lured.url.pathname).toBe('/oidc/session/end/success')
    const refused = await visitor.ask(
      '/oidc/session/end?client_id=panel&post_logout_redirect_uri=https://malo.example/',
    )
    expect(refused.status).toBe(400)
    expect(refused.headers.get('location')).toBeNull()
  })
})

describe('a page that no view of ours drew', () => {
  it('would be noticed, logged and replaced (negative control)', async () => {
    const logged: string[] = []
    const views = { error: () => '<h1>ours</h1>' } as Partial<OidcViews> as OidcViews
    const log = { info: () => {}, warn: () => {}, error: (event: string) => void logged.push(event) }
    const koa = new Koa()
    koa.use(onlyOwnPages({ views, log }) as unknown as Middleware)
    koa.use((ctx) => {
      if (ctx.path === '/away') ctx.redirect('https://panel.example/?code=secret')
      else if (ctx.path === '/ours') showPage(ctx as unknown as KoaContextWithOIDC, '<h1>drawn</h1>')
      else ctx.body = '<html><script>document.forms[0].submit()</script></html>'
    })
    const server = createServer(koa.callback())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const get = (path: string) =>
      fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { redirect: 'manual' })
    const foreign = await get('/')
    expect([foreign.status, await foreign.text()]).toEqual([500, '<h1>ours</h1>'])
    expect(logged).toEqual(['oidc.page-without-a-view'])
    expect(await (await get('/ours')).text()).toBe('<h1>drawn</h1>')
    expect(await (await get('/away')).text()).toBe('')
    server.closeAllConnections()
    server.close()
  })
})
