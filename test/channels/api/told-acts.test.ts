import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { decodeJwt, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandHouse } from '../../../src/compose/command-house.ts'
import {
  pgPastFacts,
  pgReceiptOwner,
  pgRegistrySource,
  proveConsent,
} from '../../../src/features/consent/index.ts'
import { actSignatureType } from '../../../src/features/touchpoints/index.ts'
import { enrol } from '../../house/enrolling.ts'
import { personCalled, tokensFor, Visitor } from '../../house/visitor.ts'
import { type KeyOfClient, makeKey } from '../../oidc/support/keys.ts'
import { type ApiHouse, startApiHouse } from './api-house.ts'

let norte: ApiHouse
let shop: string
let carmen: string
let own: string
const purpose = 'personalisation.onsite'
const asked = { purpose, contact_channel: 'none' }
let notice: object

beforeAll(async () => {
  norte = await startApiHouse()
  const redirectUri = 'https://kiosks.example/callback'
  const { id, secret } = await norte.machine({
    client_id: 'kiosks',
    recipient_id: 'tienda-norte-shop',
    first_party: true,
    grant_types: ['client_credentials', 'authorization_code'],
    response_types: ['code'],
    redirect_uris: [redirectUri],
  })
  const [{ purposes }] = await norte.owner('recipients').where('recipient_id', 'tienda-norte-shop')
  await norte
    .owner('recipients')
    .where('recipient_id', 'tienda-norte-shop')
    .update({ purposes: [...purposes, 'marketing.direct'] })
  await norte.app.house.registry.refresh()
  shop = await norte.token({ id, secret })
  carmen = await norte.subjectIdOf('carmen')
  const party = { clientId: id, secret, redirectUri }
  const tokens = await tokensFor(
    norte.app.origin,
    new Visitor(norte.app.origin),
    party,
    personCalled('carmen'),
    {
      scope: 'openid',
    },
  )
  own = tokens.access_token
  const { body } = await norte.ask(shop, 'GET', `/api/v1/notices?purpose=${purpose}`)
  const { id: of, version, language, text_hash } = body
  notice = { id: of, version, language, text_hash }
}, 60_000)
afterAll(() => norte?.close())

const minute = 60_000
const ago = (minutes: number) => new Date(Date.now() - minutes * minute).toISOString()
const choice = (answer: 'yes' | 'no', more: object = {}) => ({
  ...asked,
  answer,
  notice,
  ...(answer === 'yes' ? { default_state: 'unticked' } : {}),
  ...more,
})

/** Nothing enrolled stands behind these: their signature is kept as it came. */
let counter = 0
const kiosk = (device: string, more: object = {}) => {
  counter += 1
  return {
    channel: 'kiosk',
    surface: 'club-screen',
    language: 'es',
    touchpoint: 'gran-via',
    device,
    software_version: '4.2.0',
    counter,
    device_signature: 'signed-by-the-device',
    operator_present: false,
    ...more,
  }
}
const web = { channel: 'web', surface: 'preferences', language: 'es' }
const call = {
  channel: 'call-centre',
  surface: 'inbound-call',
  language: 'es',
  touchpoint: 'puesto-4',
  agent: 'a-17',
  call_reference: 'c-2026-11-22-0417',
  recording_id: 'r-991',
  recording_offset: 74,
  recording_hash: 'q1Jm0Yp8hFv0pQ0m4c2m6fN3nJ1d1yq0o7iS2aVtq0E',
  script_id: 'club',
  script_version: '3',
  script_language: 'es',
  confirming_phrase: 'Sí, quiero',
}
const tell = (answers: 'yes' | 'no' | readonly object[], more: object, token: string | undefined = own) =>
  norte.ask(shop, 'POST', '/api/v1/consents', {
    sub: carmen,
    choices: typeof answers === 'string' ? [choice(answers)] : answers,
    ...(token === undefined ? {} : { subject_token: token }),
    ...more,
  })
const object = (more: object) =>
  norte.ask(shop, 'POST', '/api/v1/objections', { sub: carmen, purpose, ...more })
const stands = async () =>
  (await norte.ask(shop, 'GET', `/api/v1/subjects/${carmen}/permissions`)).body.items.find(
    (one: typeof asked) => one.purpose === purpose,
  )
