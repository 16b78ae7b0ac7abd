import { load } from 'cheerio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyTowards } from '../../src/oidc/form-post.ts'
import {
  authorizationOf,
  personCalled,
  pkce,
  post,
  type RelyingParty,
  type Seen,
  Visitor,
} from '../house/visitor.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { registerClient } from './support/client-of-house.ts'

let app: TestApp
let panel: RelyingParty

const ana = personCalled('ana')
const inAForm = { response_mode: 'form_post' }

beforeAll(async () => {
  app = await startTestApp({ people: true })
  panel = await registerClient(app, 'panel', 'https://panel.example/callback', {
    client_name: 'Panel <b>Norte</b>',
    response_modes: ['query', 'form_post'],
  })
})
afterAll(() => app?.close())

const fieldsOf = ({ text }: Seen) => {
  const $ = load(text)
  const inputs = $('form input').toArray()
  return Object.fromEntries(inputs.map((input) => [$(input).attr('name'), $(input).attr('value')]))
}

describe('a client that wants its answer in a form', () => {
  it('gets it from a page of ours, which carries the answer and nothing else, and the code works', async () => {
    const { verifier, challenge } = pkce()
    const seen = await new Visitor(app.origin).signIn(authorizationOf(panel, challenge, inAForm), ana)
    expect(seen.status).toBe(200)
    const $ = load(seen.text)
    expect($('html').attr('lang')).toBe('es')
    expect($('link[rel=stylesheet]').first().attr('href')).toBe('/assets/placet.css')
    expect($('h1').text()).toBe('Volviendo a Panel <b>Norte</b>')
    expect($('form')).toHaveLength(1)
    expect($('form').attr('method')).toBe('post')
    expect($('form').attr('action')).toBe(panel.redirectUri)
    expect($('form button').text()).toContain('Ir a Panel')
    const fields = fieldsOf(seen)
    expect(Object.keys(fields).sort()).toEqual(['code', 'iss', 'state'])
    expect(fields).toMatchObject({ state: 'st', iss: app.origin })
    const answer = await post(app.origin, '/oidc/token', panel, {
      grant_type: 'authorization_code',
      code: fields['code'] ?? '',
      code_verifier: verifier,
      redirect_uri: panel.redirectUri,
    })
    expect(answer.status).toBe(200)
  })

  it('gets it over https only, under the policy of all our pages, and the page is kept by nobody (R110, R111)', async () => {
    const seen = await new Visitor(app.origin).signIn(authorizationOf(panel, pkce().challenge, inAForm), ana)
    const policy = seen.headers.get('content-security-policy') ?? ''
    expect(policy.match(/form-action[^;]*/g)).toEqual(['form-action https:'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(seen.headers.get('cache-control')).toContain('no-store')
    expect(load(seen.text)('script:not([src]), style, [style]')).toHaveLength(0)
  })

  it('gets what it sent as state back unchanged, whatever is in it', async () => {
    const state = `"><script>alert(1)</script>&amp;'\u2028ñ`
    const seen = await new Visitor(app.origin).signIn(
      authorizationOf(panel, pkce().challenge, { ...inAForm, state }),
      ana,
    )
    expect(seen.text).not.toContain('<script>alert')
    expect(fieldsOf(seen)['state']).toBe(state)
  })

  it('hears of a refusal in the same way, and without a word that anybody signed in', async () => {
    const visitor = new Visitor(app.origin)
    const silent = authorizationOf(panel, pkce().challenge, { ...inAForm, prompt: 'none', ui_locales: 'en' })
    const seen = await visitor.open(silent)
    expect(seen.status).toBe(400)
    expect(fieldsOf(seen)).toMatchObject({ error: 'login_required', state: 'st', iss: app.origin })
    expect(load(seen.text)('html').attr('lang')).toBe('en')
    expect(load(seen.text)('main').text()).not.toContain('signed in')
    expect(seen.headers.get('content-security-policy')).toContain('form-action https:')
    expect(seen.headers.get('cache-control')).toContain('no-store')
  })

  it('must have registered the address and the mode: no form leads anywhere else (R3)', async () => {
    const visitor = new Visitor(app.origin)
    const elsewhere = { ...panel, redirectUri: 'https://malo.example/callback' }
    const refused = await visitor.open(authorizationOf(elsewhere, pkce().challenge, inAForm))
    expect(refused.status).toBe(400)
    expect(refused.text).not.toContain('malo.example')
    expect(load(refused.text)('form')).toHaveLength(0)

    const plain = await registerClient(app, 'sin-formularios', 'https://plain.example/callback', {
      response_modes: ['query'],
    })
    const unasked = await visitor.open(authorizationOf(plain, pkce().challenge, inAForm))
    expect(unasked.status).toBe(400)
    expect(fieldsOf(unasked)).toMatchObject({ error: 'invalid_request' })
    expect(fieldsOf(unasked)).not.toHaveProperty('code')
  })
})

describe('the policy of that page', () => {
  const ours = "default-src 'none'; form-action 'self'; script-src 'self'; upgrade-insecure-requests"

  it.each([
    ['https://tienda.example:8443/a?b=c', 'upgrade-insecure-requests; form-action https:'],
    ['http://127.0.0.1:49152/a', 'form-action https: http:'],
    ['http://[::1]:49152/a', 'form-action https: http:'],
    ['es.tienda.app:/a', 'form-action https: es.tienda.app:'],
    ["https://tienda.example/;script-src 'unsafe-inline'", 'upgrade-insecure-requests; form-action https:'],
  ])('on the way to %s is ours with %s', (address, end) => {
    expect(policyTowards(address, ours)).toBe(`default-src 'none'; script-src 'self'; ${end}`)
  })
})
