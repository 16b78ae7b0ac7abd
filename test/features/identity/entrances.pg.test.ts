import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countRoundTrips } from '../../../bench/meters/round-trips.ts'
import { lockSubject, signInWithCode } from '../../../src/features/identity/index.ts'
import type { PasskeyId } from '../../../src/features/identity/passkey-store.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { openSharedPool } from '../../../src/platform/db/pool.ts'
import { evidence, type House, openHouse } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const enter = (subjectId: SubjectId) =>
  signInWithCode({ ...house.deps, work: house.entrances }, { subjectId, evidence })

const passkeyOf = async (subjectId: SubjectId, counter: number) => {
  const passkeyId = house.entropy.id<'passkey'>() as PasskeyId
  await house.work(async (tx) => {
    await tx.passkeys.add({
      subjectId,
      passkeyId,
      credentialId: randomBytes(32),
      publicKey: randomBytes(77),
      counter,
      transports: [],
      backupEligible: false,
      backedUp: false,
      aaguid: '00000000-0000-0000-0000-000000000000',
      name: 'Llave',
      createdAt: house.clock.now(),
      lastUsedAt: undefined,
    })
    await tx.audit.record({
      action: 'passkey.added',
      actor: { kind: 'system', name: 'test' },
      at: house.clock.now(),
      subjectId,
    })
  })
  return { subjectId, passkeyId }
}

/** One use of a passkey, as the last step of a sign-in records it. */
const use = (
  key: { readonly subjectId: SubjectId; readonly passkeyId: PasskeyId },
  counter: number,
  entrances = house.entrances,
) =>
  entrances(async (tx) => {
    const { subjectId } = key
    const at = house.clock.now()
    const moved = await tx.passkeys.recordUse(key, { counter, backedUp: false, at })
    if (moved && !(await tx.subjects.mayEnter(subjectId))) throw new Error('closed')
    const action = moved ? 'sign-in.succeeded' : 'passkey.counter-regressed'
    await tx.audit.record({ action, actor: { kind: 'anonymous' }, at, subjectId })
    return moved
  })

test('letting somebody in is one round trip, and its proof is there', async () => {
  const ana = await house.register('ana@example.es')
  await enter(ana)
  const counting = countRoundTrips()
  await enter(ana)
  expect(counting.stop()).toEqual({ roundTrips: 1, statements: 1 })
  const { actions, verdict } = await house.trailOf(ana)
  expect(actions.filter((action) => action === 'sign-in.succeeded')).toHaveLength(2)
  expect(verdict.intact).toBe(true)
})

test('a hundred at the same moment share a few statements, and each has a whole trail', async () => {
  const people = await Promise.all(
    Array.from({ length: 25 }, (_, number) => house.register(`gente${number}@example.es`)),
  )
  await enter(people[0]!)
  const counting = countRoundTrips()
  await Promise.all(people.flatMap((person) => Array.from({ length: 4 }, () => enter(person))))
  expect(counting.stop().statements).toBeLessThanOrEqual(8)
  for (const person of people.slice(1)) {
    const { actions, verdict } = await house.trailOf(person)
    expect(actions.filter((action) => action === 'sign-in.succeeded')).toHaveLength(4)
    expect(verdict.intact).toBe(true)
  }
})

test('an account locked since it was read lets nobody in, and records no success (R31)', async () => {
  const bruno = await house.register('bruno@example.es')
  await lockSubject(house.deps, {
    subjectId: bruno,
    to: 'lock',
    actor: { kind: 'system', name: 'test' },
    reason: 'test',
  })
  await expect(enter(bruno)).rejects.toMatchObject({ code: 'account-closed' })
  expect((await house.trailOf(bruno)).actions).not.toContain('sign-in.succeeded')
})

test('of twenty parallel uses of one counter value one is let in, and the others are on record (R75)', async () => {
  const carmen = await house.register('carmen@example.es')
  const key = await passkeyOf(carmen, 5)
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => use(key, 6)))
  expect(outcomes.filter(Boolean)).toHaveLength(1)
  const { actions, verdict } = await house.trailOf(carmen)
  expect(actions.filter((action) => action === 'sign-in.succeeded')).toHaveLength(1)
  expect(actions.filter((action) => action === 'passkey.counter-regressed')).toHaveLength(19)
  expect(verdict.intact).toBe(true)
})

test('a passkey of somebody else moves nothing, whoever is named beside it', async () => {
  const [diego, elena] = await Promise.all(
    ['diego', 'elena'].map((name) => house.register(`${name}@example.es`)),
  )
  const key = await passkeyOf(diego!, 0)
  expect(await use({ ...key, subjectId: elena! }, 1)).toBe(false)
  const [row] = await house.owner('passkeys').where({ passkey_id: key.passkeyId })
  expect(Number(row.counter)).toBe(0)
})

test('a passkey that does not count is good for any number of uses at once', async () => {
  const fatima = await house.register('fatima@example.es')
  const key = await passkeyOf(fatima, 0)
  expect(await Promise.all(Array.from({ length: 10 }, () => use(key, 0)))).toEqual(Array(10).fill(true))
})

test('two processes that let in the same people at the same moment neither deadlock nor let anybody in twice', async () => {
  const people = await Promise.all(
    Array.from({ length: 20 }, (_, number) => house.register(`doble${number}@example.es`)),
  )
  const keys = await Promise.all(people.map((person) => passkeyOf(person, 1)))
  const pool = openSharedPool(house.database.appConnection, () => {})
  const there = house.entrancesOn(pool)
  const deadlocks = async () =>
    (
      await house
        .owner('pg_stat_database')
        .where('datname', house.database.connection.database)
        .first('deadlocks')
    ).deadlocks
  const before = await deadlocks()
  for (let counter = 2; counter < 8; counter += 1) {
    const [here, elsewhere] = await Promise.all([
      Promise.all(keys.map((key) => use(key, counter))),
      Promise.all(keys.toReversed().map((key) => use(key, counter, there))),
    ])
    expect(here.filter(Boolean).length + elsewhere.filter(Boolean).length).toBe(keys.length)
  }
  expect(await deadlocks()).toBe(before)
  await pool.end()
  for (const person of people) {
    const { actions, verdict } = await house.trailOf(person)
    expect(actions.filter((action) => action === 'sign-in.succeeded')).toHaveLength(6)
    expect(actions.filter((action) => action === 'passkey.counter-regressed')).toHaveLength(6)
    expect(verdict.intact).toBe(true)
  }
})
