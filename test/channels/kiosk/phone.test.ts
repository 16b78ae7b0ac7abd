import { createHash } from 'node:crypto'
import { get } from 'node:http'
import { load } from 'cheerio'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commandHouse } from '../../../src/compose/command-house.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { enrol } from '../../house/enrolling.ts'
import { personCalled, type Seen, Visitor } from '../../house/visitor.ts'
import { type Kiosk, kioskCalls, type Started } from '../../oidc/support/device-flow.ts'
import { dpopProof, type KeyOfClient, makeKey } from '../../oidc/support/keys.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { browserToken, knock, staffCookie } from '../matrix-visitor.ts'

/* The whole house: a kiosk that was enrolled, and the browsers of people who may or may not stand in front of it. */
const inStore = '198.51.100.20'
/** By how much the house's clock is ahead, in milliseconds. */
let later = 0
let app: TestApp
let owner: ReturnType<typeof openLane>
let house: ReturnType<typeof commandHouse>
let kiosk: Kiosk
let calls: ReturnType<typeof kioskCalls>
const ana = personCalled('ana')
const bruno = personCalled('bruno')

beforeAll(async () => {
  app = await startTestApp({
    people: true,
    environment: { PLACET_TRUSTED_PROXIES: '127.0.0.1', PLACET_COUNTRY_HEADER: 'CF-IPCountry' },
    clock: { now: () => new Date(Date.now() + later) },
  })
  owner = openLane(app.database.connection, 'phone', 1)
  house = commandHouse(app.house)
  const { add } = house.touchpoints
  await add({ id: 'norte', kind: 'brand', name: 'Tienda Norte' })
  await add({
    id: 'gran-via',
    kind: 'store',
    name: 'Tienda Gran Vía',
    parent: 'norte',
    city: 'Madrid',
    country: 'ES',
    network: ['198.51.100.0/24'],
  })
  await add({ id: 'gran-via-3', kind: 'terminal', name: 'Quiosco 3', parent: 'gran-via' })
  const key: KeyOfClient = await makeKey()
  const { code } = await house.terminals.code('gran-via-3')
  const { status, body } = await enrol(app, { code, key, from: inStore })
  if (status !== 201) throw new Error(`not enrolled: ${JSON.stringify(body)}`)
  kiosk = { clientId: String(body['client_id']), key }
  calls = kioskCalls(app.origin)
}, 60_000)
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
})
beforeEach(() => owner('rate_limits').delete())

const start = async (): Promise<Started> => {
  const answer = await calls.ask(kiosk, { from: inStore })
  if (answer.status !== 200) throw new Error(await answer.text())
  return (await answer.json()) as Started
}
const poll = async ({ device_code: code }: Started) => {
  await owner('oidc_device_flows').update({ polled_at: null })
  return calls.poll(kiosk, code, { from: inStore })
}
const pathOf = (address: string) => {
  const { pathname, search } = new URL(address)
  return `${pathname}${search}`
}
/** A phone whose camera read the QR code, and whose owner signed in on the way to the page. */
const scan = async (
  started: Started,
  person: { email: string; password: string },
  phone = new Visitor(app.origin),
) => ({
  phone,
  seen: await phone.signIn(pathOf(started.verification_uri_complete), person),
})
const press = (phone: Visitor, started: Started, decision: string, number?: string): Promise<Seen> =>
  phone.submit('/device/answer', {
    user_code: started.user_code,
    decision,
    ...(number === undefined ? {} : { number }),
  })
const words = (html: string) => load(html)('main').text().replaceAll(/\s+/g, ' ')
const alarms = async (): Promise<string[]> =>
  (await owner('outbox_events').where({ type: 'device-flow.killed' }).orderBy('occurred_at')).map(
    ({ payload }) => payload.because,
  )

