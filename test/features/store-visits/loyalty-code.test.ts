import { generateKeyPairSync, hkdfSync } from 'node:crypto'
import fc from 'fast-check'
import { encode } from 'uqr'
import { describe, expect, test } from 'vitest'
import { fromBase32, toBase32 } from '../../../src/features/store-visits/base32.ts'
import { drawLoyaltyCard, parseLoyaltyCard } from '../../../src/features/store-visits/loyalty-card.ts'
import {
  codeFingerprint,
  makeLoyaltyCode,
  readLoyaltyCode,
  type TillKey,
  verifyLoyaltyCode,
} from '../../../src/features/store-visits/loyalty-code.ts'
import { loyaltyKeyring } from '../../../src/features/store-visits/loyalty-keyring.ts'
import { epochOf, kidOf, loyaltyKeyPair } from '../../../src/features/store-visits/loyalty-keys.ts'

const day = 86_400
/** 22 November 2026, 10:00 UTC. */
const noonish = Date.UTC(2026, 10, 22, 10) / 1000
const houseKey = new Uint8Array(32).fill(7)
const ring = loyaltyKeyring([houseKey])
const ana = '2912345678906'

const codeOf = (at = noonish, store: string | undefined = undefined, more = {}) =>
  makeLoyaltyCode(ring.signing(at, store), { card: ana, madeAt: at, ownPhone: false, ...more })
const judged = (
  text: string,
  now: number,
  store = 'gran-via',
  keys: readonly TillKey[] = ring.tillKeys(now, store),
) => verifyLoyaltyCode(text, keys, now)
const reason = (text: string, now: number, store?: string, keys?: readonly TillKey[]) => {
  const verdict = judged(text, now, store, keys)
  return verdict.good ? 'good' : verdict.because
}

const moments = fc.integer({ min: noonish - 400 * day, max: noonish + 400 * day })
const stores = fc.stringMatching(/^[a-z0-9-]{2,20}$/)
const cards = fc.stringMatching(/^[0-9A-Z]{6,32}$/)

describe('A code on the customer’s screen', () => {
  test('is good from the second it was made to the end of the sixtieth, and not in the 61st, in any store', () => {
    fc.assert(
      fc.property(moments, stores, cards, fc.boolean(), (madeAt, store, card, ownPhone) => {
        const text = makeLoyaltyCode(ring.signing(madeAt, undefined), { card, madeAt, ownPhone })
        for (const age of [0, 1, 30, 59, 59.999]) {
          expect(judged(text, madeAt + age, store)).toMatchObject({
            good: true,
            code: { card, madeAt, ownPhone },
          })
        }
        expect(reason(text, madeAt + 60, store)).toBe('too-old')
        expect(reason(text, madeAt + 61, store)).toBe('too-old')
      }),
      { numRuns: 60 },
    )
  })

  test('is not good ahead of its time: a clock five seconds slow still reads it, one of six does not', () => {
    expect(reason(codeOf(), noonish - 5)).toBe('good')
    expect(reason(codeOf(), noonish - 6)).toBe('not-yet')
  })

  test('is refused when any one bit of it is another', () => {
    const text = codeOf()
    const bytes = fromBase32(text.slice(4)) ?? new Uint8Array()
    let tried = 0
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const altered = bytes.slice()
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(reason(`PLC1${toBase32(altered)}`, noonish), `bit ${bit}`).not.toBe('good')
      tried += 1
    }
    expect(tried).toBe(bytes.length * 8)
    // The control: nothing altered, nothing refused.
    expect(reason(`PLC1${toBase32(bytes)}`, noonish)).toBe('good')
  })

  test('is refused when any one letter of it is another, since it has one spelling', () => {
    const text = codeOf()
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.integer({ min: 33, max: 126 }), (at, letter) => {
        const other = String.fromCharCode(letter)
        if (other === text[at]) return
        expect(reason(text.slice(0, at) + other + text.slice(at + 1), noonish)).not.toBe('good')
      }),
      { numRuns: 400 },
    )
    expect(reason(text.toLowerCase(), noonish)).toBe('unreadable')
    expect(reason(` ${text}`, noonish)).toBe('unreadable')
    expect(reason(`${text}0`, noonish)).not.toBe('good')
  })

  test('made for one store is good there alone', () => {
    fc.assert(
      fc.property(stores, stores, (own, other) => {
        const text = codeOf(noonish, own)
        expect(reason(text, noonish, own)).toBe('good')
        if (other !== own) expect(reason(text, noonish, other)).toBe('key-unknown')
      }),
      { numRuns: 80 },
    )
  })

  test('of a card of 13 digits is a QR code of version 6, drawn with capitals and digits alone', () => {
    const text = codeOf()
    expect(text).toMatch(/^PLC1[0-9A-Z]+$/)
    expect(text.slice(4)).toMatch(/^[0-9A-HJKMNP-TV-Z]+$/)
    expect(encode(text, { ecc: 'M' }).version).toBe(6)
  })

  test('made around midnight is read on either side of it', () => {
    const midnight = Math.ceil(noonish / day) * day
    expect(reason(codeOf(midnight - 1), midnight + 58)).toBe('good')
    expect(reason(codeOf(midnight), midnight)).toBe('good')
  })

  test.each([
    '',
    'PLC1',
    'PLC2AAAA',
    '2912345678906',
    'PLC1ÑÑÑÑ',
    `PLC1${'0'.repeat(144)}`,
    'PLC1'.padEnd(250, 'Z'),
  ])('is not whatever else a scanner reads: %s', (text) => {
    expect(['unreadable', 'key-unknown']).toContain(reason(text, noonish))
  })

  test('shown twice has one fingerprint, whatever its signature', () => {
    const [first, again] = [readLoyaltyCode(codeOf()), readLoyaltyCode(codeOf())]
    if (first === undefined || again === undefined) throw new Error('unreadable')
    expect(codeFingerprint(first)).toEqual(codeFingerprint(again))
    const later = readLoyaltyCode(codeOf(noonish + 1))
    expect(later && codeFingerprint(later)).not.toEqual(codeFingerprint(first))
  })
})

