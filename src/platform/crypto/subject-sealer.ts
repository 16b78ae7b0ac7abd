import { hkdfSync, randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Kek } from './kek.ts'
import { open, type Place, SealBroken, type SealingKey, seal, sealingKey, usedKeyId } from './sealing.ts'
import type { SubjectKeyStore, WrappedSubjectKey } from './subject-key-store.ts'

export type CellPlace = Omit<Place, 'subjectId'>

/** Seals what identifies a person with that person's own key, so that deleting the key erases every copy at once. */
export interface SubjectSealer {
  /**
   * Makes a subject's key, to be inserted in the transaction that creates the subject. The key is usable at once, so
   * the same transaction can seal the first values before its commit.
   */
  create(subjectId: SubjectId): Promise<WrappedSubjectKey>
  seal(subjectId: SubjectId, place: CellPlace, plain: Uint8Array): Promise<Uint8Array>
  /** Throws `SealBroken` when the value was moved, changed, or its subject's key is gone. */
  open(subjectId: SubjectId, place: CellPlace, sealed: Uint8Array): Promise<Uint8Array>
  sealText(subjectId: SubjectId, place: CellPlace, plain: string): Promise<Uint8Array>
  openText(subjectId: SubjectId, place: CellPlace, sealed: Uint8Array): Promise<string>
  /**
   * A key of 32 bytes for one further purpose, made of the person's own (HKDF-SHA-256, RFC 5869): it needs no row, and is
   * lost with it. Throws `SealBroken` when that key is gone.
   */
  derive(subjectId: SubjectId, name: string): Promise<Uint8Array>
  /** The opened key of a row read elsewhere: exports join the key's row and open many values without a lookup each. */
  unwrap(key: WrappedSubjectKey): Promise<SealingKey>
  /** The same key under today's key-encryption key; undefined when it already is. */
  rewrap(key: WrappedSubjectKey): Promise<WrappedSubjectKey | undefined>
  /** Drops the key from this process at once; the others let go of it within the cache's five minutes. */
  forget(subjectId: SubjectId): void
}

export interface SubjectSealerParts {
  readonly kek: Kek
  readonly store: Pick<SubjectKeyStore, 'find'>
  /** How many opened keys are kept; 10,000 take about 4 MB. */
  readonly cached?: number
}

/** Five minutes: the longest a shredded key may stay usable in a process that was not told (security 5). */
const keepMs = 5 * 60_000

export function createSubjectSealer({ kek, store, cached = 10_000 }: SubjectSealerParts): SubjectSealer {
  const unwrap = async (key: WrappedSubjectKey): Promise<SealingKey> =>
    sealingKey(await kek.unwrap(key.wrapped, contextOf(key.subjectId)))

  const keys = new LRUCache<SubjectId, SealingKey>({
    max: cached,
    ttl: keepMs,
    fetchMethod: async (subjectId) => {
      const found = await store.find(subjectId)
      return found === undefined ? undefined : unwrap(found)
    },
  })

  const keyOf = async (subjectId: SubjectId): Promise<SealingKey> => {
    const key = await keys.fetch(subjectId)
    if (key === undefined) throw new SealBroken()
    return key
  }

  const sealer: SubjectSealer = {
    async create(subjectId) {
      const bytes = randomBytes(32)
      const wrapped = await kek.wrap(bytes, contextOf(subjectId))
      keys.set(subjectId, sealingKey(bytes))
      bytes.fill(0)
      return { subjectId, wrapped, kekId: kek.id }
    },
    seal: async (subjectId, place, plain) => seal(await keyOf(subjectId), { ...place, subjectId }, plain),
    async open(subjectId, place, sealed) {
      const id = usedKeyId(sealed)
      let key = await keyOf(subjectId)
      if (key.id !== id) {
        // A transaction that created the subject was rolled back and run again: the key kept here is not the stored one.
        keys.delete(subjectId)
        key = await keyOf(subjectId)
      }
      return open(key, { ...place, subjectId }, sealed)
    },
    sealText: (subjectId, place, plain) => sealer.seal(subjectId, place, Buffer.from(plain, 'utf8')),
    openText: async (subjectId, place, sealed) =>
      Buffer.from(await sealer.open(subjectId, place, sealed)).toString('utf8'),
    derive: async (subjectId, name) => {
      const { key } = await keyOf(subjectId)
      return new Uint8Array(hkdfSync('sha256', key, 'placet subject', `${name}|v1`, 32))
    },
    unwrap,
    async rewrap(key) {
      if (key.kekId === kek.id) return undefined
      const context = contextOf(key.subjectId)
      const wrapped = await kek.wrap(await kek.unwrap(key.wrapped, context), context)
      return { subjectId: key.subjectId, wrapped, kekId: kek.id }
    },
    forget: (subjectId) => void keys.delete(subjectId),
  }
  return sealer
}

const contextOf = (subjectId: SubjectId) => `subject-key|${subjectId}`