describe('the page on the phone', () => {
  it('names store, kiosk, city, time, code, application and what it may do, and approves nothing (R41)', async () => {
    const started = await start()
    const { seen } = await scan(started, ana)
    expect(seen.url.pathname).toBe('/device')
    const said = words(seen.text)
    for (const one of [
      'Quiosco 3',
      'Tienda Gran Vía (Madrid)',
      started.user_code,
      'Continúa solo si lo tienes delante',
    ])
      expect(said).toContain(one)
    expect(said).toMatch(/Código pedido.*\d{1,2}:\d{2}/)
    expect(said).toContain('Saber quién eres')
    expect(said).toContain('Enseñarte tus permisos')
    // The number stands among three, and no page says which of them it is.
    const $ = load(seen.text)
    const offered = $('input[name=number]')
      .toArray()
      .map((one) => $(one).attr('value'))
    expect(offered).toHaveLength(3)
    expect(offered).toContain(started.binding_number)
    expect($('input[name=number][checked]')).toHaveLength(0)
    expect((await poll(started)).body).toMatchObject({ error: 'authorization_pending' })
  })

  it('puts the ways out first, with the focus and the look of the yes, and says when not to go on (R43)', async () => {
    const { seen } = await scan(await start(), ana)
    const $ = load(seen.text)
    const buttons = $('button[name=decision]').toArray()
    expect(buttons.map((one) => $(one).attr('value'))).toEqual(['decline', 'report', 'approve'])
    expect(new Set(buttons.map((one) => $(one).attr('class'))).size).toBe(1)
    expect(buttons.map((one) => $(one).attr('autofocus') !== undefined)).toEqual([true, false, false])
    expect(words(seen.text)).toContain('No sigas si este enlace o este código te han llegado por mensaje')
  })

  it('lets Ana in with the number of the kiosk, and takes it back when she says it was not her (R42, R47)', async () => {
    const started = await start()
    const { phone } = await scan(started, ana)
    const without = await press(phone, started, 'approve')
    expect(without.status).toBe(422)
    expect(words(without.text)).toContain('Elige el número que ves en el quiosco')
    const done = await press(phone, started, 'approve', started.binding_number)
    expect(words(done.text)).toContain('Ya puedes seguir en el quiosco')
    const { status, body } = await poll(started)
    expect(status).toBe(200)
    expect(body['refresh_token']).toBeUndefined()
    const reported = await press(phone, started, 'report')
    expect(words(reported.text)).toContain('Lo hemos cerrado')
    expect(await alarms()).toEqual(['reported'])
    const tokens = await owner('oidc_tokens').where({ client_id: kiosk.clientId, kind: 'AccessToken' })
    expect(tokens).toHaveLength(0)
  })

  it('takes a code that is typed, in whatever writing, and answers every wrong one alike (R40)', async () => {
    const phone = new Visitor(app.origin)
    await phone.signIn('/device', ana)
    const started = await start()
    const typed = await phone.submit('/device', {
      user_code: ` ${started.user_code.toLowerCase().replace('-', ' ')}`,
    })
    expect(words(typed.text)).toContain('¿Tienes delante el Quiosco 3?')
    await press(phone, started, 'decline')
    const answers = new Set<string>()
    for (const code of [started.user_code, 'BCDF-GHJK', 'nonsense']) {
      const seen = await phone.open(`/device?${new URLSearchParams({ user_code: code })}`)
      expect(seen.status).toBe(422)
      answers.add(words(seen.text))
    }
    expect(answers.size).toBe(1)
  })

  it('asks again who somebody is whose sign-in is older than five minutes, before anything else (R44)', async () => {
    const phone = new Visitor(app.origin)
    await phone.signIn('/device', ana)
    try {
      later = 290_000
      const started = await start()
      const page = pathOf(started.verification_uri_complete)
      expect((await phone.ask(page)).status).toBe(200)
      later = 302_000
      const sent = await phone.ask(page)
      expect(sent.status).toBe(303)
      const signIn = new URL(sent.headers.get('location') ?? '', app.origin)
      expect(signIn.pathname).toBe('/oidc/auth')
      expect(signIn.searchParams.get('max_age')).toBe('300')
      // A form that was left open leads back to the page, and the page to the sign-in.
      const pressed = await phone.ask('/device/answer', {
        method: 'POST',
        body: new URLSearchParams({
          _csrf: phone.csrf,
          user_code: started.user_code,
          decision: 'approve',
          number: started.binding_number,
        }),
      })
      expect(pressed.status).toBe(303)
      expect(pressed.headers.get('location')).toContain(`/device?user_code=${started.user_code}`)
      expect((await poll(started)).body).toMatchObject({ error: 'authorization_pending' })
    } finally {
      later = 0
    }
  })
})

