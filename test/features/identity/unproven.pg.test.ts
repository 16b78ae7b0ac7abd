import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  admitUnproven,
  forgetUnprovenAddress,
  loyaltyCardIndex,
  proveAddress,
} from '../../../src/features/identity/index.ts'
import { emailOf, evidence, openHouse } from './house.ts'

/* Somebody we only know by an address that others told us: a stranger to every way in until the address is proven. */
let house: Awaited<ReturnType<typeof openHouse>>
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.close())

const admit = (email: string) =>
  house.work(async (tx) => {
    const admitted = await admitUnproven(house.deps, tx, {
      email: emailOf(email),
      language: 'es',
      jurisdiction: 'ES',
      at: house.clock.now(),
    })
    await tx.audit.record({
      action: 'test.admitted',
      actor: { kind: 'system', name: 'test' },
      at: house.clock.now(),
    })
    return admitted
  })

const waiting = async (email: string) => {
  const admitted = await admit(email)
  if (admitted.outcome === 'account') throw new Error(`${email} has an account`)
  return admitted.whose
}
const outcomesOf = (tries: readonly Promise<unknown>[]) => Promise.allSettled(tries)
const fulfilled = (outcomes: readonly PromiseSettledResult<unknown>[]) =>
  outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))

describe('An address that somebody told us', () => {
  it('of twenty at once makes one newcomer, whom the others find waiting (R80)', async () => {
    const admitted = await Promise.all(Array.from({ length: 20 }, () => admit('diana@nuevo.example')))
    expect(admitted.filter(({ outcome }) => outcome === 'newcomer')).toHaveLength(1)
    expect(admitted.filter(({ outcome }) => outcome === 'waiting')).toHaveLength(19)
    const people = admitted.map((one) => (one.outcome === 'account' ? '' : one.whose.subjectId))
    expect(new Set(people).size).toBe(1)
  })

  it('is nobody’s account until it is proven, and then it is', async () => {
    const whose = await waiting('elena@nuevo.example')
    const index = house.indexOf('elena@nuevo.example')
    const { identifiers } = house.reads
    expect(await identifiers.findAccount(index)).toBeUndefined()
    expect(await identifiers.findUnproven(index)).toEqual(whose)
    expect(await identifiers.findSubject(index)).toBe(whose.subjectId)
    expect(await proveAddress(house.deps, { ...whose, evidence })).toBe(true)
    expect(await identifiers.findAccount(index)).toBe(whose.subjectId)
    expect(await identifiers.findUnproven(index)).toBeUndefined()
    expect((await admit('elena@nuevo.example')).outcome).toBe('account')
  })

  it('is proven once, however many try at once', async () => {
    const whose = await waiting('fatima@nuevo.example')
    const proven = await Promise.all(
      Array.from({ length: 12 }, () => proveAddress(house.deps, { ...whose, evidence })),
    )
    expect(proven.filter(Boolean)).toHaveLength(1)
  })

  it('becomes the account of whoever proves it by registering, once, with everything under it', async () => {
    const whose = await waiting('hugo@nuevo.example')
    const outcomes = await outcomesOf(Array.from({ length: 12 }, () => house.register('hugo@nuevo.example')))
    expect(fulfilled(outcomes)).toEqual([whose.subjectId])
    const refusals = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(new Set(refusals)).toEqual(new Set(['identifier-taken']))
  })

  it('is written to in the language of whoever registers, and not in the one that somebody typed for them', async () => {
    const { subjectId } = await waiting('lena@nuevo.example')
    expect(await house.register('lena@nuevo.example', { language: 'en' })).toBe(subjectId)
    expect(await house.reads.subjects.find(subjectId)).toMatchObject({ language: 'en', jurisdiction: 'ES' })
  })

  it('goes with its person and their key where nothing else hangs on them, and else without them', async () => {
    const left = async (subjectId: string) => {
      const rows = await Promise.all(
        ['subjects', 'subject_keys', 'identifiers', 'identifier_lookups', 'former_identifiers'].map((table) =>
          house.owner(table).where({ subject_id: subjectId }),
        ),
      )
      return rows.map(({ length }) => length)
    }
    const forget = ({ subjectId, identifierId }: Awaited<ReturnType<typeof waiting>>, needed = false) =>
      forgetUnprovenAddress(
        { ...house.deps, reads: house.reads },
        { subjectId, contactPoint: identifierId, withPerson: true, stillNeeded: async () => needed },
      )
    const marta = await waiting('marta@nuevo.example')
    expect(await forget(marta, true)).toBe(false)
    expect(await left(marta.subjectId)).toEqual([1, 1, 1, 1, 0])
    const tries = await Promise.all(Array.from({ length: 6 }, () => forget(marta)))
    expect(tries.filter(Boolean)).toHaveLength(1)
    expect(await left(marta.subjectId)).toEqual([0, 0, 0, 0, 0])
    const nuria = await waiting('nuria@nuevo.example')
    await house.owner('former_identifiers').insert({
      subject_id: nuria.subjectId,
      identifier_id: house.entropy.id<'identifier'>(),
      kind: 'phone',
      created_at: house.clock.now(),
      removed_at: house.clock.now(),
    })
    expect(await forget(nuria)).toBe(true)
    expect(await left(nuria.subjectId)).toEqual([1, 1, 0, 0, 2])
  })

  it('is not taken over where its person has an account by another way, or is locked', async () => {
    const owner = await waiting('gloria@nuevo.example')
    await house.owner('passwords').insert({
      subject_id: owner.subjectId,
      hash: 'x',
      changed_at: house.clock.now(),
    })
    await expect(house.register('gloria@nuevo.example')).rejects.toMatchObject({ code: 'identifier-taken' })
    const locked = await waiting('irene@nuevo.example')
    await house.owner('subjects').where({ subject_id: locked.subjectId }).update({ state: 'locked' })
    expect(await proveAddress(house.deps, { ...locked, evidence })).toBe(false)
    await expect(house.register('irene@nuevo.example')).rejects.toMatchObject({ code: 'identifier-taken' })
  })

  it('with a loyalty card beside it is no account either: whoever holds a card has proven nothing', async () => {
    const whose = await waiting('karim@nuevo.example')
    const identifierId = house.entropy.id<'identifier'>()
    await house.owner('identifiers').insert({
      subject_id: whose.subjectId,
      identifier_id: identifierId,
      kind: 'loyalty_card',
      sealed_value: Buffer.alloc(40),
      verified_at: house.clock.now(),
      created_at: house.clock.now(),
    })
    await house.owner('identifier_lookups').insert({
      blind_index: Buffer.from(loyaltyCardIndex(house.blindIndex, '9990001112223')),
      kind: 'loyalty_card',
      subject_id: whose.subjectId,
      identifier_id: identifierId,
    })
    expect(await house.reads.identifiers.findAccount(house.indexOf('karim@nuevo.example'))).toBeUndefined()
    expect(await house.register('karim@nuevo.example')).toBe(whose.subjectId)
  })
})
