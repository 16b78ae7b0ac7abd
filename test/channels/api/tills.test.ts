import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { seeder } from '../../../demo/seed/seed-registry.ts'
import { setClientState } from '../../../src/features/recipients/index.ts'
import {
  codeFingerprint,
  readLoyaltyCode,
  verifyLoyaltyCode,
} from '../../../src/features/store-visits/loyalty-code.ts'
import { epochOf } from '../../../src/features/store-visits/loyalty-keys.ts'
import {
  pgLoyaltyStores,
  pgPresentationReads,
  sweepPresentations,
} from '../../../src/features/store-visits/pg-presentation-store.ts'
import { personCalled } from '../../house/visitor.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { subjectCookie } from '../matrix-visitor.ts'
import { startTillHouse, type TillHouse } from './till-house.ts'

let norte: TillHouse
let beside: TestApp
/** Tills in two stores of the house. */
let granVia: string
let sol: string

beforeAll(async () => {
  norte = await startTillHouse()
  granVia = await norte.till('till-gran-via', 'gran-via-till')
  sol = await norte.till('till-sol', 'sol')
}, 60_000)
afterAll(async () => {
  await beside?.close()
  await norte?.close()
})

const nothing = (level: string) => ({
  level,
  attributes: {},
  offers: [],
  signed_in_on_their_phone: level === 'L3',
})
const standing = { loyalty_points: 1240, loyalty_tier: 'oro' }
const disclosedTo = (key: string) =>
  norte
    .owner('recipient_disclosures')
    .where({ subject_id: norte.subjectOf(key), exit: 'till' })
    .orderBy('disclosed_at')
    .select('client_id', 'touchpoint_id', 'attributes', 'purpose_id', 'recipient_id')
const trailOf = async (key: string) =>
  (await norte.owner('audit_entries').where('stream_id', norte.subjectOf(key)).orderBy('seq'))
    .map(({ entry }) => (typeof entry === 'string' ? JSON.parse(entry) : entry))
    .filter(({ action }) => action.startsWith('store-visit.'))

/** What is about no person stands where the till is. */
const tillTrail = async (touchpoint: string) =>
  (await norte.owner('audit_entries').orderBy('seq'))
    .map(({ entry }) => (typeof entry === 'string' ? JSON.parse(entry) : entry))
    .filter(({ about }) => about === `till:${touchpoint}`)

describe('A card number at the till', () => {
  test('shows the standing and no name, and the release is on record with the place (L1, R91)', async () => {
    const { status, body } = await norte.lookUp(granVia, { card: norte.cardOf('ana') })
    expect(status).toBe(200)
    expect(body).toEqual({ ...nothing('L1'), attributes: standing })
    expect(await disclosedTo('ana')).toEqual([
      {
        client_id: 'till-gran-via',
        touchpoint_id: 'gran-via-till',
        recipient_id: 'tienda-norte-shop',
        purpose_id: 'loyalty.club',
        attributes: ['loyalty_points', 'loyalty_tier'],
      },
    ])
    expect(await trailOf('ana')).toMatchObject([
      {
        action: 'store-visit.looked-up',
        actor: 'client:till-gran-via',
        touchpoint: 'gran-via-till',
        facts: { level: 'L1', store: 'gran-via', known: true },
      },
    ])
  })

  test('that nobody has, of a closed account and of somebody of whom nothing may be said are answered alike', async () => {
    await norte.owner('subjects').where('subject_id', norte.subjectOf('carmen')).update({ state: 'locked' })
    const locked = await norte.lookUp(granVia, { card: norte.cardOf('carmen') })
    await norte.owner('subjects').where('subject_id', norte.subjectOf('carmen')).update({ state: 'active' })
    const unknown = await norte.lookUp(granVia, { card: '2900000000009' })
    // A client that speaks for a system with no purpose is permitted nothing about anybody.
    await norte.owner('recipients').insert({
      recipient_id: 'mute',
      name: 'Mute',
      role: 'internal',
      processing_contract: true,
      third_country: false,
      countries: ['ES'],
      purposes: [],
      created_at: new Date(),
    })
    await norte.app.house.registry.refresh()
    const mute = await norte.till('till-mute', 'sol', { recipient_id: 'mute' })
    const unsaid = await norte.lookUp(mute, { card: norte.cardOf('ana') })
    for (const { status, body } of [locked, unknown, unsaid]) {
      expect({ status, body }).toEqual({ status: 200, body: nothing('L1') })
    }
    expect(await disclosedTo('carmen')).toEqual([])
  })

  test.each([
    {},
    { card: 'x' },
    { card: '2912345678906', code: 'PLC1' },
    { ref: 'a', one_time_code: '1' },
    { name: 'Ana' },
  ])('is one thing shown and nothing else: %j', async (body) => {
    expect((await norte.lookUp(granVia, body)).status).toBe(422)
  })
})

