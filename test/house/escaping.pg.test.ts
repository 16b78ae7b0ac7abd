import { load } from 'cheerio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandHouse } from '../../src/compose/command-house.ts'
import { draftPurpose, publishNotice, publishPurpose } from '../../src/features/consent/index.ts'
import { declareAttributesWithin } from '../../src/features/profile/index.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { authorizationOf, personCalled, pkce, Visitor } from './visitor.ts'

/** Breaks out of text, of attributes, of titles and of scripts, and is told by its number from every other. */
const payload = (place: number) =>
  `<script id="mal${place}">alert(${place})</script>"' onfocus=mal${place}() x='</title><img src=x onerror=mal${place}()>`

const places = {
  clientName: 1,
  firstName: 2,
  noticeTitle: 3,
  noticeText: 4,
  loginHint: 5,
  state: 6,
  retention: 7,
}
const purpose = 'marketing.trampa'
const bruno = personCalled('bruno')

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ people: true })
  const { consoleWork, platform, registry, oidc, work, sealer, catalogue } = app.house
  const parts = { work: consoleWork, clock: platform.clock }
  const actor: Actor = { kind: 'system', name: 'test' }
  const version = await draftPurpose(parts, {
    actor,
    draft: {
      id: purpose,
      class: 'marketing',
      position: 1,
      bases: ['consent'],
      attributes: ['email', 'first_name'],
      contactChannels: ['email'],
      recipients: ['correo-norte'],
      retention: { es: payload(places.retention), en: payload(places.retention) },
      howToStop: { es: 'x', en: 'x' },
      dpv: 'https://w3id.org/dpv#DirectMarketing',
      change: 'material',
    },
  })
  for (const language of ['es', 'en']) {
    await publishNotice(parts, {
      actor,
      notice: {
        id: 'trampa',
        version: 1,
        purpose,
        purposeVersion: version,
        language,
        title: payload(places.noticeTitle),
        summary: payload(places.noticeText),
        text: payload(places.noticeText),
      },
    })
  }
  await publishPurpose(parts, { actor, purpose })
  await registry.refresh()
  await commandHouse(app.house).clients.create({
    client_id: 'malicioso',
    client_name: payload(places.clientName).slice(0, 100),
    redirect_uris: ['https://malo.example/callback'],
    token_endpoint_auth_method: 'none',
    scope: 'openid profile email',
    recipient_id: 'correo-norte',
    purpose_id: 'marketing.direct',
    contact_channel: 'email',
  })
  await oidc.reloadClients()
  const { rows } = await platform.lanes.console.raw(
    'select subject_id from subjects order by created_at limit 2',
  )
  for (const { subject_id: subjectId } of rows as { subject_id: SubjectId }[]) {
    await work((tx) =>
      declareAttributesWithin({ catalogue, sealer, clock: platform.clock, entropy: platform.entropy }, tx, {
        subjectId,
        declarations: [{ attributeId: 'last_name', value: payload(places.firstName).slice(0, 60) }],
        provenance: 'declared',
        source: 'web',
        actor: { kind: 'subject', subjectId, assurance: 'password' },
        evidence: { channel: 'web', surface: 'test', language: 'es' },
      }),
    )
  }
}, 60_000)
afterAll(() => app?.close())

/** Which payloads a page repeats, after proving that it only repeats them. */
function repeated(name: string, html: string): number[] {
  const $ = load(html)
  expect($('[id^="mal"], script:not([src])').length, `${name}: a planted element`).toBe(0)
  expect($('img[src="x"]').length, `${name}: a planted picture`).toBe(0)
  for (const element of $('*').toArray()) {
    const attributes = 'attribs' in element ? Object.keys(element.attribs) : []
    for (const attribute of attributes)
      expect(attribute, `${name}: a planted attribute`).not.toMatch(/^on|^x$/)
  }
  expect($('body title, svg title').length, `${name}: a second title`).toBe(0)
  return [...new Set([...html.matchAll(/mal(\d)/g)].map(([, place]) => Number(place)))]
}

