import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { environmentKek, type Kek } from '../../src/platform/crypto/index.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { createWebPush, pgPushKeyStore, type WebPush } from '../../src/platform/web-push/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { type PushService, startPushService } from '../support/push-service.ts'

/* The key by which push services know the house, over its life. Each `house` is a process of its own on one database. */
const [first, second] = [randomBytes(32), randomBytes(32)] as const
let database: TestDatabase
let push: PushService
let lane: ReturnType<typeof openLane>

beforeAll(async () => {
  database = await createTestDatabase()
  lane = openLane(database.appConnection, 'push', 4)
  push = await startPushService()
})
afterAll(async () => {
  await push?.close()
  await lane?.destroy()
  await database?.drop()
})

const houseWith = (kek: Kek): WebPush =>
  createWebPush({
    egress: { fetch: (input, init) => fetch(input, init) },
    keys: pgPushKeyStore(lane),
    kek,
    clock: { now: () => new Date('2026-11-22T10:00:00Z') },
    contact: 'hola@tiendanorte.example',
  })

const subscribed = async (house: WebPush) => {
  const key = await house.currentKey()
  const browser = push.subscribe(key?.publicKey ?? '')
  const { p256dh, auth } = JSON.parse(browser.subscription).keys
  return { browser, target: { endpoint: browser.endpoint, p256dh, auth, keyId: key?.keyId ?? '' } }
}

describe('the key of the house', () => {
  it('is one, however many processes start at once, and lies wrapped', async () => {
    const houses = Array.from({ length: 6 }, () => houseWith(environmentKek([first])))
    expect(await houses[0]?.currentKey()).toBeUndefined()
    await Promise.all(houses.map((house) => house.settle()))
    const keys = await Promise.all(houses.map((house) => house.currentKey()))
    expect(new Set(keys.map((key) => key?.keyId)).size).toBe(1)
    expect(await lane('push_keys')).toHaveLength(1)
  })

  it('rings what subscribed with it after the key-encryption key was changed and the old one is gone', async () => {
    const { browser, target } = await subscribed(houseWith(environmentKek([first])))
    await houseWith(environmentKek([second, first])).settle()
    const house = houseWith(environmentKek([second]))
    expect(await house.send(target, '{"title":"Hola"}', 60)).toBe('accepted')
    expect(JSON.parse(browser.rung[0]?.text ?? '')).toEqual({ title: 'Hola' })
  })

  it('signs for its own when it was renewed, and the new one for those that come', async () => {
    const house = houseWith(environmentKek([second]))
    const old = await subscribed(house)
    await house.renewKey()
    const fresh = await subscribed(house)
    expect(fresh.target.keyId).not.toBe(old.target.keyId)
    for (const { target } of [old, fresh]) expect(await house.send(target, '{}', 60)).toBe('accepted')
    // The control: signed with the other key, the push service takes nothing.
    expect(await house.send({ ...old.target, keyId: fresh.target.keyId }, '{}', 60)).toBe('failed')
    expect(push.troubles.at(-1)).toContain('another key')
  })

  it('makes every message one length, so that nobody on the way learns from it what it is about', async () => {
    const house = houseWith(environmentKek([second]))
    const { browser, target } = await subscribed(house)
    for (const text of ['{}', JSON.stringify({ body: 'ñ'.repeat(200) })]) await house.send(target, text, 60)
    expect(new Set(browser.rung.map(({ body }) => body.byteLength)).size).toBe(1)
  })

  it('sends nothing for a key that is gone, and counts an address that answers 404 as gone (RFC 8030 7.3)', async () => {
    const house = houseWith(environmentKek([second]))
    const { browser, target } = await subscribed(house)
    expect(await house.send({ ...target, keyId: 'unknown' }, '{}', 60)).toBe('gone')
    browser.answers(404)
    expect(await house.send(target, '{}', 60)).toBe('gone')
    browser.answers(500)
    expect(await house.send(target, '{}', 60)).toBe('failed')
  })
})
