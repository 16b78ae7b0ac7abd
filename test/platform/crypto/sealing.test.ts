import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { open, type Place, SealBroken, seal, sealingKey } from '../../../src/platform/crypto/sealing.ts'

const key = sealingKey(randomBytes(32))
const anasMail: Place = { table: 'identifiers', column: 'value', subjectId: 'ana', row: 'email' }
const bytes = (text: string) => Buffer.from(text, 'utf8')

describe('a sealed value', () => {
  it('opens in its own place, whatever it holds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (plain) => {
        expect(Buffer.from(open(key, anasMail, seal(key, anasMail, plain)))).toEqual(Buffer.from(plain))
      }),
    )
  })

  it('does not open in another table, column, row or person, however the names are cut', () => {
    const name = fc.string({ maxLength: 12 })
    const place = fc.record({ table: name, column: name, subjectId: name, row: name })
    fc.assert(
      fc.property(place, place, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other))
        const sealed = seal(key, one, bytes('ana@example.es'))
        expect(() => open(key, other, sealed)).toThrow(SealBroken)
      }),
      { numRuns: 300 },
    )
  })

  it('does not open when the row is left out, nor under another key', () => {
    const sealed = seal(key, anasMail, bytes('x'))
    const { row: _, ...withoutRow } = anasMail
    expect(() => open(key, withoutRow, sealed)).toThrow(SealBroken)
    expect(() => open(sealingKey(randomBytes(32)), anasMail, sealed)).toThrow(SealBroken)
  })

  it('fails on the flip of any one bit, and on any cut', () => {
    const sealed = seal(key, anasMail, bytes('600 111 222'))
    for (let bit = 0; bit < sealed.byteLength * 8; bit += 1) {
      const bent = Uint8Array.from(sealed)
      bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => open(key, anasMail, bent), `bit ${bit}`).toThrow(SealBroken)
    }
    for (let length = 0; length < sealed.byteLength; length += 1) {
      expect(() => open(key, anasMail, sealed.subarray(0, length)), `${length} bytes`).toThrow(SealBroken)
    }
  })

  it('never looks the same twice, so equal values cannot be told', () => {
    expect(seal(key, anasMail, bytes('same'))).not.toEqual(seal(key, anasMail, bytes('same')))
  })
})