describe('a phone whose proxy says which country it is in', () => {
  const from = (country: string) => new Visitor(app.origin, { 'cf-ipcountry': country })

  it('needs a passkey where that is not the country of the kiosk, on the page and for the yes (R48)', async () => {
    for (const country of ['FR', 'T1']) {
      const started = await start()
      const { phone, seen } = await scan(started, ana, from(country))
      expect(seen.text).toContain('/device/confirm-with-passkey')
      const forced = await press(phone, started, 'approve', started.binding_number)
      expect(forced.text).toContain('/device/confirm-with-passkey')
      expect((await poll(started)).body).toMatchObject({ error: 'authorization_pending' })
    }
  })

  it('signs in from there with a passkey (R48)', async () => {
    const phone = from('FR')
    let seen = await phone.open('/privacy')
    const path = seen.url.pathname.replace(/\/identify$/, '')
    await phone.submit(seen.url.href, { email: bruno.email })
    seen = await phone.open(`${path}/enter-password`)
    seen = await phone.submit(seen.url.href, { password: bruno.password })
    const made = phone.authenticator.create(await phone.json(`${path}/create-passkey/options`))
    await phone.goOn(await phone.submit(`${path}/create-passkey`, { response: JSON.stringify(made) }))
    const started = await start()
    seen = await phone.open(
      `/device/confirm-with-passkey?${new URLSearchParams({ user_code: started.user_code })}`,
    )
    const flow = seen.url.pathname.replace(/\/(identify|step-up)$/, '')
    const page = seen.url.pathname.endsWith('/step-up') ? 'step-up' : 'passkey'
    const options = await phone.json(`${flow}/${page}/options`)
    const proof = JSON.stringify(phone.authenticator.get(options))
    seen = await phone.goOn(await phone.submit(`${flow}/${page}`, { response: proof }))
    expect(words(seen.text)).toContain('Quiosco 3')
    await press(phone, started, 'approve', started.binding_number)
    expect((await poll(started)).status).toBe(200)
  })

  it('is asked for no more at home, or where nobody knows (R48)', async () => {
    for (const country of ['ES', 'es', 'XX', '', 'Spain']) {
      const started = await start()
      const { phone, seen } = await scan(started, ana, from(country))
      expect(words(seen.text)).toContain('Quiosco 3')
      await press(phone, started, 'decline')
    }
  })

  it('is not heard when it says so itself: only the proxies of the configuration are (R48, R114)', async () => {
    const started = await start()
    const phone = new Visitor(app.origin)
    await phone.signIn('/privacy', ana)
    const path = pathOf(started.verification_uri_complete)
    // As the phone itself, on its own connection, with no proxy of ours between.
    const direct = await new Promise<string>((resolve, reject) => {
      const headers = { cookie: phone.cookieFor('/device'), 'cf-ipcountry': 'FR', accept: 'text/html' }
      get(`${app.origin}${path}`, { localAddress: '127.0.0.2', headers }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk) => chunks.push(chunk))
        answer.on('end', () => resolve(Buffer.concat(chunks).toString()))
      }).on('error', reject)
    })
    expect(words(direct)).toContain('Quiosco 3')
    expect(direct).not.toContain('confirm-with-passkey')
  })
})

describe('whoever signs out of everything on the phone', () => {
  it('is signed out of the kiosk as well, and whoever signs out of one application is not', async () => {
    for (const everything of [false, true]) {
      await owner('oidc_tokens').where({ client_id: kiosk.clientId }).delete()
      const started = await start()
      const { phone } = await scan(started, ana)
      await press(phone, started, 'approve', started.binding_number)
      expect((await poll(started)).status).toBe(200)
      const asked = await phone.open('/oidc/session/end')
      const xsrf = load(asked.text)('input[name=xsrf]').first().attr('value') ?? ''
      await phone.ask('/oidc/session/end/confirm', {
        method: 'POST',
        body: new URLSearchParams(everything ? { xsrf, logout: 'yes' } : { xsrf }),
      })
      const left = await owner('oidc_tokens').where({ client_id: kiosk.clientId, kind: 'AccessToken' })
      expect(left).toHaveLength(everything ? 0 : 1)
    }
  })
})

