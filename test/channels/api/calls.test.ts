import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activityOf } from '../../../src/channels/privacy-centre/security-activity.ts'
import { recentAuditLines } from '../../../src/features/audit/index.ts'
import { identifierPlace } from '../../../src/features/identity/identifier.ts'
import { type PhoneNumber, phoneIndex } from '../../../src/features/identity/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { en } from '../../../views/locales/en.ts'
import { es } from '../../../views/locales/es.ts'
import { staffCookie } from '../matrix-visitor.ts'
import { type ApiHouse, startApiHouse } from './api-house.ts'

let norte: ApiHouse
/** The telephony system of the house. */
let pbx: string
let otherPbx: string
let agent: string
let ana: string

const anasNumber = '+34600111222'

beforeAll(async () => {
  norte = await startApiHouse()
  const machine = async (id: string, recipient: string) =>
    norte.token(
      await norte.machine({
        client_id: id,
        recipient_id: recipient,
        first_party: true,
        channel: 'call-centre',
      }),
    )
  pbx = await machine('centralita', 'tienda-norte-shop')
  otherPbx = await machine('centralita-dos', 'tienda-norte-shop')
  await staffCookie(norte.owner, 'agent')
  agent = (await norte.owner('staff_roles').where({ role: 'agent' }).first('staff_id')).staff_id
  ana = await norte.subjectIdOf('ana')
  const { house } = norte.app
  const identifierId = house.platform.entropy.id<'identifier'>()
  const subjectId = ana as SubjectId
  const sealedValue = await house.sealer.sealText(subjectId, identifierPlace(identifierId), anasNumber)
  await house.work(async ({ identifiers, audit }) => {
    const at = house.platform.clock.now()
    const index = phoneIndex(house.platform.blindIndex, anasNumber as PhoneNumber)
    await identifiers.claim(index, { kind: 'phone', subjectId, identifierId })
    await identifiers.insert({
      subjectId,
      identifierId,
      kind: 'phone',
      sealedValue,
      verifiedAt: new Date(at.getTime() - 86_400_000),
      createdAt: at,
    })
    await audit.record({ action: 'test.number', actor: { kind: 'system', name: 'test' }, at, subjectId })
  })
})
afterAll(() => norte?.close())

let calls = 0
const announce = (more: object = {}, token = pbx, key?: string) => {
  calls += 1
  const body = { call_id: `pbx-${calls}`, ani: anasNumber, agent, touchpoint: 'desk-4', ...more }
  return norte.ask(token, 'POST', '/api/v1/calls', body, key)
}

describe('A telephony system that announces a call', () => {
  it('is told whether the number is known, and where the agent’s page is, and nothing of Ana', async () => {
    const { status, body } = await announce()
    expect(status).toBe(200)
    expect(body).toEqual({
      call: expect.any(String),
      reference: expect.stringMatching(/^LL-[2-9A-HJ-NP-Z]{6}$/),
      call_id: 'pbx-1',
      state: 'open',
      match: 'one',
      verified: false,
      opened_at: expect.any(String),
      screen_pop: `${norte.app.origin}/staff/calls/${body.call}`,
    })
    const said = JSON.stringify(body)
    for (const personal of [ana, anasNumber, '600111222', 'ana@correo.example', 'Ibarra'])
      expect(said).not.toContain(personal)
  })

  it('learns nothing more of a number that nobody has', async () => {
    const known = await announce()
    const unknown = await announce({ ani: '+34699777555' })
    expect(unknown.body.match).toBe('none')
    expect(Object.keys(unknown.body)).toEqual(Object.keys(known.body))
  })

  it('gets the same call for the same id, sent twice or under another key (R92)', async () => {
    const first = await announce({ call_id: 'pbx-same' }, pbx, 'once-and-again')
    const repeated = await announce({ call_id: 'pbx-same' }, pbx, 'once-and-again')
    const anew = await announce({ call_id: 'pbx-same' })
    expect([repeated.body.call, anew.body.call]).toEqual([first.body.call, first.body.call])
  })

  it('needs a key for repeating it, a scope, and an agent who may verify callers there (R49)', async () => {
    expect((await announce({}, pbx, '')).body.code).toBe('idempotency-key-missing')
    const reader = await norte.machine({
      client_id: 'solo-lee',
      recipient_id: 'tienda-norte-shop',
      first_party: true,
    })
    expect((await announce({}, await norte.token(reader, 'purposes:read'))).status).toBe(403)
    const nobody = await announce({ agent: '0199a1b2-0000-7000-8000-0000000000ff' })
    expect([nobody.status, nobody.body.code]).toEqual([422, 'agent-unknown'])
    expect((await announce({ name: 'Ana' })).status).toBe(422)
  })

  it('tells of its end and its loss, once each, and sees how it stands', async () => {
    const { body } = await announce()
    const at = `/api/v1/calls/${body.call}`
    const event = (what: string) => norte.ask(pbx, 'POST', `${at}/events`, { event: what })
    expect((await event('dropped')).body.state).toBe('dropped')
    expect((await event('dropped')).body.state).toBe('dropped')
    expect((await event('ended')).body).toMatchObject({ state: 'ended', ended_at: expect.any(String) })
    expect((await event('ended')).body.state).toBe('ended')
    expect((await norte.ask(pbx, 'GET', at)).body).toMatchObject({ state: 'ended', verified: false })
    const told = await norte
      .owner('outbox_events')
      .whereIn('type', ['call.opened', 'call.dropped', 'call.ended'])
      .whereRaw("payload->>'callId' = ?", [body.call])
      .orderBy('event_id')
    expect(told.map(({ type }) => type)).toEqual(['call.opened', 'call.dropped', 'call.ended'])
    for (const { payload, subject_id: stream } of told) {
      expect(stream).not.toBe(ana)
      expect(JSON.stringify(payload)).not.toContain(ana)
      expect(payload).toMatchObject({ externalCall: body.call_id, agent: expect.stringMatching(/^A-/) })
    }
  })

  it('knows of no call that another system announced', async () => {
    const { body } = await announce()
    for (const [method, path, sent] of [
      ['GET', `/api/v1/calls/${body.call}`, undefined],
      ['POST', `/api/v1/calls/${body.call}/events`, { event: 'ended' }],
    ] as const) {
      const said = await norte.ask(otherPbx, method, path, sent)
      expect([said.status, said.body.code]).toEqual([404, 'call-unknown'])
    }
    expect((await norte.ask(pbx, 'GET', `/api/v1/calls/${body.call}`)).body.state).toBe('open')
  })

  it('cannot take a call by the id that another system gave one, and announces outgoing calls too', async () => {
    const { body } = await announce({ direction: 'outgoing' })
    const theirs = await announce({ call_id: body.call_id }, otherPbx)
    expect([theirs.status, theirs.body.code]).toEqual([409, 'call-id-taken'])
    expect(await norte.owner('calls').where({ call_id: body.call }).first('outgoing')).toEqual({
      outgoing: true,
    })
    expect((await announce({ direction: 'sideways' })).status).toBe(422)
  })

  it('leaves a line in Ana’s own activity, in both languages of her pages', async () => {
    await announce()
    const [latest] = activityOf(await recentAuditLines(norte.owner, ana, 5))
    expect(latest?.kind).toBe('call-looked-up')
    expect(es['security.activity.call-looked-up']).toBe('Se buscó tu cuenta en una llamada')
    expect(en['security.activity.call-looked-up']).toBe('Your account was looked for in a call')
  })
})
