import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isId } from '../../../src/kernel/ids.ts'
import { createBlindIndex } from '../../../src/platform/crypto/blind-index.ts'
import { deriveKeys, type KeyName } from '../../../src/platform/crypto/derived-keys.ts'
import { systemEntropy } from '../../../src/platform/crypto/entropy.ts'
import { environmentKek } from '../../../src/platform/crypto/environment-kek.ts'
import { SealBroken } from '../../../src/platform/crypto/sealing.ts'
import { codeHash, codeMatches, secretHash, secretMatches } from '../../../src/platform/crypto/secret-hash.ts'

describe('derived keys', () => {
  const secret = Buffer.alloc(32, 7)
  const names: KeyName[] = ['cookies', 'csrf', 'blind-index', 'pairwise', 'otp', 'pepper', 'page-tokens']

  it('are the same on every start and different for every purpose', () => {
    const made = names.map((name) => Buffer.from(deriveKeys([secret]).current(name).bytes).toString('hex'))
    expect(
      names.map((name) => Buffer.from(deriveKeys([secret]).current(name).bytes).toString('hex')),
    ).toEqual(made)
    expect(new Set(made).size).toBe(names.length)
    expect(deriveKeys([secret], 2).current('otp').bytes).not.toEqual(
      deriveKeys([secret]).current('otp').bytes,
    )
  })

  it('put the newest secret first, keep the others, and anchor lookups to the oldest', () => {
    const next = Buffer.alloc(32, 9)
    const rotated = deriveKeys([next, secret])
    expect(rotated.current('cookies')).toEqual(deriveKeys([next]).current('cookies'))
    expect(rotated.all('cookies')).toHaveLength(2)
    expect(rotated.anchored('blind-index')).toEqual(deriveKeys([secret]).current('blind-index'))
  })

  it('are refused from a short secret', () => {
    expect(() => deriveKeys([randomBytes(31)])).toThrow()
    expect(() => deriveKeys([])).toThrow()
  })
})

describe('the key-encryption key of the environment', () => {
  it('unwraps only what it wrapped, for the same context, whole', async () => {
    const kek = environmentKek([randomBytes(32)])
    const plain = randomBytes(32)
    const wrapped = await kek.wrap(plain, 'subject-key|ana')
    expect(Buffer.from(await kek.unwrap(wrapped, 'subject-key|ana'))).toEqual(plain)
    await expect(kek.unwrap(wrapped, 'subject-key|bruno')).rejects.toThrow(SealBroken)
    await expect(environmentKek([randomBytes(32)]).unwrap(wrapped, 'subject-key|ana')).rejects.toThrow(
      SealBroken,
    )
    await expect(kek.unwrap(wrapped.subarray(1), 'subject-key|ana')).rejects.toThrow(SealBroken)
  })
})

describe('a blind index', () => {
  it('finds the same value again, and tells nothing across kinds or keys', () => {
    const index = createBlindIndex(randomBytes(32))
    const text = 'ana@example.es'
    expect(index.of('email', text)).toEqual(index.of('email', text))
    expect(index.of('email', text)).not.toEqual(index.of('loyalty-card', text))
    expect(createBlindIndex(randomBytes(32)).of('email', text)).not.toEqual(index.of('email', text))
  })
})

describe('hashes of secrets', () => {
  it('match the secret and nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (secret, other) => {
        expect(secretMatches(other, secretHash(secret))).toBe(other === secret)
      }),
    )
    expect(secretMatches('x', new Uint8Array(0))).toBe(false)
  })

  it('bind a one-time code to what it was sent for, and cannot be made without the key (R67)', () => {
    const key = randomBytes(32)
    const hash = codeHash(key, 'sign-in|ana', '123456')
    expect(codeMatches(key, 'sign-in|ana', '123456', hash)).toBe(true)
    expect(codeMatches(key, 'sign-in|ana', '123457', hash)).toBe(false)
    expect(codeMatches(key, 'reset|ana', '123456', hash)).toBe(false)
    expect(codeMatches(randomBytes(32), 'sign-in|ana', '123456', hash)).toBe(false)
  })
})

describe('the entropy of the system', () => {
  it('makes UUIDv7 ids that never repeat and follow the hour', () => {
    const before = Date.now()
    const ids = Array.from({ length: 2000 }, () => systemEntropy.id())
    expect(ids.every(isId)).toBe(true)
    expect(ids.every((id) => id[14] === '7')).toBe(true)
    expect(new Set(ids).size).toBe(2000)
    expect(Number.parseInt(ids[0]!.replace('-', '').slice(0, 12), 16)).toBeGreaterThanOrEqual(before)
    expect(systemEntropy.bytes(24)).toHaveLength(24)
  })
})