describe('a phisher with the script of RFC 10027 (VC6)', () => {
  it('who starts the flow somewhere else, without a kiosk’s key, has nothing to send to anybody (R38)', async () => {
    const elsewhere = { ...kiosk, key: await makeKey() }
    expect((await calls.ask(elsewhere, { from: inStore })).status).toBe(401)
    expect((await calls.ask(kiosk, { from: '192.0.2.9' })).status).toBe(400)
  })

  it('who sends Ana the QR code of a kiosk she does not see, gets one guess at a number that she has not (R42)', async () => {
    const started = await start()
    const { phone, seen } = await scan(started, ana)
    const $ = load(seen.text)
    const wrong = $('input[name=number]')
      .toArray()
      .map((one) => $(one).attr('value'))
      .find((one) => one !== started.binding_number)
    const outcome = await press(phone, started, 'approve', wrong)
    expect(words(outcome.text)).toContain('Ese no era el número del quiosco')
    expect((await press(phone, started, 'approve', started.binding_number)).status).toBe(422)
    expect((await poll(started)).body).toMatchObject({ error: 'access_denied' })
    expect(await alarms()).toContain('wrong-number')
  })

  it('who replays a photographed QR code in a second browser ends it for everybody, tokens included (R47)', async () => {
    const started = await start()
    const { phone } = await scan(started, ana)
    await press(phone, started, 'approve', started.binding_number)
    expect((await poll(started)).status).toBe(200)
    const replayed = await scan(started, bruno)
    expect(replayed.seen.status).toBe(422)
    expect(words(replayed.seen.text)).toContain('Revisa el código')
    expect(await owner('oidc_tokens').where({ client_id: kiosk.clientId, kind: 'AccessToken' })).toHaveLength(
      0,
    )
    expect(await alarms()).toContain('second-account')
  })

  it('who approves for Ana with an account of his own is refused, and so is she then (R44)', async () => {
    const started = await start()
    const { phone } = await scan(started, ana)
    const his = new Visitor(app.origin)
    await his.signIn('/device', bruno)
    expect((await press(his, started, 'approve', started.binding_number)).status).toBe(422)
    expect((await press(phone, started, 'approve', started.binding_number)).status).toBe(422)
    expect((await poll(started)).body).toMatchObject({ error: 'access_denied' })
  })

  it('among the staff approves nothing, whatever their role (R56)', async () => {
    const started = await start()
    const browser = await browserToken(app.origin)
    const fields = { user_code: started.user_code, decision: 'approve', number: started.binding_number }
    for (const name of ['device.open', 'device.enter', 'device.answer']) {
      const route = app.routes.find((one) => one.name === name)
      if (route === undefined) throw new Error(`there is no ${name}`)
      for (const role of ['agent', 'store-staff', 'store-manager', 'dpo', 'admin'] as const) {
        const headers = await staffCookie(owner, role)
        expect(await knock(app.origin, route, route.path, headers, browser, fields), `${name} ${role}`).toBe(
          'out',
        )
      }
    }
    expect((await poll(started)).body).toMatchObject({ error: 'authorization_pending' })
  })
})

describe('the kill switch', () => {
  it('of a store that closes, or a terminal that is revoked, ends what is on the screens and what was given out', async () => {
    const { add, close } = house.touchpoints
    await add({ id: 'sol', kind: 'store', name: 'Tienda Sol', parent: 'norte' })
    await add({ id: 'sol-1', kind: 'terminal', name: 'Quiosco de Sol', parent: 'sol' })
    const key = await makeKey()
    const { code } = await house.terminals.code('sol-1')
    const { body } = await enrol(app, { code, key, from: inStore })
    const sol: Kiosk = { clientId: String(body['client_id']), key }
    const ends = [
      [sol, () => close('sol', 'traspaso')],
      [kiosk, () => house.terminals.revoke('gran-via-3', 'robado')],
    ] as const
    for (const [one, end] of ends) {
      const begin = async () => (await (await calls.ask(one, { from: inStore })).json()) as Started
      const [used, waiting] = [await begin(), await begin()]
      const { phone } = await scan(used, ana)
      await press(phone, used, 'approve', used.binding_number)
      const given = await calls.poll(one, used.device_code, { from: inStore })
      expect(given.status).toBe(200)
      await end()
      expect((await calls.ask(one, { from: inStore })).status).toBe(401)
      expect((await calls.poll(one, waiting.device_code, { from: inStore })).status).toBe(401)
      expect((await scan(waiting, bruno)).seen.status).toBe(422)
      const token = String(given.body['access_token'])
      const ath = createHash('sha256').update(token).digest('base64url')
      const me = `${app.origin}/oidc/me`
      const answer = await fetch(me, {
        headers: { authorization: `DPoP ${token}`, dpop: await dpopProof(one.key, 'GET', me, { ath }) },
      })
      expect(answer.status).toBe(401)
    }
  })
})
