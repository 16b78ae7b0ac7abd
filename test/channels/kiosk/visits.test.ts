import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commandHouse } from '../../../src/compose/command-house.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { enrol } from '../../house/enrolling.ts'
import { personCalled, Visitor } from '../../house/visitor.ts'
import { type Kiosk, kioskCalls } from '../../oidc/support/device-flow.ts'
import { dpopProof, type KeyOfClient, makeKey } from '../../oidc/support/keys.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'

/* What opens a visit at a kiosk, and what does not. */
const inStore = '198.51.100.20'
let app: TestApp
/** Another process of the same house. */
let beside: TestApp
let owner: ReturnType<typeof openLane>
let kiosk: Kiosk
let other: Kiosk
let calls: ReturnType<typeof kioskCalls>
let screen: Visitor
const ana = personCalled('ana')

beforeAll(async () => {
  app = await startTestApp({ people: true, environment: { PLACET_TRUSTED_PROXIES: '127.0.0.1' } })
  beside = await startTestApp({ beside: app, environment: { PLACET_TRUSTED_PROXIES: '127.0.0.1' } })
  owner = openLane(app.database.connection, 'visits', 1)
  const { touchpoints, terminals } = commandHouse(app.house)
  await touchpoints.add({ id: 'norte', kind: 'brand', name: 'Tienda Norte' })
  await touchpoints.add({
    id: 'gran-via',
    kind: 'store',
    name: 'Tienda Gran Vía',
    parent: 'norte',
    network: ['198.51.100.0/24'],
  })
  const terminal = async (id: string): Promise<Kiosk> => {
    await touchpoints.add({ id, kind: 'terminal', name: id, parent: 'gran-via' })
    const key: KeyOfClient = await makeKey()
    const { code } = await terminals.code(id)
    const { body } = await enrol(app, { code, key, from: inStore })
    return { clientId: String(body['client_id']), key }
  }
  kiosk = await terminal('gran-via-3')
  other = await terminal('gran-via-4')
  calls = kioskCalls(app.origin)
  screen = new Visitor(app.origin)
  await screen.open('/staff/sign-in')
}, 60_000)
afterAll(async () => {
  await owner?.destroy()
  await beside?.close()
  await app?.close()
})
beforeEach(() => owner('rate_limits').delete())

/** Ana says yes on her phone; the terminal has its token. */
async function tokenOfAna(phone = new Visitor(app.origin)): Promise<string> {
  const asked = await calls.ask(kiosk, { from: inStore })
  const started = await asked.json()
  await phone.signIn(`/device?user_code=${started.user_code}`, ana)
  await phone.submit('/device/answer', {
    user_code: started.user_code,
    decision: 'approve',
    number: started.binding_number,
  })
  const { status, body } = await calls.poll(kiosk, started.device_code, { from: inStore })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return String(body['access_token'])
}

const athOf = (token: string) => createHash('sha256').update(token).digest('base64url')

interface Shown {
  readonly key?: KeyOfClient
  readonly url?: string
  readonly from?: string
  readonly ath?: string
  readonly proof?: string
  readonly scheme?: string
}

async function show(token: string, shown: Shown = {}) {
  const { key = kiosk.key, url = `${app.origin}/kiosk/session`, from = inStore } = shown
  const proof = shown.proof ?? (await dpopProof(key, 'POST', url, { ath: shown.ath ?? athOf(token) }))
  const answer = await screen.ask('/kiosk/session', {
    method: 'POST',
    headers: {
      accept: 'application/json',
      authorization: `${shown.scheme ?? 'DPoP'} ${token}`,
      dpop: proof,
      'x-csrf-token': screen.csrf,
      'x-forwarded-for': from,
    },
  })
  const code: unknown = JSON.parse(answer.text).code
  return { status: answer.status, code }
}

const visits = () => owner('oidc_visits')
const events = async (type: string) =>
  (await owner('outbox_events').where({ type })).map(({ payload }) => payload as object)