const kept = () =>
  norte.owner('consent_events').where({ subject_id: carmen, purpose_id: purpose }).orderBy('recorded_at')
const marketing = async () => {
  const { body } = await norte.ask(shop, 'GET', '/api/v1/notices?purpose=marketing.direct')
  const { id, version, language, text_hash } = body
  return { id, version, language, text_hash }
}
const entryOf = async (receipt: string) => {
  const { body } = await norte.ask(shop, 'GET', `/api/v1/receipts/${receipt}?sub=${carmen}`)
  const claims = decodeJwt<{ receipt: { events: Record<string, string>[] } }>(body.jws)
  return claims.receipt.events[0] ?? {}
}

describe('What was told late counts when it happened', () => {
  test('a kiosk’s yes of 10:00, a no on the web at 11:00, the kiosk’s queue at 12:00: still no', async () => {
    await tell('no', { evidence: web, occurred_at: ago(60) })
    const said = await tell('yes', { evidence: kiosk('k-1'), occurred_at: ago(120), device_time: ago(0) })
    expect(said.body).toMatchObject({
      outcome: 'recorded',
      items: [{ decision: 'DENY', counted: true, outcome: 'taken' }],
    })
    expect(said.body.items[0]).not.toHaveProperty('clock_skew')
    expect(await stands()).toMatchObject({ decision: 'DENY' })
    // The receipt says both times: when it was, and when it came.
    const { state, event_time: was = '', received_time: came = '' } = await entryOf(said.body.receipt_id)
    expect(state).toBe('given')
    expect(Math.round((Date.parse(came) - Date.parse(was)) / minute)).toBe(120)
  })

  test('a yes after the no counts, though an earlier one comes in after it', async () => {
    await tell('yes', { evidence: kiosk('k-1'), occurred_at: ago(55), device_time: ago(0) })
    await tell('no', { evidence: kiosk('k-2'), occurred_at: ago(58), device_time: ago(0) })
    expect(await stands()).toMatchObject({ decision: 'PERMIT', reason: 'CONSENT_GIVEN' })
  })

  test('a no that only repeats what stands is recorded: a yes in between may be under way', async () => {
    await tell('no', { evidence: kiosk('k-2'), occurred_at: ago(54), device_time: ago(0) })
    await tell('no', { evidence: kiosk('k-2'), occurred_at: ago(52), device_time: ago(0) })
    await tell('yes', { evidence: kiosk('k-1'), occurred_at: ago(53), device_time: ago(0) })
    expect(await stands()).toMatchObject({ decision: 'DENY' })
  })

  test('an act of no device that says when it was is one act, whatever key it is sent with', async () => {
    const told = { evidence: web, occurred_at: ago(51) }
    const first = await tell('no', told)
    const before = await kept()
    expect((await tell('no', told)).body.receipt_id).toBe(first.body.receipt_id)
    expect((await object({ ...told, occurred_at: ago(50) })).body.outcome).toBe('recorded')
    expect(await kept()).toHaveLength(before.length + 1)
  })

  test('no yes is taken of a time to come, nor of one that lay for more than 30 days', async () => {
    const before = await kept()
    const future = await tell('yes', { evidence: kiosk('k-3'), occurred_at: ago(-20), device_time: ago(0) })
    expect([future.status, future.body.code]).toEqual([422, 'occurred-at-in-future'])
    const old = await tell('yes', {
      evidence: kiosk('k-3'),
      occurred_at: ago(31 * 24 * 60),
      device_time: ago(0),
    })
    expect([old.status, old.body.code]).toEqual([422, 'occurred-at-too-old'])
    expect(await kept()).toEqual(before)
  })

  test('an objection counts when it was made, and a yes after it reopens what it closed', async () => {
    await tell('yes', { evidence: kiosk('k-1'), occurred_at: ago(49), device_time: ago(0) })
    const made = await object({ evidence: kiosk('k-2'), occurred_at: ago(47), device_time: ago(0) })
    expect(made.body).toMatchObject({ outcome: 'recorded' })
    await tell('yes', { evidence: kiosk('k-1'), occurred_at: ago(48), device_time: ago(0) })
    expect(await stands()).toMatchObject({ decision: 'DENY', reason: 'OBJECTED' })
    await tell('yes', { evidence: kiosk('k-1'), occurred_at: ago(46), device_time: ago(0) })
    expect(await stands()).toMatchObject({ decision: 'PERMIT' })
  })
})

