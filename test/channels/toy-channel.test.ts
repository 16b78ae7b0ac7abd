import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandHouse } from '../../src/compose/command-house.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { personCalled, Visitor } from '../house/visitor.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { vendingChannel } from './toy-channel/index.ts'

let app: TestApp
let owner: ReturnType<typeof openLane>
beforeAll(async () => {
  app = await startTestApp({ people: true, channels: (house) => [vendingChannel(house)] })
  owner = openLane(app.database.connection, 'toy', 1)
  const { touchpoints } = commandHouse(app.house)
  await touchpoints.add({ id: 'norte', kind: 'brand', name: 'Tienda Norte' })
  await touchpoints.add({ id: 'vigo', kind: 'store', name: 'Vigo', parent: 'norte' })
  await touchpoints.add({ id: 'vigo-vending', kind: 'terminal', name: 'Máquina', parent: 'vigo' })
})
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
})

const signedIn = async (key: string) => {
  const browser = new Visitor(app.origin)
  await browser.signIn('/privacy/permissions', personCalled(key))
  return async (body: object) => {
    const answer = await browser.ask('/vending/answer', {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'x-csrf-token': browser.csrf,
      },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: JSON.parse(answer.text) }
  }
}
const told = () =>
  owner('consent_events')
    .where({ surface: 'vending-machine' })
    .orderBy('recorded_at')
    .select('type', 'channel', 'touchpoint', 'purpose_id')

test('a way in nobody had heard of is a folder and a line: its acts are kept with where they were told (R57)', async () => {
  const machine = await signedIn('bruno')
  const incomplete = await machine({ answer: 'yes', once: 'without-a-slot', machine: 'vigo-vending' })
  expect(incomplete).toMatchObject({ status: 422, body: { code: 'evidence-incomplete' } })
  expect(JSON.stringify(incomplete.body.errors)).toContain('slot')
  expect(await machine({ answer: 'yes', once: 'without-a-machine', slot: 'B4' })).toMatchObject({
    status: 422,
    body: { code: 'evidence-incomplete', errors: [expect.objectContaining({ code: 'evidence.missing' })] },
  })
  const whole = { answer: 'yes', once: 'with-everything', machine: 'vigo-vending', slot: 'B4' }
  expect(await machine(whole)).toEqual({ status: 200, body: { outcome: 'recorded' } })
  const kept = await told()
  expect(kept.at(-1)).toEqual({
    type: 'given',
    channel: 'kiosk',
    touchpoint: 'vigo-vending',
    purpose_id: 'marketing.direct',
  })
  expect(kept.filter(({ type }) => type === 'given')).toHaveLength(1)
  // Their own history names the place as people call it.
  const bruno = new Visitor(app.origin)
  await bruno.signIn('/privacy/history', personCalled('bruno'))
  expect((await bruno.open('/privacy/history')).text).toContain('Máquina, Vigo')
})

test('taking a yes back waits for no proof: it is recorded without a place as well (GDPR Art. 7(3))', async () => {
  const machine = await signedIn('ana')
  expect(await machine({ answer: 'no', once: 'without-a-place' })).toEqual({
    status: 200,
    body: { outcome: 'recorded' },
  })
  expect((await told()).at(-1)).toMatchObject({ type: 'withdrawn', touchpoint: null })
})

test('what was told at a place is counted there, and in everything it lies in', async () => {
  const { touchpoints } = commandHouse(app.house)
  const until = new Date(Date.now() + 60_000).toISOString()
  const counted = {
    touchpoint: 'vigo-vending',
    purpose: 'marketing.direct',
    acts: 1,
    yes: 1,
    no: 0,
  }
  expect(await touchpoints.report({ until })).toEqual([counted])
  expect(await touchpoints.report({ until, at: 'norte' })).toEqual([counted])
  expect(await touchpoints.report({ until: '2020-01-01', from: '2019-01-01' })).toEqual([])
  await expect(touchpoints.report({ at: 'nowhere' })).rejects.toMatchObject({ code: 'touchpoint-unknown' })
})

test('a channel with a route that its contract does not speak of does not start', async () => {
  const begun = startTestApp({
    beside: app,
    channels: (house) => [vendingChannel(house, '/kiosk/answer')],
  })
  await expect(begun).rejects.toThrow('vending.answer answers /kiosk/answer')
})
