import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { environmentKek } from '../../../src/platform/crypto/environment-kek.ts'
import { open, SealBroken } from '../../../src/platform/crypto/sealing.ts'
import type { SubjectKeyStore, WrappedSubjectKey } from '../../../src/platform/crypto/subject-key-store.ts'
import { createSubjectSealer } from '../../../src/platform/crypto/subject-sealer.ts'

const ana = '01980000-0000-7000-8000-00000000000a' as SubjectId
const bruno = '01980000-0000-7000-8000-00000000000b' as SubjectId
const name = { table: 'assertions', column: 'value', row: 'given-name' }

class KeyShelf implements SubjectKeyStore {
  readonly rows = new Map<SubjectId, WrappedSubjectKey>()
  finds = 0
  async insert(key: WrappedSubjectKey) {
    if (this.rows.has(key.subjectId)) throw new Error('a subject has one key')
    this.rows.set(key.subjectId, key)
  }
  async find(subjectId: SubjectId) {
    this.finds += 1
    return this.rows.get(subjectId)
  }
}

const oldKey = randomBytes(32)
let shelf: KeyShelf

beforeEach(() => {
  shelf = new KeyShelf()
})

const house = (keks = [oldKey]) => createSubjectSealer({ kek: environmentKek(keks), store: shelf })

describe("a subject's key", () => {
  it('seals in the transaction that creates it, before its row can be read', async () => {
    const sealer = house()
    const key = await sealer.create(ana)
    const sealed = await sealer.sealText(ana, name, 'Ana')
    await shelf.insert(key)
    expect(await house().openText(ana, name, sealed)).toBe('Ana')
  })

  it('is looked up once for many values', async () => {
    const sealer = house()
    await shelf.insert(await sealer.create(ana))
    const other = house()
    await Promise.all(Array.from({ length: 20 }, () => other.sealText(ana, name, 'Ana')))
    expect(shelf.finds).toBe(1)
  })

  it('shreds everything it sealed when its row is deleted', async () => {
    const sealer = house()
    await shelf.insert(await sealer.create(ana))
    const sealed = await sealer.sealText(ana, name, 'Ana')
    shelf.rows.delete(ana)
    await expect(house().openText(ana, name, sealed)).rejects.toThrow(SealBroken)
    expect(await sealer.openText(ana, name, sealed), 'negative control: a process not told yet').toBe('Ana')
    sealer.forget(ana)
    await expect(sealer.openText(ana, name, sealed)).rejects.toThrow(SealBroken)
  })

  it("does not open another person's value, nor a key row moved to another person", async () => {
    const sealer = house()
    await shelf.insert(await sealer.create(ana))
    await shelf.insert(await sealer.create(bruno))
    const sealed = await sealer.sealText(ana, name, 'Ana')
    await expect(sealer.openText(bruno, name, sealed)).rejects.toThrow(SealBroken)
    const anas = shelf.rows.get(ana)!
    shelf.rows.set(bruno, { ...anas, subjectId: bruno })
    await expect(house().openText(bruno, name, sealed)).rejects.toThrow(SealBroken)
  })

  it('recovers when the transaction that made it was rolled back and run again elsewhere', async () => {
    const here = house()
    const there = house()
    await here.create(ana)
    await shelf.insert(await there.create(ana))
    const sealed = await there.sealText(ana, name, 'Ana')
    expect(await here.openText(ana, name, sealed)).toBe('Ana')
  })

  it('outlives a rotation of the key-encryption key once re-wrapped', async () => {
    await shelf.insert(await house().create(ana))
    const sealed = await house().sealText(ana, name, 'Ana')
    const newKey = randomBytes(32)
    const rotating = house([newKey, oldKey])
    const again = await rotating.rewrap(shelf.rows.get(ana)!)
    expect(again?.kekId).toBe(environmentKek([newKey]).id)
    expect(await rotating.rewrap(again!)).toBeUndefined()
    const onlyNew = house([newKey])
    await expect(onlyNew.openText(ana, name, sealed), 'negative control: not yet re-wrapped').rejects.toThrow(
      SealBroken,
    )
    shelf.rows.set(ana, again!)
    expect(await onlyNew.openText(ana, name, sealed)).toBe('Ana')
  })

  it('opens rows of an export from a key read beside them', async () => {
    const sealer = house()
    const row = await sealer.create(ana)
    const sealed = await sealer.sealText(ana, name, 'Ana')
    const key = await house().unwrap(row)
    expect(Buffer.from(open(key, { ...name, subjectId: ana }, sealed)).toString()).toBe('Ana')
    expect(shelf.finds).toBe(0)
  })
})