describe('A kiosk whose clock is off', () => {
  const off = (minutes: number) => ({ device_time: ago(-minutes) })

  test('ten minutes ahead: its yes loses to a no that was given after it, whatever its stamp says', async () => {
    await tell('no', { evidence: web, occurred_at: ago(40) })
    const said = await tell('yes', { evidence: kiosk('ahead'), occurred_at: ago(42 - 10), ...off(10) })
    expect(said.body.items[0]).toMatchObject({ decision: 'DENY', outcome: 'taken' })
    expect(said.body.items[0].clock_skew).toBeGreaterThan(595)
    expect(said.body.items[0].clock_skew).toBeLessThanOrEqual(600)
  })

  test('and the same stamp of a clock that is right is a yes after the no', async () => {
    const said = await tell('yes', { evidence: kiosk('right'), occurred_at: ago(32), ...off(0) })
    expect(said.body.items[0]).toMatchObject({ decision: 'PERMIT' })
    expect(said.body.items[0]).not.toHaveProperty('clock_skew')
  })

  test('ten minutes behind: its no counts at the later instant, and takes back a yes that seems to be after it', async () => {
    await tell('yes', { evidence: kiosk('right'), occurred_at: ago(30), ...off(0) })
    const said = await tell('no', { evidence: kiosk('behind'), occurred_at: ago(28 + 10), ...off(-10) })
    expect(said.body.items[0]).toMatchObject({ decision: 'DENY' })
    expect(said.body.items[0].clock_skew).toBeLessThanOrEqual(-600)
    expect(await stands()).toMatchObject({ reason: 'CONSENT_WITHDRAWN' })
  })

  test('a clock that was set meanwhile is read both ways: what it said before is remembered', async () => {
    await tell('no', { evidence: web, occurred_at: ago(24) })
    // In contact while it was ahead, about something else.
    const contact = [
      choice('no', { purpose: 'marketing.direct', contact_channel: 'sms', notice: await marketing() }),
    ]
    await tell(contact, { evidence: kiosk('jumps'), ...off(10) })
    const said = await tell('yes', { evidence: kiosk('jumps'), occurred_at: ago(25 - 10), ...off(0) })
    expect(said.body.items[0]).toMatchObject({ decision: 'DENY' })
    expect(said.body.items[0].clock_skew).toBeGreaterThan(595)
  })

  test('an objection says it as well', async () => {
    const said = await object({ evidence: kiosk('ahead'), occurred_at: ago(10), ...off(10) })
    expect(said.body).toMatchObject({ outcome: 'recorded', clock_skew: expect.any(Number) })
  })
})

describe('The counter of a device', () => {
  test('sent twice it is recorded once, whatever the key of the request (R92)', async () => {
    const evidence = kiosk('replays')
    const occurred_at = ago(9)
    const first = await tell('yes', { evidence, occurred_at, device_time: ago(0) })
    const before = await kept()
    const again = await tell('yes', { evidence, occurred_at, device_time: ago(-1) })
    expect(again.body).toMatchObject({
      outcome: 'already-recorded',
      receipt_id: first.body.receipt_id,
      items: [{ outcome: 'already-recorded' }],
    })
    expect(await kept()).toEqual(before)
    const other = await tell('yes', { evidence, occurred_at: ago(8), device_time: ago(0) })
    expect([other.status, other.body.code]).toEqual([422, 'out-of-order'])
    expect(await kept()).toEqual(before)
  })

  test('of ten sendings at once, and of one whose process died before it was noted, one act comes', async () => {
    const told = { evidence: kiosk('many-at-once'), occurred_at: ago(8) }
    const before = (await kept()).length
    const said = await Promise.all(
      Array.from({ length: 10 }, () => tell('yes', { ...told, device_time: ago(0) })),
    )
    expect(new Set(said.map(({ status, body }) => `${status} ${body.receipt_id}`)).size).toBe(1)
    expect(await kept()).toHaveLength(before + 1)
    await norte
      .owner('device_acts')
      .where({ device: 'kiosks many-at-once' })
      .update({ settled: null, counted_at: null })
    const again = await tell('yes', { ...told, device_time: ago(0) })
    expect(again.body).toMatchObject({ outcome: 'recorded', receipt_id: said[0]?.body.receipt_id })
    expect(await kept()).toHaveLength(before + 1)
  })

  test('that does not grow takes no yes; a no is recorded all the same, and says so', async () => {
    const [skipped, late, next] = [kiosk('reorders'), kiosk('reorders'), kiosk('reorders')]
    await tell('yes', { evidence: next, occurred_at: ago(7), device_time: ago(0) })
    const before = await kept()
    const yes = await tell('yes', { evidence: skipped, occurred_at: ago(8), device_time: ago(0) })
    expect([yes.status, yes.body.code]).toEqual([422, 'out-of-order'])
    expect(await kept()).toEqual(before)
    const told = { evidence: late, occurred_at: ago(6) }
    const no = await tell('no', { ...told, device_time: ago(0) })
    expect(no.body).toMatchObject({
      outcome: 'recorded',
      items: [{ decision: 'DENY', outcome: 'out-of-order' }],
    })
    const twice = await tell('no', { ...told, device_time: ago(0) })
    expect(twice.body).toMatchObject({ outcome: 'already-recorded', receipt_id: no.body.receipt_id })
    expect(await kept()).toHaveLength(before.length + 1)
  })
})