/** Whether the visit is there, as the other process sees it. */
const isOpenBeside = () => {
  const cookie = [...screen.jar].find(([name]) => name.startsWith('placet_visit'))?.[1].value
  return beside.house.oidc.visits?.isOpen(cookie ?? '')
}
/** Opens one with a token of Ana's; what remains of its grant is what remains of it. */
async function visitOfAna(phone?: Visitor) {
  const token = await tokenOfAna(phone)
  expect((await show(token)).status).toBe(201)
  const [{ grant_id: grant }] = await visits()
  const left = async () => [
    ...(await visits()),
    ...(await owner('oidc_tokens').where({ grant_id: grant }).select('kind')),
    ...(await owner('oidc_grants').where({ grant_id: grant }).select('client_id')),
  ]
  return { token, left }
}

describe('A visit at a kiosk', () => {
  it('opens with the terminal’s token and its key, and with nothing else (R46)', async () => {
    const token = await tokenOfAna()
    const refused = { status: 401, code: 'kiosk-token-refused' }
    const strange: readonly Shown[] = [
      { key: other.key },
      { key: await makeKey() },
      { url: `${app.origin}/kiosk/other` },
      { url: 'https://elsewhere.example/kiosk/session' },
      { ath: athOf('another') },
      { proof: 'no.proof.atall' },
      { scheme: 'Bearer' },
      { from: '203.0.113.9' },
    ]
    for (const one of strange) expect(await show(token, one)).toEqual(refused)
    expect(await visits()).toEqual([])
    // A key that signs from outside of its shop may have been taken out of its screen.
    expect(await events('terminal.misplaced')).toEqual([
      { touchpointId: 'gran-via-3', clientId: kiosk.clientId },
    ])
    expect((await show(token)).status).toBe(201)
    const [visit] = await visits()
    expect(visit).toMatchObject({
      client_id: kiosk.clientId,
      touchpoint_id: 'gran-via-3',
      assurance: 'password',
    })
    // The cookie is found by its hash alone: a copy of the table opens nothing.
    const cookie = [...screen.jar].find(([name]) => name.startsWith('placet_visit'))?.[1].value ?? ''
    expect(visit.id_hash.equals(createHash('sha256').update(cookie).digest())).toBe(true)
  })

  it('opens once for a token, of any number of hands at the same moment', async () => {
    const token = await tokenOfAna()
    const answers = await Promise.all(Array.from({ length: 6 }, () => show(token)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 401, 401, 401, 401, 401])
    // The one before it, of the same screen, is over.
    expect(await visits()).toHaveLength(1)
  })

  it('ends with whatever ends its grant: "that was not me", or a lock of the account', async () => {
    const alive = async () =>
      (await screen.ask('/kiosk/alive', { headers: { accept: 'application/json' } })).status
    await show(await tokenOfAna())
    expect(await alive()).toBe(204)
    const [{ subject_id: subjectId }] = await visits()
    await owner('subjects').where({ subject_id: subjectId }).update({ state: 'locked' })
    expect(await alive()).toBe(401)
    await owner('subjects').where({ subject_id: subjectId }).update({ state: 'active' })
    expect(await alive()).toBe(204)
    await owner('oidc_grants').where({ client_id: kiosk.clientId }).delete()
    expect(await alive()).toBe(401)
    expect(await visits()).toEqual([])
  })

  it('does not outlive the key of its terminal: one that is enrolled anew knows nobody', async () => {
    await show(await tokenOfAna())
    const key = await makeKey()
    const { code } = await commandHouse(app.house).terminals.code('gran-via-3')
    expect((await enrol(app, { code, key, from: inStore })).status).toBe(201)
    const seen = await screen.ask('/kiosk/choices')
    expect(seen.status).toBe(303)
    expect(seen.headers.get('location')).toBe('/kiosk/closed')
    kiosk = { clientId: kiosk.clientId, key }
  })

  it('opens by a passkey near the terminal, before any code, and once for a challenge (R58)', async () => {
    const phone = new Visitor(app.origin)
    await phone.signIn('/privacy/security', ana)
    const made = phone.authenticator.create(await phone.json('/privacy/security/passkeys/options'))
    await phone.submit('/privacy/security/passkeys', { response: JSON.stringify(made) })
    const post = async (path: string, by: Kiosk, more: object = {}) => {
      const answer = await screen.ask(path, {
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'x-csrf-token': screen.csrf,
          'x-forwarded-for': inStore,
          dpop: await dpopProof(by.key, 'POST', `${app.origin}${path}`),
        },
        body: JSON.stringify({ client_id: by.clientId, ...more }),
      })
      return { status: answer.status, body: JSON.parse(answer.text) }
    }
    const stranger = { clientId: kiosk.clientId, key: await makeKey() }
    expect((await post('/kiosk/passkey/options', stranger)).status).toBe(401)
    const { body: options } = await post('/kiosk/passkey/options', kiosk)
    // The list is empty, so nothing tells whether anybody has one here.
    expect(options.allowCredentials ?? []).toEqual([])
    const response = JSON.stringify(phone.authenticator.get(options))
    // Another terminal cannot use what was asked for here.
    expect((await post('/kiosk/passkey', other, { response })).status).toBe(401)
    const { body: again } = await post('/kiosk/passkey/options', kiosk)
    const answer = JSON.stringify(phone.authenticator.get(again))
    expect(await post('/kiosk/passkey', kiosk, { response: answer })).toMatchObject({
      status: 201,
      body: { next: '/kiosk/choices' },
    })
    expect((await post('/kiosk/passkey', kiosk, { response: answer })).status).toBe(401)
    expect(await visits()).toMatchObject([{ assurance: 'passkey', client_id: kiosk.clientId }])
    expect((await screen.ask('/kiosk/choices')).status).toBe(200)
  })
  it('that began with a passkey ends as well when its owner signs out everywhere else (R33, R36)', async () => {
    expect(await visits()).toMatchObject([{ assurance: 'passkey' }])
    expect(await isOpenBeside()).toBe(true)
    const phone = new Visitor(app.origin)
    await phone.signIn('/privacy/security', ana)
    await phone.submit('/privacy/security/sessions/end-others', {})
    expect(await isOpenBeside()).toBe(false)
    expect(await visits()).toEqual([])
  })

  it('ends when everything elsewhere is ended, by the very session that let it begin, and that one stays (R33)', async () => {
    const phone = new Visitor(app.origin)
    const { left } = await visitOfAna(phone)
    expect(await isOpenBeside()).toBe(true)
    await phone.open('/privacy/security')
    await phone.submit('/privacy/security/sessions/end-others', {})
    expect(await isOpenBeside()).toBe(false)
    expect(await left()).toEqual([])
    expect((await phone.open('/privacy/security')).url.pathname).toBe('/privacy/security')
  })

  it('that is left at the kiosk takes the kiosk’s tokens along and leaves the phone signed in (R36)', async () => {
    const phone = new Visitor(app.origin)
    const { left } = await visitOfAna(phone)
    await screen.open('/kiosk/choices')
    await screen.submit('/kiosk/end', {})
    expect(await left()).toEqual([])
    expect((await phone.open('/privacy')).url.pathname).toBe('/privacy')
  })

  it('of a customer who walked away is over a minute later, with its tokens, whether or not the screen is on (R46)', async () => {
    const { left } = await visitOfAna()
    await owner('oidc_visits').update({ expires_at: new Date(Date.now() - 1_000) })
    expect(await isOpenBeside()).toBe(false)
    // The sweep takes what is left; nobody has to come back for it.
    await Promise.all([beside.house.oidc.deleteExpired(100), app.house.oidc.deleteExpired(100)])
    expect(await left()).toEqual([])
    const entries = (await owner('audit_entries').orderBy('seq')).map(({ entry }) => JSON.parse(entry))
    expect(entries.filter(({ facts }) => facts?.because === 'walked-away')).toMatchObject([
      { action: 'oidc.visit-ended', about: `client:${kiosk.clientId}` },
    ])
  })

  it('at a stolen terminal is dead at every process once it is revoked, like its tokens, and the house is told (R47)', async () => {
    const { token } = await visitOfAna()
    expect(await isOpenBeside()).toBe(true)
    await commandHouse(app.house).terminals.revoke('gran-via-3', 'robado')
    expect(await isOpenBeside()).toBe(false)
    expect(await show(token)).toEqual({ status: 401, code: 'kiosk-token-refused' })
    expect((await calls.ask(kiosk, { from: inStore })).status).toBe(401)
    expect(await events('terminal.revoked')).toMatchObject([{ touchpointId: 'gran-via-3', reason: 'robado' }])
  })
})
