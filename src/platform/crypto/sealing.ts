import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

/** Where a sealed value lives. It is authenticated with the value: moved to another cell, the value no longer opens. */
export interface Place {
  readonly table: string
  readonly column: string
  readonly subjectId: string
  /** The rest of the row's primary key, where one subject has several rows. */
  readonly row?: string
}

/** A 256-bit key and its public name: the first four bytes of its SHA-256, in hex, so a key can be told, not guessed. */
export interface SealingKey {
  readonly id: string
  readonly key: KeyObject
}

/** The one answer to anything that does not open. Says nothing about why, so that it cannot be used as an oracle. */
export class SealBroken extends Error {
  constructor() {
    super('the sealed value does not open here')
    this.name = 'SealBroken'
  }
}

/*
 * version 1 · key id 4 · iv 12 · ciphertext · tag 16. The key lives outside the V8 heap as a KeyObject. A random 96-bit
 * IV is safe for 2^32 values under one key (SP 800-38D, 8.3), which no subject, cookie key or KEK of ours comes near.
 */
const version = 1
const header = 17
const tagLength = 16
/** Bytes a sealed value is longer than what it holds. */
const sealOverhead = header + tagLength

export function sealingKey(bytes: Uint8Array): SealingKey {
  if (bytes.byteLength !== 32) throw new Error('a sealing key has 32 bytes')
  const id = createHash('sha256')
    .update('placet key id')
    .update(bytes)
    .digest()
    .subarray(0, 4)
    .toString('hex')
  return { id, key: createSecretKey(bytes) }
}

/** Seals under a free-standing context. The header is authenticated too, so version and key cannot be swapped. */
export function sealUnder(key: SealingKey, context: string, plain: Uint8Array): Uint8Array {
  const sealed = Buffer.allocUnsafe(header + plain.byteLength + tagLength)
  sealed[0] = version
  sealed.write(key.id, 1, 'hex')
  const iv = randomBytes(12)
  sealed.set(iv, 5)
  const cipher = createCipheriv('aes-256-gcm', key.key, iv, { authTagLength: tagLength })
  cipher.setAAD(aad(sealed, context))
  sealed.set(cipher.update(plain), header)
  cipher.final()
  sealed.set(cipher.getAuthTag(), header + plain.byteLength)
  return sealed
}

/** Opens what `sealUnder` made, or throws `SealBroken`. */
export function openUnder(key: SealingKey, context: string, sealed: Uint8Array): Uint8Array {
  if (usedKeyId(sealed) !== key.id) throw new SealBroken()
  const end = sealed.byteLength - tagLength
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.key, sealed.subarray(5, header), {
      authTagLength: tagLength,
    })
    decipher.setAAD(aad(sealed, context))
    decipher.setAuthTag(sealed.subarray(end))
    const plain = decipher.update(sealed.subarray(header, end))
    decipher.final()
    return plain
  } catch {
    throw new SealBroken()
  }
}

export const seal = (key: SealingKey, place: Place, plain: Uint8Array): Uint8Array =>
  sealUnder(key, placeContext(place), plain)

export const open = (key: SealingKey, place: Place, sealed: Uint8Array): Uint8Array =>
  openUnder(key, placeContext(place), sealed)

/** The id of the key a value was sealed with; throws `SealBroken` for anything that is not one of ours. */
export function usedKeyId(sealed: Uint8Array): string {
  if (sealed.byteLength < sealOverhead || sealed[0] !== version) throw new SealBroken()
  return Buffer.from(sealed.buffer, sealed.byteOffset + 1, 4).toString('hex')
}

// A JSON array is an unambiguous way to join: no name can be cut so as to read as another place.
const placeContext = (place: Place) =>
  `place|${JSON.stringify([place.table, place.column, place.subjectId, place.row ?? null])}`

const aad = (sealed: Uint8Array, context: string) =>
  Buffer.concat([sealed.subarray(0, 5), Buffer.from(context, 'utf8')])