/** As the officer's page has them. */
const proofParts = () => {
  const { consentProofs, registry, ledger, work, reads, platform, sealer, names } = norte.app.house
  return {
    ...consentProofs.proofs,
    ...{ registry, facts: ledger.facts, work, reads },
    clock: platform.clock,
    blindIndex: platform.blindIndex,
    keeper: consentProofs.keeper,
    receiptOwner: pgReceiptOwner(norte.owner),
    past: pgRegistrySource(norte.owner),
    pastFacts: pgPastFacts(platform.reader, { sealer, controller: names.controller }),
    timeZone: 'Europe/Madrid',
  }
}

describe('A yes brings along what its channel owes', () => {
  test.each([
    [
      'kiosk',
      { software_version: undefined, operator_present: undefined },
      ['software_version', 'operator_present'],
    ],
    ['call-centre', { agent: undefined, recording_hash: undefined }, ['agent', 'recording_hash']],
    ['app', {}, ['app_version']],
    ['store', {}, ['clerk', 'form_version', 'scan_hash']],
  ])('by %s, and is refused with the names of what is missing (R57)', async (channel, without, missing) => {
    const base = { kiosk: kiosk('k-evidence'), 'call-centre': call }[channel as 'kiosk' | 'call-centre']
    const place = channel === 'store' ? { touchpoint: 'gran-via' } : {}
    const evidence = { ...(base ?? { ...web, channel, ...place }), ...without }
    const before = await kept()
    const said = await tell('yes', { evidence })
    expect([said.status, said.body.code]).toEqual([422, 'evidence-incomplete'])
    expect(said.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
      missing.map((name) => `/evidence/${name}`),
    )
    expect(await kept()).toEqual(before)
  })

  test('fields of another channel are no evidence of this one', async () => {
    const said = await tell('yes', { evidence: { ...web, agent: 'a-17' } })
    expect([said.status, said.body.code]).toEqual([422, 'invalid-input'])
  })

  test('whole, it counts, and what was told is sealed with the act', async () => {
    const said = await tell('yes', { evidence: call })
    expect(said.body).toMatchObject({
      outcome: 'recorded',
      items: [{ counted: true, reason: 'CONSENT_GIVEN' }],
    })
    const officer = { kind: 'system', name: 'test' } as const
    const { acts } = await proveConsent(proofParts(), {
      actor: officer,
      evidence: { channel: 'web', surface: 'proof', language: 'es' },
      reason: 'To see what was sealed.',
      question: { by: 'receipt', receiptId: said.body.receipt_id },
    })
    const { channel: _, surface: _s, language: _l, touchpoint: _t, ...told } = call
    expect(acts[0]?.opening.act.particulars).toEqual({ ...told, recording_offset: '74' })
    expect(acts[0]?.verdict.entries[0]).toMatchObject({ opened: 'holds' })
  })

  test('and beside one that is incomplete, a no is recorded: it is never held up (Art. 7(3))', async () => {
    const { agent: _, ...incomplete } = call
    const said = await tell(
      [
        choice('no'),
        choice('yes', { purpose: 'marketing.direct', contact_channel: 'sms', notice: await marketing() }),
      ],
      {
        evidence: incomplete,
      },
    )
    expect(said.body).toMatchObject({
      outcome: 'recorded',
      items: [
        { purpose, counted: true, outcome: 'taken' },
        {
          purpose: 'marketing.direct',
          counted: false,
          outcome: 'evidence-incomplete',
          errors: [{ pointer: '/evidence/agent', code: 'evidence.missing' }],
        },
      ],
    })
  })
})

