import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'

/** Days since 1970 in UTC: for so long one key signs, and not a second longer. */
export type Epoch = number

const daySeconds = 86_400

export const epochOf = (seconds: number): Epoch => Math.floor(seconds / daySeconds)

export const epochSpan = (epoch: Epoch) => ({
  from: epoch * daySeconds,
  /** The first second that is no longer in it. */
  until: (epoch + 1) * daySeconds,
})

/** A key pair of one epoch, for codes of one store or for those that say no store. */
export interface LoyaltyKeyPair {
  /** The name of the public key: the first bytes of its hash, so that a name can be given to no other key. */
  readonly kid: Uint8Array
  readonly privateKey: KeyObject
  /** The 32 bytes of the point (RFC 8032 5.1.5). */
  readonly publicKey: Uint8Array
  /** The same point as Node verifies with it. */
  readonly verifying: KeyObject
}

export const kidBytes = 5

export const kidOf = (publicKey: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update('placet loyalty kid').update(publicKey).digest()).slice(
    0,
    kidBytes,
  )

/** RFC 8410 7: what stands before the 32 bytes of a seed in PKCS #8, and before those of a point in SPKI. */
const seedPrefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const pointPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** The key of an Ed25519 point as Node takes it. */
export const publicKeyObject = (point: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([pointPrefix, point]), format: 'der', type: 'spki' })

/**
 * One key pair out of a key of the house: HKDF-SHA-256 (RFC 5869) with epoch and store in the info string gives the seed of
 * an Ed25519 key (RFC 8032). Nothing is stored and every process derives the same. Who has the seed of one store and day
 * can make codes for that store and day; neither the house's key nor any other pair follows from it (docs/adr/0031).
 */
export function loyaltyKeyPair(
  houseKey: Uint8Array,
  epoch: Epoch,
  store: string | undefined,
): LoyaltyKeyPair {
  const info = `loyalty-code|v1|${epoch}|${store === undefined ? 'any' : `store:${store}`}`
  const seed = Buffer.from(hkdfSync('sha256', houseKey, 'placet', info, 32))
  const privateKey = createPrivateKey({
    key: Buffer.concat([seedPrefix, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const verifying = createPublicKey(privateKey)
  const spki = verifying.export({ format: 'der', type: 'spki' })
  const publicKey = new Uint8Array(spki.subarray(pointPrefix.length))
  return { kid: kidOf(publicKey), privateKey, publicKey, verifying }
}