describe('The rotating code', () => {
  test('shows the first name and the offers that the person allowed (L2), and to who allowed none no offer', async () => {
    const ana = await norte.lookUp(granVia, { code: norte.codeOf('ana') })
    expect(ana.body).toEqual({
      level: 'L2',
      attributes: { ...standing, given_name: 'Ana' },
      offers: ['personalisation.onsite'],
      signed_in_on_their_phone: false,
    })
    const bruno = await norte.lookUp(sol, { code: norte.codeOf('bruno') })
    expect(bruno.body).toMatchObject({ level: 'L2', attributes: { given_name: 'Bruno' }, offers: [] })
    expect((await disclosedTo('ana')).flatMap(({ attributes }) => attributes)).toContain('first_name')
    // What a till may offer says what somebody allowed, so that it was told is on record too.
    expect((await trailOf('ana')).at(-1).facts.offers).toEqual(['personalisation.onsite'])
    expect((await trailOf('bruno')).at(-1).facts.offers).toEqual([])
  })

  test('of a phone that was signed in minutes before is L3: one word more and no attribute', async () => {
    const { body } = await norte.lookUp(granVia, { code: norte.codeOf('ana', { ownPhone: true }) })
    expect(body).toMatchObject({ level: 'L3', signed_in_on_their_phone: true })
    expect(Object.keys(body.attributes).sort()).toEqual(['given_name', 'loyalty_points', 'loyalty_tier'])
  })

  test('of twenty tills that read it at one moment, through two processes, one is answered', async () => {
    beside = await startTestApp({ beside: norte.app })
    const code = norte.codeOf('ana')
    const ask = async (origin: string, at: number) => {
      // The second process answers to the name of the first, as behind one balancer.
      const answer = await request(`${origin}/api/v1/tills/look-ups`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${at % 3 === 0 ? sol : granVia}`,
          'content-type': 'application/json',
          'idempotency-key': `parallel-${at}`,
          host: new URL(norte.app.origin).host,
        },
        body: JSON.stringify({ code }),
      })
      const body = JSON.parse(await answer.body.text())
      return { status: answer.statusCode, body }
    }
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => ask(at % 2 === 0 ? norte.app.origin : beside.origin, at)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const { status, body } of answers.filter((one) => one.status !== 200)) {
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'loyalty-code-used' })
    }
    const repeated = (await trailOf('ana')).filter(({ action }) => action === 'store-visit.code-repeated')
    expect(repeated).toHaveLength(19)
  })

  test('would be good for all twenty if each looked first and wrote after: the control for the one insert', async () => {
    const code = readLoyaltyCode(norte.codeOf('bruno'))
    if (code === undefined) throw new Error('unreadable')
    const subjectId = norte.subjectOf('bruno')
    const key = { subject_id: subjectId, code_hash: Buffer.from(codeFingerprint(code)) }
    const looked = await Promise.all(
      Array.from({ length: 20 }, () => norte.owner('loyalty_presentations').where(key).first()),
    )
    expect(looked.filter((row) => row === undefined)).toHaveLength(20)
    const at = new Date()
    const claims = await Promise.all(
      looked.map((_, till) =>
        norte.owner.transaction((trx) =>
          pgLoyaltyStores(trx).presentations.claim({
            subjectId,
            fingerprint: codeFingerprint(code),
            clientId: `till-${till % 2}`,
            touchpointId: 'sol',
            requestHash: new Uint8Array([till]),
            late: false,
            presentedAt: at,
            receivedAt: at,
          }),
        ),
      ),
    )
    expect(claims.filter((claimed) => claimed === 'first')).toHaveLength(1)
    expect(claims.filter((claimed) => claimed === 'same-till')).toHaveLength(9)
    expect(claims.filter((claimed) => claimed === 'elsewhere')).toHaveLength(10)
  })

  test('is answered again to the very request whose answer was lost, anew: a no in between already holds (R92)', async () => {
    const code = norte.codeOf('carmen')
    const permitted = await norte.lookUp(granVia, { code }, 'lost-answer-1')
    expect(permitted.body).toMatchObject({ level: 'L2', attributes: { given_name: 'Carmen' } })
    const purposes = (await norte.owner('recipients').where('recipient_id', 'tienda-norte-shop').first())
      .purposes
    const set = async (value: readonly string[]) => {
      await norte.owner('recipients').where('recipient_id', 'tienda-norte-shop').update({ purposes: value })
      await norte.app.house.registry.refresh()
    }
    await set(['loyalty.club'])
    const anew = await norte.lookUp(granVia, { code }, 'lost-answer-1')
    await set(purposes)
    expect(anew).toMatchObject({ status: 200, body: { level: 'L2', attributes: standing, offers: [] } })
    expect((await trailOf('carmen')).filter(({ action }) => action === 'store-visit.looked-up')).toHaveLength(
      1,
    )
    expect((await norte.lookUp(granVia, { code }, 'another-request')).status).toBe(409)
    expect((await norte.lookUp(sol, { code }, 'lost-answer-1')).status).toBe(409)
    // What was said of a person lies in no store of answers.
    const kept = await norte.owner('idempotency_keys').select('answer')
    expect(JSON.stringify(kept)).not.toContain('Carmen')
    expect((await norte.lookUp(granVia, { code: norte.codeOf('carmen') }, '')).body.code).toBe(
      'idempotency-key-missing',
    )
  })

  test('that is too old, of another store, ahead of its time or not ours is refused in one and the same way', async () => {
    const good = norte.codeOf('ana', { age: 2 })
    const last = good.at(-1) === '0' ? '1' : '0'
    const refused = await Promise.all(
      [
        norte.codeOf('ana', { age: 61 }),
        norte.codeOf('ana', { age: -30 }),
        norte.codeOf('ana', { store: 'sol' }),
        good.slice(0, -2) + last + last,
        'PLC1',
        norte.cardOf('ana'),
      ].map((code) => norte.lookUp(granVia, { code })),
    )
    for (const { status, body } of refused) {
      expect({ status, code: body.code, detail: body.detail }).toEqual({
        status: 422,
        code: 'loyalty-code-refused',
        detail: 'This code is not good here and now. Ask for a new one.',
      })
    }
    // The controls: the store it was made for, and the one that was altered.
    expect((await norte.lookUp(sol, { code: norte.codeOf('ana', { store: 'sol' }) })).status).toBe(200)
    expect((await norte.lookUp(granVia, { code: good })).status).toBe(200)
  })
})

describe('A code by message', () => {
  const send = (card: string, bearer = granVia) => norte.ask(bearer, 'POST', '/api/v1/tills/codes', { card })

  test('goes to the verified mailbox, says to whom it may be said, and opens L2 once at that till', async () => {
    const since = new Date()
    const sent = await send(norte.cardOf('bruno'))
    expect(sent.status).toBe(200)
    const mail = await norte.app.outbox.next('bruno@correo.example', since)
    const code = /\b\d{6}\b/.exec(mail.subject)?.[0] ?? ''
    expect(mail.text).toContain('Gran Vía')
    const shown = { card: norte.cardOf('bruno'), ref: sent.body.ref, one_time_code: code }
    expect((await norte.lookUp(sol, shown)).body.code).toBe('till-code-wrong')
    expect((await norte.lookUp(granVia, { ...shown, card: norte.cardOf('ana') })).body.code).toBe(
      'till-code-wrong',
    )
    const seen = await norte.lookUp(granVia, shown, 'message-lost-1')
    expect(seen.body).toMatchObject({ level: 'L2', attributes: { given_name: 'Bruno' } })
    expect((await norte.lookUp(granVia, shown, 'message-other-1')).body.code).toBe('till-code-wrong')
    // The answer was lost on the way: the same request is answered anew, at this till and with this code alone.
    expect((await norte.lookUp(granVia, shown, 'message-lost-1')).body).toEqual(seen.body)
    expect((await norte.lookUp(sol, shown, 'message-lost-1')).body.code).toBe('till-code-wrong')
    const other = { ...shown, one_time_code: code === '000000' ? '111111' : '000000' }
    expect((await norte.lookUp(granVia, other, 'message-lost-1')).body.code).toBe('till-code-wrong')
    await norte
      .owner('loyalty_presentations')
      .where('subject_id', norte.subjectOf('bruno'))
      .update({ received_at: new Date(Date.now() - 11 * 60_000) })
    expect((await norte.lookUp(granVia, shown, 'message-lost-1')).body.code).toBe('till-code-wrong')
  })

  test('leaves a trace with the till that had it sent, for a card that nobody has where the till is', async () => {
    const codeSent = (trail: readonly { readonly action: string }[]) =>
      trail.filter(({ action }) => action === 'store-visit.code-sent')
    expect(codeSent(await trailOf('bruno'))).toMatchObject([
      {
        actor: 'client:till-gran-via',
        touchpoint: 'gran-via-till',
        facts: { store: 'gran-via', touchpoint: 'gran-via-till', known: true },
      },
    ])
    await send('2900000000009')
    await vi.waitFor(async () =>
      expect(codeSent(await tillTrail('gran-via-till'))).toMatchObject([{ facts: { known: false } }]),
    )
  })

  test('for a card that nobody has is promised in the same words, and reaches nobody', async () => {
    const [known, unknown] = [await send(norte.cardOf('carmen')), await send('2900000000009')]
    expect(unknown.status).toBe(200)
    expect(Object.keys(unknown.body)).toEqual(Object.keys(known.body))
    expect(unknown.body.ref).toHaveLength(known.body.ref.length)
    const shown = { card: '2900000000009', ref: unknown.body.ref, one_time_code: '123456' }
    expect((await norte.lookUp(granVia, shown)).body.code).toBe('till-code-wrong')
  })
})

describe('A till without a connection', () => {
  const keysOf = async (bearer: string) => {
    const { body } = await norte.ask(bearer, 'GET', '/api/v1/tills/keys')
    const keys = body.keys.map((key: Record<string, string>) => ({
      kid: Buffer.from(key['kid'] ?? '', 'hex'),
      publicKey: Buffer.from(key['public_key'] ?? '', 'base64url'),
      epoch: epochOf(Date.parse(key['not_before'] ?? '') / 1000),
    }))
    return { body, keys }
  }
  const now = () => Date.now() / 1000
  const report = (bearer: string, presentations: readonly object[], deviceTime = new Date()) =>
    norte.ask(bearer, 'POST', '/api/v1/tills/presentations', {
      device_time: deviceTime.toISOString(),
      presentations,
    })

  test('reads the codes of its store and of any with the keys it fetched, and those of another store with none', async () => {
    const { body, keys } = await keysOf(granVia)
    expect(body).toMatchObject({ store: 'gran-via', good_for_seconds: 60 })
    expect(Math.abs(Date.parse(body.now) - Date.now())).toBeLessThan(5_000)
    expect(body.keys).toHaveLength(6)
    for (const store of [undefined, 'gran-via']) {
      expect(verifyLoyaltyCode(norte.codeOf('ana', { store }), keys, now())).toMatchObject({ good: true })
    }
    const elsewhere = norte.codeOf('ana', { store: 'sol' })
    expect(verifyLoyaltyCode(elsewhere, keys, now())).toMatchObject({ because: 'key-unknown' })
    expect(verifyLoyaltyCode(elsewhere, (await keysOf(sol)).keys, now())).toMatchObject({ good: true })
  })

  test('tells later of what it was shown, by a clock that is an hour wrong, and is counted once', async () => {
    const hour = 3_600_000
    const code = norte.codeOf('ana', { age: 20 })
    const wrongClock = (at: number) => new Date(at + hour)
    const told = { code, presented_at: wrongClock(Date.now() - 10_000).toISOString() }
    expect((await report(granVia, [told], wrongClock(Date.now()))).body).toEqual({ outcomes: ['counted'] })
    expect((await report(granVia, [told], wrongClock(Date.now()))).body).toEqual({ outcomes: ['counted'] })
    // Shown at another till meanwhile, or shown again online: somebody has copied it.
    expect(
      (await report(sol, [{ ...told, presented_at: new Date(Date.now() - 9_000).toISOString() }])).body,
    ).toEqual({
      outcomes: ['repeated'],
    })
    expect((await norte.lookUp(granVia, { code })).status).toBe(409)
    const told1 = (await trailOf('ana')).filter(({ action }) => action === 'store-visit.told-late')
    expect(told1[0].facts.clockSkewSeconds).toBe(3_600)
    expect(told1).toHaveLength(1)
    // Told again it is the till that did something, and not the customer whose activity would fill with it.
    const again = (await tillTrail('gran-via-till')).filter(
      ({ action }) => action === 'store-visit.told-again',
    )
    expect(again).toMatchObject([{ actor: 'client:till-gran-via', facts: { store: 'gran-via' } }])
    expect(again[0].subject ?? null).toBeNull()
  })

  test('is refused what was not good in that minute, lies ahead or too far back, or is no code', async () => {
    const code = norte.codeOf('bruno', { age: 5 })
    const at = (ms: number) => new Date(Date.now() + ms).toISOString()
    const { body } = await report(granVia, [
      { code, presented_at: at(-90_000) },
      { code: norte.codeOf('bruno', { age: 300 }), presented_at: at(-200_000) },
      { code, presented_at: at(60_000) },
      { code: norte.codeOf('bruno', { age: 31 * 86_400 }), presented_at: at(-31 * 86_400_000) },
      { code: 'PLC1', presented_at: at(0) },
      { code: norte.codeOf('bruno', { age: 5, store: 'sol' }), presented_at: at(-1_000) },
      // The control, told among them.
      { code, presented_at: at(-1_000) },
    ])
    expect(body.outcomes).toEqual([...Array.from({ length: 6 }, () => 'refused'), 'counted'])
  })

  test('shows what was counted late in the same table as what was shown online', async () => {
    const rows = await norte.owner('loyalty_presentations').where('subject_id', norte.subjectOf('bruno'))
    expect(rows.map(({ late, touchpoint_id }) => [touchpoint_id, late])).toContainEqual([
      'gran-via-till',
      true,
    ])
    const code = readLoyaltyCode(norte.codeOf('bruno'))
    expect(code?.card).toBe(norte.cardOf('bruno'))
  })

  test('leaves lines in the customer’s activity that name the till, and rows in what they may take with them', async () => {
    const { email, password } = personCalled('bruno')
    const headers = { accept: 'text/html', ...(await subjectCookie(norte.app.origin, email, password)) }
    const page = await (await fetch(`${norte.app.origin}/privacy/security`, { headers })).text()
    expect(page).toContain('Una tienda leyó tu tarjeta')
    expect(page).toContain('Te enviamos un código para la caja')
    expect(page).toContain('Caja 1, Gran Vía')
    const held = pgPresentationReads(norte.owner)
    const bruno = await held.of(norte.subjectOf('bruno'))
    expect(bruno.length).toBeGreaterThan(0)
    expect(bruno.every(({ touchpointId }) => ['sol', 'gran-via-till'].includes(touchpointId))).toBe(true)
    // After a month nobody may tell of them any more, and they go.
    await sweepPresentations(norte.owner, new Date(Date.now() + 30 * 86_400_000))
    expect(await held.of(norte.subjectOf('bruno'))).toHaveLength(bruno.length)
    // In bites, of two here.
    await sweepPresentations(norte.owner, new Date(Date.now() + 32 * 86_400_000), 2)
    expect(await held.of(norte.subjectOf('bruno'))).toEqual([])
  })
})

describe('Who is a till', () => {
  test('a client of ours in an open store: not one that stands nowhere, at a desk, or belongs to somebody else', async () => {
    const nowhere = await norte.till('till-nowhere', undefined)
    expect((await norte.lookUp(nowhere, { card: norte.cardOf('ana') })).body.code).toBe('not-a-till')
    const brand = await norte.till('till-brand', 'norte')
    expect((await norte.ask(brand, 'GET', '/api/v1/tills/keys')).body.code).toBe('not-a-till')
    const other = await norte.till('till-other', 'sol', {
      recipient_id: 'correo-norte',
      first_party: false,
      purpose_id: 'marketing.direct',
      contact_channel: 'email',
    })
    expect((await norte.lookUp(other, { card: norte.cardOf('ana') })).body.code).toBe('house-only')
    expect((await norte.lookUp(undefined, { card: norte.cardOf('ana') })).status).toBe(401)
  })

  test('loses its keys and its look-ups when its client is disabled or its place is closed', async () => {
    const gone = await norte.till('till-gone', 'sol')
    const read = (bearer: string) => norte.ask(bearer, 'GET', '/api/v1/tills/keys')
    expect((await read(gone)).status).toBe(200)
    const { consoleWork: work, platform } = norte.app.house
    await setClientState(
      { work, clock: platform.clock },
      { actor: seeder, clientId: 'till-gone', state: 'disabled', reason: 'stolen' },
    )
    await vi.waitFor(async () => expect((await read(gone)).status).toBe(401), { timeout: 5_000 })
    expect((await norte.lookUp(gone, { card: norte.cardOf('ana') })).status).toBe(401)

    const closing = await norte.till('till-closing', 'gran-via-till')
    await norte
      .owner('touchpoints')
      .where('touchpoint_id', 'gran-via-till')
      .update({ closed_at: new Date(), version: norte.owner.raw('version + 1') })
    await norte.app.house.touchpoints.refresh()
    expect((await read(closing)).body.code).toBe('not-a-till')
    await norte
      .owner('touchpoints')
      .where('touchpoint_id', 'gran-via-till')
      .update({ closed_at: null, version: norte.owner.raw('version + 1') })
    await norte.app.house.touchpoints.refresh()
    expect((await read(closing)).status).toBe(200)
  })

  test('that tries one number after another is stopped, and is told the same of all of them until then', async () => {
    const fishing = await norte.till('till-fishing', 'sol')
    const answers: number[] = []
    for (let tried = 0; tried < 61; tried += 1) {
      const { status, body } = await norte.lookUp(fishing, { card: String(2_900_000_000_100 + tried) })
      answers.push(status)
      if (status === 200) expect(body).toEqual(nothing('L1'))
    }
    expect(answers.slice(0, 60).every((status) => status === 200)).toBe(true)
    expect(answers[60]).toBe(429)
    // A card that somebody has is answered no better from then on, or the refusals would say which ones nobody has.
    expect((await norte.lookUp(fishing, { card: norte.cardOf('ana') })).status).toBe(429)
    // The customer in front of that till shows a code, and is served.
    expect((await norte.lookUp(fishing, { code: norte.codeOf('ana') })).status).toBe(200)
  })

  test('that reads one good card after another is not stopped by that limit', async () => {
    const busy = await norte.till('till-busy', 'sol')
    for (let served = 0; served < 70; served += 1) {
      expect((await norte.lookUp(busy, { card: norte.cardOf('bruno') })).status).toBe(200)
    }
  })
})