describe('A house that registers its places', () => {
  let key: KeyOfClient
  beforeAll(async () => {
    const { touchpoints, terminals } = commandHouse(norte.app.house)
    await touchpoints.add({ id: 'norte', kind: 'brand', name: 'Tienda Norte' })
    await touchpoints.add({ id: 'gran-via', kind: 'store', name: 'Gran Vía', parent: 'norte' })
    await touchpoints.add({ id: 'gran-via-1', kind: 'terminal', name: 'Quiosco 1', parent: 'gran-via' })
    key = await makeKey()
    const { code } = await terminals.code('gran-via-1')
    expect((await enrol(norte.app, { code, key, from: '203.0.113.9' })).status).toBe(201)
  })

  test('takes no yes from one that it does not know, and a no all the same', async () => {
    const nowhere = { ...kiosk('k-9'), touchpoint: 'gran-via-9' }
    const yes = await tell('yes', { evidence: nowhere })
    expect([yes.status, yes.body.code]).toEqual([422, 'touchpoint-unknown'])
    expect(yes.body.errors[0].pointer).toBe('/evidence/touchpoint')
    expect((await tell('no', { evidence: nowhere })).status).toBe(200)
    // No desk is registered, so there is nothing to hold the code of one against.
    expect((await tell('yes', { evidence: call })).status).toBe(200)
  })

  const signed = async (
    by: KeyOfClient,
    answer: 'yes' | 'no',
    more: object = {},
    audience = norte.app.origin,
  ) => {
    const { device_signature: _, ...evidence } = { ...kiosk('gran-via-1'), touchpoint: 'gran-via-1', ...more }
    const act = { sub: carmen, choices: [choice(answer)], evidence, occurred_at: ago(0) }
    const hash = createHash('sha256')
      .update(canonicalize(act) ?? '')
      .digest('base64url')
    const device_signature = await new SignJWT({ act: hash, aud: audience })
      .setProtectedHeader({ alg: 'ES256', typ: actSignatureType, jwk: by.publicJwk })
      .sign(by.privateKey)
    return { ...act, evidence: { ...evidence, device_signature } }
  }
  const send = (act: object) => tell([], { subject_token: own, device_time: ago(0), ...act })

  test('takes a yes of an enrolled terminal that its own key signed, over this very act', async () => {
    const act = await signed(key, 'yes')
    expect((await send(act)).body).toMatchObject({ outcome: 'recorded', items: [{ decision: 'PERMIT' }] })
    expect((await send(act)).body).toMatchObject({ outcome: 'already-recorded' })
  })

  test('and none that another key signed, that was signed for another house, or changed since', async () => {
    const before = await kept()
    const good = await signed(key, 'yes')
    for (const act of [
      await signed(await makeKey(), 'yes'),
      await signed(key, 'yes', {}, 'https://id.elsewhere.example'),
      { ...good, evidence: { ...good.evidence, operator_present: true } },
      { ...good, evidence: { ...good.evidence, device_signature: 'signed-by-the-device' } },
    ]) {
      const said = await send(act)
      expect([said.status, said.body.code]).toEqual([422, 'device-signature-refused'])
    }
    expect(await kept()).toEqual(before)
    const no = await signed(await makeKey(), 'no')
    const said = await send(no)
    expect(said.body).toMatchObject({ outcome: 'recorded', items: [{ decision: 'DENY' }] })
    expect((await send(no)).body.receipt_id).toBe(said.body.receipt_id)
    expect(await kept()).toHaveLength(before.length + 1)
  })
})
