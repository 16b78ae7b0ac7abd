import { load } from 'cheerio'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { lockAndEnd } from '../../../src/compose/subject-lock.ts'
import {
  identityPersonalData,
  pgLinkStore,
  pgPushBrowserReads,
} from '../../../src/features/identity/index.ts'
import { isId } from '../../../src/kernel/ids.ts'
import { personCalled, Visitor } from '../../house/visitor.ts'
import { type PushService, startPushService } from '../../support/push-service.ts'
import { type CallSite, openCallSite, words } from './call-site.ts'

/* The whole house, a push service of the test's own, and customers whose browsers it rings. */
const path = '/privacy/security/notifications'
const ana = personCalled('ana')
const bruno = personCalled('bruno')
const carmen = personCalled('carmen')
let push: PushService
let site: CallSite
let phone: Visitor

beforeAll(async () => {
  push = await startPushService()
  site = await openCallSite({ PLACET_EGRESS_ALLOW: push.origin })
  phone = await site.phoneWithPasskey(ana)
}, 60_000)
afterAll(async () => {
  await site?.close()
  await push?.close()
})
beforeEach(async () => {
  await site.tidy()
  for (const table of ['push_browsers', 'push_lookups']) await site.owner(table).delete()
  push.troubles.length = 0
})

const openPage = (visitor: Visitor) => site.openProven(visitor, `${path}/confirm-with-passkey`)
const keyIn = (html: string) => load(html)('form[data-push-key]').attr('data-push-key') ?? ''

/** Presses the button: what the page's script would do with the browser's answer. */
async function turnOn(visitor: Visitor) {
  const seen = await openPage(visitor)
  const browser = push.subscribe(keyIn(seen.text))
  const done = await visitor.submit(path, { subscription: browser.subscription })
  expect(words(done.text)).toContain('Este navegador ya te avisa')
  return browser
}
const browsers = () => site.owner('push_browsers').orderBy('created_at')
const settled = () => vi.waitFor(async () => expect(await prompted()).toBeGreaterThan(0), { timeout: 10_000 })
const prompted = async () => (await site.owner('oidc_call_requests').whereNotNull('prompted_at')).length

