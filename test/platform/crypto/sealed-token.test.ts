import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveKeys } from '../../../src/platform/crypto/derived-keys.ts'
import { createSealedTokens } from '../../../src/platform/crypto/sealed-token.ts'

const secret = randomBytes(32)
const issuer = 'https://id.example.com'
const tokens = createSealedTokens(deriveKeys([secret]).all('sealed-tokens'), issuer)
const now = new Date('2026-11-22T10:00:00Z')
const later = new Date('2026-11-22T10:10:00Z')

describe('a sealed token', () => {
  it('gives back what was put in, until it expires', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (payload) => {
        const text = tokens.sealToken('verify-address', payload, later)
        const sent = JSON.parse(JSON.stringify(payload))
        expect(tokens.openToken('verify-address', text, now)).toEqual(sent)
        expect(tokens.openToken('verify-address', text, later)).toBeUndefined()
      }),
    )
  })

  it('is accepted for its own purpose and issuer only (R70)', () => {
    const purposes = ['verify-address', 'sign-in', 'reset-password', 'kiosk', 'sign-in|x', '']
    for (const made of purposes) {
      const text = tokens.sealToken(made, { of: 'ana' }, later)
      for (const asked of purposes) {
        const opened = tokens.openToken(asked, text, now)
        expect(opened, `${made} as ${asked}`).toEqual(made === asked ? { of: 'ana' } : undefined)
      }
    }
    const elsewhere = createSealedTokens(
      deriveKeys([secret]).all('sealed-tokens'),
      'https://other.example.com',
    )
    expect(elsewhere.openToken('sign-in', tokens.sealToken('sign-in', 1, later), now)).toBeUndefined()
  })

  it('is refused when any one of its characters is any other (VC2)', () => {
    const text = tokens.sealToken('sign-in', { of: 'ana' }, later)
    expect(tokens.openToken('sign-in', text, now), 'negative control: untouched').toEqual({ of: 'ana' })
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/= \n\u0000é'
    for (let at = 0; at < text.length; at += 1) {
      for (const character of alphabet) {
        if (character === text[at]) continue
        const bent = text.slice(0, at) + character + text.slice(at + 1)
        expect(tokens.openToken('sign-in', bent, now), `${at}: ${character}`).toBeUndefined()
      }
    }
    for (const bent of [
      `${text}A`,
      `${text}=`,
      ` ${text}`,
      text.slice(1),
      text.slice(0, -1),
      text.repeat(200),
      '',
    ]) {
      expect(tokens.openToken('sign-in', bent, now)).toBeUndefined()
    }
  })

  it('still opens under a retired secret, and no more once that is gone', () => {
    const text = tokens.sealToken('sign-in', 'ana', later)
    const next = randomBytes(32)
    const rotated = createSealedTokens(deriveKeys([next, secret]).all('sealed-tokens'), issuer)
    expect(rotated.openToken('sign-in', text, now)).toBe('ana')
    const settled = createSealedTokens(deriveKeys([next]).all('sealed-tokens'), issuer)
    expect(settled.openToken('sign-in', text, now)).toBeUndefined()
    expect(settled.openToken('sign-in', rotated.sealToken('sign-in', 'ana', later), now)).toBe('ana')
  })

  it('is sealed with 256 keys in turn, so that no one of them wears out, and does not open under another', () => {
    const made = Array.from({ length: 512 }, () => tokens.sealToken('flow', { step: 1 }, later))
    const keyNames = made.map((text) => Buffer.from(text, 'base64url').subarray(0, 6).toString('hex'))
    expect(new Set(keyNames).size).toBe(256)
    for (const text of made) expect(tokens.openToken('flow', text, now)).toEqual({ step: 1 })
    const moved = Buffer.from(made[0]!, 'base64url')
    moved[0] = (moved[0]! + 1) % 256
    expect(tokens.openToken('flow', moved.toString('base64url'), now)).toBeUndefined()
  })
})