describe('Keys', () => {
  test('are the same in every process of the house, and other ones for another store, day or house', () => {
    const key = (house: Uint8Array, epoch: number, store?: string) =>
      Buffer.from(loyaltyKeyPair(house, epoch, store).publicKey).toString('hex')
    const today = epochOf(noonish)
    expect(key(houseKey, today, 'gran-via')).toBe(key(houseKey.slice(), today, 'gran-via'))
    const others = [
      key(houseKey, today),
      key(houseKey, today, 'gran-via'),
      key(houseKey, today, 'sol'),
      key(houseKey, today + 1, 'gran-via'),
      key(new Uint8Array(32).fill(8), today, 'gran-via'),
      // A store cannot be named so that it stands for all.
      key(houseKey, today, 'any'),
    ]
    expect(new Set(others).size).toBe(others.length)
  })

  test('are derived once and kept in the process, a day and a store apart', () => {
    const own = loyaltyKeyring([new Uint8Array(32).fill(3)])
    const at = (now: number, store?: string) => own.signing(now, store).privateKey
    expect(at(noonish, 'gran-via')).toBe(at(noonish + 1, 'gran-via'))
    const others = [at(noonish + 86_400, 'gran-via'), at(noonish, 'sol'), at(noonish)]
    for (const other of others) expect(at(noonish, 'gran-via').equals(other)).toBe(false)
  })

  test('of a till are public: with all that it holds, it makes no code that any till takes', () => {
    const keys = ring.tillKeys(noonish, 'gran-via')
    expect(keys.map((key) => Object.keys(key).sort().join())).toEqual(
      keys.map(() => 'epoch,kid,of,publicKey,verifying'),
    )
    expect(keys.every(({ verifying }) => verifying?.type === 'public')).toBe(true)
    for (const { kid, publicKey } of keys) {
      // The worst a thief can do: sign with a key of their own under a name that is known.
      const { privateKey } = generateKeyPairSync('ed25519')
      const forged = makeLoyaltyCode({ kid, privateKey }, { card: ana, madeAt: noonish, ownPhone: true })
      expect(reason(forged, noonish)).toBe('not-signed')
      expect(kidOf(publicKey)).toEqual(kid)
    }
  })

  test('stolen from the house for one store and day sign for that store and day, and for no other', () => {
    const today = epochOf(noonish)
    const stolen = loyaltyKeyPair(houseKey, today, 'gran-via')
    const at = (madeAt: number) => makeLoyaltyCode(stolen, { card: ana, madeAt, ownPhone: false })
    // The control: this is what was stolen.
    expect(reason(at(noonish), noonish, 'gran-via')).toBe('good')
    expect(reason(at(noonish), noonish, 'sol')).toBe('key-unknown')
    const tomorrow = noonish + day
    expect(reason(at(tomorrow), tomorrow, 'gran-via')).toBe('key-unknown')
    expect(reason(at(tomorrow + day), tomorrow + day, 'gran-via')).toBe('key-unknown')
  })

  test('fetched yesterday judge today’s codes and tomorrow’s no more', () => {
    const keys = ring.tillKeys(noonish, 'gran-via')
    expect(reason(codeOf(noonish + day), noonish + day, 'gran-via', keys)).toBe('good')
    expect(reason(codeOf(noonish + 2 * day), noonish + 2 * day, 'gran-via', keys)).toBe('key-unknown')
  })

  test('of a secret that is being retired are still read, and sign nothing any more', () => {
    const [next, former] = [new Uint8Array(32).fill(9), houseKey]
    const both = loyaltyKeyring([next, former])
    const old = codeOf()
    expect(reason(old, noonish, 'gran-via', both.tillKeys(noonish, 'gran-via'))).toBe('good')
    expect(Buffer.from(both.signing(noonish, undefined).kid)).not.toEqual(
      Buffer.from(ring.signing(noonish, undefined).kid),
    )
    expect(reason(old, noonish, 'gran-via', loyaltyKeyring([next]).tillKeys(noonish, 'gran-via'))).toBe(
      'key-unknown',
    )
  })

  test('are made as docs/adr/0031 says, by whoever follows it', () => {
    const info = `loyalty-code|v1|${epochOf(noonish)}|store:gran-via`
    const seed = Buffer.from(hkdfSync('sha256', houseKey, 'placet', info, 32))
    const { privateKey } = loyaltyKeyPair(houseKey, epochOf(noonish), 'gran-via')
    expect(Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url')).toEqual(seed)
  })
})

describe('A till without a connection', () => {
  /** What the till's clock shows, and what it was told of the house's when it fetched its keys. */
  const corrected = (tillClock: number, drift: number) => tillClock - drift

  test.each([0, 30, -30, 3_600, -3_600, 86_400])(
    'whose clock is wrong by %i seconds judges as the house does, once it corrects it',
    (drift) => {
      const keys = ring.tillKeys(noonish, 'gran-via')
      const seen = (age: number) => corrected(noonish + age + drift, drift)
      expect(reason(codeOf(), seen(0), 'gran-via', keys)).toBe('good')
      expect(reason(codeOf(), seen(59), 'gran-via', keys)).toBe('good')
      expect(reason(codeOf(), seen(60), 'gran-via', keys)).toBe('too-old')
    },
  )

  test('that does not correct it refuses what is good, and takes nothing that is a minute over by more than its error', () => {
    expect(reason(codeOf(), noonish + 90)).toBe('too-old')
    expect(reason(codeOf(), noonish - 90)).toBe('not-yet')
    expect(reason(codeOf(), noonish + 100 - 30)).toBe('too-old')
  })
})

describe('The number of a card', () => {
  test('that we draw passes at every till: 13 digits of ours with the check digit of an EAN', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
        const card = drawLoyaltyCard({ bytes: () => bytes, id: () => '' as never })
        expect(card).toMatch(/^29\d{11}$/)
        const sum = [...card].reduce((all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
        expect(sum % 10).toBe(0)
      }),
    )
  })

  test('is read with spaces, dashes and small letters, and is nothing that no card has', () => {
    expect(parseLoyaltyCard(' 2912 3456-7890 6 ')).toBe(ana)
    expect(parseLoyaltyCard('club-0042')).toBe('CLUB0042')
    for (const typed of ['', '12345', 'ana@correo.example', '+34600111222', 'x'.repeat(33)]) {
      expect(parseLoyaltyCard(typed)).toBeUndefined()
    }
  })

  test('goes through base 32 and back, and no two texts are one run of bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromBase32(toBase32(bytes))).toEqual(bytes)
      }),
    )
    // The last two bits of the second letter stand for nothing, so they are nothing.
    expect(fromBase32('00')).toEqual(new Uint8Array(1))
    expect(fromBase32('01')).toBeUndefined()
  })
})