describe('a browser in which the customer turned notifications on', () => {
  it('rings with agent, brand and words, encrypted for it alone, and leads to the page of the yes (R51)', async () => {
    const before = site.mails(ana.email).length
    const browser = await turnOn(phone)
    const { status, body } = await site.ask(ana.email)
    expect(status).toBe(200)
    await vi.waitFor(() => expect(browser.rung).toHaveLength(1), { timeout: 10_000 })
    const [rung] = browser.rung
    const message = JSON.parse(rung?.text ?? '')
    expect(Object.keys(message).sort()).toEqual(['body', 'lang', 'path', 'title', 'until'])
    expect(message).toMatchObject({ title: 'Tienda Norte: ¿estás hablando con nosotros?', lang: 'es' })
    expect(message.body).toContain(`A-${site.agent.slice(-6).toUpperCase()}`)
    expect(message.body).toContain('LUNA-48?')
    expect(rung?.text).not.toMatch(/Ana|@|\+34/)
    expect(rung?.urgency).toBe('high')
    // What is left of the five minutes, so that nobody is rung for a request that is over.
    expect(rung?.ttl).toBeGreaterThan(240)
    expect(rung?.ttl).toBeLessThanOrEqual(300)
    expect(rung?.body.toString('latin1')).not.toContain('call-approval')
    expect(push.troubles).toEqual([])

    const seen = await site.openProven(phone, message.path)
    expect(words(seen.text)).toContain('LUNA-48?')
    const done = await phone.submit(message.path, { decision: 'approve' })
    expect(words(done.text)).toContain('Confirmado')
    expect((await site.poll(body['auth_req_id'])).status).toBe(200)
    expect(site.mails(ana.email)).toHaveLength(before)
  })

  it('rings beside the person’s others, and is forgotten when its push service says that it is gone', async () => {
    const first = await turnOn(phone)
    const tablet = new Visitor(site.app.origin)
    Object.assign(tablet, { authenticator: phone.authenticator })
    const second = await turnOn(tablet)
    expect(await browsers()).toHaveLength(2)
    first.answers(410)
    const before = site.mails(ana.email).length
    await site.ask(ana.email)
    await vi.waitFor(async () => expect(await browsers()).toHaveLength(1), { timeout: 10_000 })
    expect(second.rung).toHaveLength(1)
    expect(site.mails(ana.email)).toHaveLength(before)
    const [entry] = await site
      .owner('audit_entries')
      .whereRaw(`entry::text like '%push-browser.removed%' and entry::text like '%gone%'`)
    expect(entry).toBeDefined()
  })

  it('is passed over for a mail when no push service took the message', async () => {
    const browser = await turnOn(phone)
    browser.answers(503)
    const { link } = await site.ring(ana)
    expect(link).toMatch(/^\/call-approval\//)
    expect(browser.rung).toEqual([])
    expect(await browsers()).toHaveLength(1)
    browser.answers(410)
    await site.tidy()
    await site.ring(ana)
    expect(await browsers()).toHaveLength(0)
  })

  it('rings no more once it was turned off; somebody else’s cannot be', async () => {
    await turnOn(phone)
    const [row] = await browsers()
    const stranger = new Visitor(site.app.origin)
    await stranger.signIn('/privacy', bruno)
    await stranger.open(path)
    await stranger.submit(`${path}/${row.browser_id}/off`, {})
    expect(await browsers()).toHaveLength(1)
    const seen = await phone.open(path)
    const action = load(seen.text)('form[data-push-off]').attr('action') ?? ''
    const done = await phone.submit(action, {})
    expect(words(done.text)).toContain('Hemos desactivado los avisos')
    expect(await browsers()).toHaveLength(0)
    await site.ring(ana)
  })

  const security = '/privacy/security'
  const formWith = (html: string, action: RegExp) =>
    load(html)('form')
      .toArray()
      .map((form) => load(html)(form).attr('action') ?? '')
      .find((one) => action.test(one)) ?? ''
  it.each([
    ['the other sessions were ended', async () => phone.submit(`${security}/sessions/end-others`, {})],
    [
      'the session of another device was ended',
      async () => {
        const seen = await phone.open(security)
        return phone.submit(formWith(seen.text, /sessions\/[^/]+\/end$/), {})
      },
    ],
    [
      'the password was changed',
      async () => {
        await site.openProven(phone, `${path}/confirm-with-passkey`)
        return phone.submit(`${security}/password`, { password: ana.password })
      },
    ],
  ])('rings no more in what may be a thief’s hands once %s; this browser rings on', async (_, act) => {
    const mine = await turnOn(phone)
    const laptop = new Visitor(site.app.origin)
    Object.assign(laptop, { authenticator: phone.authenticator })
    const lost = await turnOn(laptop)
    expect(await browsers()).toHaveLength(2)
    const done = await act()
    expect(done.status).toBe(200)
    expect(await browsers()).toHaveLength(1)
    await site.ask(ana.email)
    await vi.waitFor(() => expect(mine.rung).toHaveLength(1), { timeout: 10_000 })
    expect(lost.rung).toEqual([])
    expect(words((await phone.open(security)).text)).toContain('Un navegador dejó de recibir avisos')
  })

  it('goes with the others when it cannot be opened, and keeps none of them ringing', async () => {
    await turnOn(phone)
    const [mine] = await browsers()
    const laptop = new Visitor(site.app.origin)
    Object.assign(laptop, { authenticator: phone.authenticator })
    await turnOn(laptop)
    const tablet = new Visitor(site.app.origin)
    Object.assign(tablet, { authenticator: phone.authenticator })
    await turnOn(tablet)
    const broken = (await browsers()).at(-1)
    await site
      .owner('push_browsers')
      .where({ browser_id: broken.browser_id })
      .update({ sealed_subscription: mine.sealed_subscription })
    const done = await phone.submit(`${security}/sessions/end-others`, {})
    expect(done.status).toBe(200)
    expect((await browsers()).map(({ browser_id: id }) => id)).toEqual([mine.browser_id])
  })

  it('rings for one person at a time: who turns it on last has it', async () => {
    const browser = await turnOn(phone)
    const other = await site.phoneWithPasskey(bruno)
    await openPage(other)
    await other.submit(path, { subscription: browser.subscription })
    const rows = await browsers()
    expect(rows).toHaveLength(1)
    await site.ring(ana)
    expect(browser.rung).toEqual([])
  })

  it('is a secret of the person: where it is rung is sealed with their key, told to them, and lost with it', async () => {
    const browser = await turnOn(phone)
    const [row] = await browsers()
    const tables = [await site.owner('push_browsers'), await site.owner('push_lookups')]
    expect(JSON.stringify(tables)).not.toContain(new URL(browser.endpoint).pathname)
    expect(row.sealed_subscription.toString('latin1')).not.toContain('push')
    const { platform, reads, sealer } = site.app.house
    const lane = platform.lanes.login
    if (!isId(row.subject_id)) throw new Error('no subject')
    const data = await identityPersonalData({
      reads,
      sealer,
      links: pgLinkStore(lane),
      pushBrowsers: pgPushBrowserReads(lane),
    }).exportData(row.subject_id as never)
    expect(data['push_browsers']).toEqual([
      { browser: 'other', service: new URL(push.origin).host, createdAt: row.created_at },
    ])
  })
})

describe('turning notifications on', () => {
  const offer = async (bent: string | { readonly endpoint?: string; readonly keys?: object }) => {
    const seen = await openPage(phone)
    const honest = JSON.parse(push.subscribe(keyIn(seen.text)).subscription)
    const subscription =
      typeof bent === 'string'
        ? bent
        : JSON.stringify({ ...honest, ...bent, keys: { ...honest.keys, ...bent.keys } })
    return phone.submit(path, { subscription })
  }

  it('takes a passkey of the last five minutes, not a password and not an old one, and is told by mail (R76)', async () => {
    const seen = await openPage(phone)
    const browser = push.subscribe(keyIn(seen.text))
    site.ahead(302_000)
    const old = await phone.ask(path, {
      method: 'POST',
      body: new URLSearchParams({ _csrf: phone.csrf, subscription: browser.subscription }),
    })
    expect(old.headers.get('location')).toBe(`${path}/confirm-with-passkey`)
    expect(words((await phone.open(path)).text)).toContain('confirma que eres tú con tu llave')
    site.ahead(0)
    const laptop = new Visitor(site.app.origin)
    await laptop.signIn('/privacy', ana)
    const page = await laptop.open(path)
    expect(load(page.text)('form[data-push-key]')).toHaveLength(0)
    const weak = await laptop.ask(path, {
      method: 'POST',
      body: new URLSearchParams({ _csrf: laptop.csrf, subscription: browser.subscription }),
    })
    expect(weak.headers.get('location')).toBe(`${path}/confirm-with-passkey`)
    expect(await browsers()).toHaveLength(0)
    await turnOn(phone)
    const news = () => site.app.outbox.last(ana.email)?.subject
    await vi.waitFor(() => expect(news()).toContain('Un navegador avisa ahora'), { timeout: 10_000 })
  })

  it.each([
    ['an address of our own network', { endpoint: 'https://10.0.0.8/push' }],
    ['the same in version 6', { endpoint: 'https://[fd00::8]/push' }],
    ['plain http', { endpoint: 'http://push.example.com/x' }],
    ['a port nobody pushes from', { endpoint: 'https://push.example.com:22/x' }],
    ['credentials in the address', { endpoint: 'https://ana:x@push.example.com/x' }],
    ['a point that is on no curve', { keys: { p256dh: Buffer.alloc(65, 4).toString('base64url') } }],
    ['a secret that is too short', { keys: { auth: 'AAAA' } }],
    ['no subscription at all', 'hola'],
  ])('never keeps %s (R115)', async (_, bent) => {
    const answer = await offer(bent)
    expect(answer.status).toBe(422)
    expect(words(answer.text)).toContain('No hemos podido activar los avisos')
    expect(await browsers()).toHaveLength(0)
  })

  it('with a name that leads into our own network, nothing leaves: names are looked at when they are dialled (R115)', async () => {
    expect((await offer({ endpoint: 'https://localhost/push' })).status).toBe(200)
    expect(await browsers()).toHaveLength(1)
    await site.ring(ana)
    expect(await browsers()).toHaveLength(1)
  })

  it('is asked of nobody by the page itself, and says what it needs where there is no script', async () => {
    const seen = await openPage(phone)
    const $ = load(seen.text)
    expect($('form[data-push-key]').attr('hidden')).toBeDefined()
    expect($('noscript').text()).toContain('hace falta JavaScript')
    const carol = new Visitor(site.app.origin)
    await carol.signIn('/privacy', carmen)
    expect(words((await carol.open(path)).text)).toContain('hace falta una llave de acceso')
  })

  it('happens on the one page whose policy knows the address of the worker, and of nothing else (R110)', async () => {
    const policyOf = async (at: string) =>
      (await phone.open(at)).headers.get('content-security-policy')?.split(';') ?? []
    expect(await policyOf(path)).toEqual(
      expect.arrayContaining(['trusted-types placet-push', "require-trusted-types-for 'script'"]),
    )
    expect(await policyOf('/privacy/security')).toContain("trusted-types 'none'")
    const worker = await fetch(`${site.app.origin}/assets/push-worker.js`)
    expect(worker.headers.get('content-type')).toContain('text/javascript')
    expect(worker.headers.get('service-worker-allowed')).toBeNull()
    expect(await worker.text()).not.toMatch(/fetch\(|'fetch'|importScripts|caches/)
  })
})

describe('a client that was stopped with “no he sido yo”', () => {
  const callers = '/privacy/security/callers'

  it('is shown with its date, and asks again only after a fresh passkey let it (R52)', async () => {
    const { link } = await site.ring(ana)
    await site.openProven(phone, link)
    await phone.submit(link, { decision: 'report' })
    const seen = await phone.open(callers)
    expect(words(seen.text)).toContain('Atención al cliente')
    expect(words(seen.text)).toMatch(/No puede preguntarte desde el \d+ de \S+ de 20\d\d/)
    await site.owner('oidc_call_requests').delete()
    await site.ask(ana.email)
    expect(await prompted()).toBe(0)

    const action = load(seen.text)('form[action$="/lift"]').attr('action') ?? ''
    site.ahead(302_000)
    const late = await phone.ask(action, {
      method: 'POST',
      body: new URLSearchParams({ _csrf: phone.csrf }),
    })
    expect(late.headers.get('location')).toBe(`${callers}/confirm-with-passkey`)
    site.ahead(0)
    const laptop = new Visitor(site.app.origin)
    await laptop.signIn('/privacy', ana)
    await laptop.open(callers)
    await laptop.ask(action, { method: 'POST', body: new URLSearchParams({ _csrf: laptop.csrf }) })
    const stranger = new Visitor(site.app.origin)
    await stranger.signIn('/privacy', bruno)
    expect(words((await stranger.open(callers)).text)).toContain('Nadie está en esta lista')
    expect(await site.owner('oidc_call_blocks')).toHaveLength(1)

    await site.openProven(phone, `${callers}/confirm-with-passkey`)
    const lifted = await phone.submit(action, {})
    expect(words(lifted.text)).toContain('Ya puede volver a preguntarte')
    expect(await site.owner('oidc_call_blocks')).toEqual([])
    await site.owner('oidc_call_requests').delete()
    await site.ring(ana)
    await settled()
    expect(words((await phone.open('/privacy/security')).text)).toContain(
      'Permitiste otra vez que te pregunten por teléfono',
    )
  })
})

describe('a browser of somebody who lost a device', () => {
  const lostWith = async () => {
    const carmens = await site.phoneWithPasskey(carmen)
    await turnOn(carmens)
    const laptop = new Visitor(site.app.origin)
    Object.assign(laptop, { authenticator: carmens.authenticator })
    await turnOn(laptop)
    return carmens
  }

  it('rings no more once a passkey was removed, and not even theirs once the account was locked', async () => {
    const carmens = await lostWith()
    await site.openProven(carmens, `${path}/confirm-with-passkey`)
    const seen = await carmens.open('/privacy/security')
    const action = load(seen.text)('form[action$="/remove"]').attr('action') ?? ''
    expect((await carmens.submit(action, {})).status).toBe(200)
    expect(await browsers()).toHaveLength(1)
    const actor = { kind: 'system', name: 'test' } as const
    await lockAndEnd(site.app.house, { actor, subject: carmen.email, reason: 'the laptop was stolen' })
    expect(await browsers()).toHaveLength(0)
  })
})