describe('text that tries to be markup', () => {
  it('stays text on every page that shows it: names, values, notices, hints (R112, VC20)', async () => {
    const visitor = new Visitor(app.origin)
    const seenWhere = new Map<number, string[]>()
    const look = (name: string, html: string) => {
      for (const place of repeated(name, html)) seenWhere.set(place, [...(seenWhere.get(place) ?? []), name])
    }
    const party = { clientId: 'malicioso', secret: undefined, redirectUri: 'https://malo.example/callback' }
    const hint = payload(places.loginHint)
    let seen = await visitor.open(
      authorizationOf(party, pkce().challenge, {
        scope: 'openid profile email',
        login_hint: hint,
        state: payload(places.state),
        ui_locales: hint,
      }),
    )
    const base = seen.url.pathname.replace(/\/[^/]+$/, '')
    look('identify', seen.text)
    look('create-account', (await visitor.open(`${base}/create-account`)).text)
    look('identify, wrong', (await visitor.submit(`${base}/identify`, { email: hint })).text)
    await visitor.submit(`${base}/identify`, { email: bruno.email })
    look('enter-password', (await visitor.open(`${base}/enter-password`)).text)
    seen = await visitor.submit(`${base}/enter-password`, { password: bruno.password })
    look('create-passkey', seen.text)
    seen = await visitor.submit(`${base}/create-passkey/skip`, {})
    const page = seen.url.pathname
    expect(page).toMatch(/\/preferences$/)
    look('preferences', seen.text)
    seen = await visitor.choose(seen, { [`${purpose}.email`]: 'yes' })
    look('saved-choices', seen.text)
    seen = await visitor.open(seen.url.pathname, {
      method: 'POST',
      body: new URLSearchParams({ _csrf: visitor.csrf }),
    })
    expect(seen.url.pathname).toMatch(/\/authorize-client$/)
    look('authorize-client', seen.text)
    const shared = await visitor.ask(seen.url.pathname, {
      method: 'POST',
      body: new URLSearchParams({ _csrf: visitor.csrf, decision: 'share' }),
    })
    look('continuing', shared.text)
    const left = await visitor.goOn(seen)
    expect(left.url.origin).toBe('https://malo.example')
    expect(left.url.searchParams.get('state')).toBe(payload(places.state))
    for (const path of [
      '',
      '/permissions',
      '/history',
      '/changes',
      '/your-data',
      '/recipients',
      '/security',
    ]) {
      const own = await visitor.open(`/privacy${path}`)
      expect(own.status, path).toBe(200)
      look(`privacy${path}`, own.text)
      look(`privacy${path} in English`, (await visitor.open(`/privacy${path}?lang=en`)).text)
    }
    look('edit-value', (await visitor.open('/privacy/your-data/last_name')).text)
    const history = await visitor.open('/privacy/history')
    const receipt = /(\/privacy\/receipts\/[0-9a-f-]{36})/.exec(history.text)?.[1] ?? ''
    look('receipt', (await visitor.open(receipt)).text)
    for (const path of [
      `/oidc/session/end?client_id=malicioso&ui_locales=${encodeURIComponent(hint)}&state=${encodeURIComponent(hint)}`,
      `/oidc/auth?client_id=${encodeURIComponent(hint)}`,
      `/oidc/auth?client_id=malicioso&redirect_uri=${encodeURIComponent(hint)}`,
      `/oidc/auth?client_id=malicioso&redirect_uri=${encodeURIComponent(party.redirectUri)}&scope=${encodeURIComponent(hint)}`,
      `/staff/sign-in?to=${encodeURIComponent(hint)}&done=${encodeURIComponent(hint)}`,
      `/nowhere/${encodeURIComponent(hint)}?${encodeURIComponent(hint)}`,
    ]) {
      const answer = await visitor.ask(path)
      if (answer.text !== '') look(path.slice(0, 30), answer.text)
    }
    // The test would prove nothing had the payloads not been shown.
    for (const place of [places.clientName, places.firstName, places.noticeTitle, places.noticeText])
      expect(seenWhere.get(place)?.length ?? 0, `payload ${place}`).toBeGreaterThan(0)
  }, 60_000)

  it('stays text in mail and in problem details', async () => {
    const visitor = new Visitor(app.origin)
    await visitor.signIn('/privacy', bruno)
    for (const mail of app.outbox.messages)
      repeated(`mail ${mail.kind}`, mail.html === '' ? '<title>x</title>' : mail.html)
    const answer = await fetch(`${app.origin}/nowhere?${encodeURIComponent(payload(9))}`, {
      headers: { accept: 'application/json' },
    })
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await answer.text()).not.toContain('mal9')
  })
})
