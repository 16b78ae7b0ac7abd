import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bindingNumbers } from '../../../src/oidc/device/binding-number.ts'
import { kioskScopesIn } from '../../../src/oidc/device/kiosk-scopes.ts'
import { asPolled } from '../../../src/oidc/device/polled-flow.ts'
import { terminalOf } from '../../../src/oidc/device/terminals.ts'
import { normalUserCode, shownUserCode, userCodeMask } from '../../../src/oidc/device/user-code.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'

const letters = 'BCDFGHJKLMNPQRSTVWXZ'
const code = fc.string({ unit: fc.constantFrom(...letters), minLength: 8, maxLength: 8 })

describe('a user code', () => {
  it('has at least 34 bits (R39, RFC 8628 6.1)', () => {
    const places = userCodeMask.split('*').length - 1
    expect(places * Math.log2(letters.length)).toBeGreaterThanOrEqual(34)
  })

  it('is the same however it is copied, and nothing else is one', () => {
    fc.assert(
      fc.property(code, fc.constantFrom('-', ' ', '', ' - ', '–'), fc.boolean(), (one, gap, small) => {
        const typed = ` ${one.slice(0, 4)}${gap}${one.slice(4)}\t`
        expect(normalUserCode(small ? typed.toLowerCase() : typed)).toBe(one)
        expect(normalUserCode(shownUserCode(one))).toBe(one)
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
        const found = normalUserCode(typed)
        expect(found === undefined || /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/.test(found)).toBe(true)
      }),
    )
    for (const wrong of ['', 'BCDF-GHJ', 'BCDF-GHJA', 'BCDF-GHJKL', 'BCDF_GHJK', 'ＢＣＤＦＧＨＪＫ']) {
      expect(normalUserCode(wrong)).toBeUndefined()
    }
  })
})

describe('the number of a kiosk (R42)', () => {
  it('is one of three different ones of two digits, in any of the three places alike', () => {
    const places = [0, 0, 0]
    for (let at = 0; at < 3_000; at += 1) {
      const { shown, offered } = bindingNumbers(systemEntropy)
      expect(new Set(offered).size).toBe(3)
      for (const one of offered) expect(one >= 10 && one <= 99).toBe(true)
      const place = offered.indexOf(shown)
      places[place] = (places[place] ?? 0) + 1
    }
    // Ten standard deviations from a thousand: chance does not get there.
    for (const count of places) expect(Math.abs(count - 1_000)).toBeLessThan(260)
  })
})

describe('what a terminal may ask for (R46)', () => {
  it('is openid, with or without kiosk, in any order, and nothing beside them', () => {
    expect(kioskScopesIn('openid')).toEqual(['openid'])
    expect(kioskScopesIn('kiosk openid openid')).toEqual(['openid', 'kiosk'])
    for (const scope of [undefined, '', 'kiosk', 'openid profile', 'openid kiosk offline_access', 7]) {
      expect(kioskScopesIn(scope)).toBeUndefined()
    }
  })
})

describe('who is a terminal (R38)', () => {
  const metadata = {
    touchpoint: 'gran-via-3',
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [{}] },
  }
  it('is a client that enrolment named after its place, with its key in its own record', () => {
    expect(terminalOf({ clientId: 'terminal:gran-via-3', metadata })).toEqual({ touchpointId: 'gran-via-3' })
    for (const other of [
      undefined,
      { clientId: 'gran-via-3', metadata },
      { clientId: 'terminal:gran-via-4', metadata },
      {
        clientId: 'terminal:gran-via-3',
        metadata: { ...metadata, jwks: undefined, jwks_uri: 'https://x.example' },
      },
      { clientId: 'terminal:gran-via-3', metadata: { ...metadata, token_endpoint_auth_method: 'none' } },
    ]) {
      expect(terminalOf(other)).toBeUndefined()
    }
  })
})

describe('a device code as the engine sees it', () => {
  const approved = { accountId: 'ana', grantId: 'g', exp: 2 ** 33 }
  it('names nobody unless its flow was approved and its terminal waited', () => {
    const calm = { hasty: false, over: false }
    expect(asPolled(approved, { ...calm, state: 'approved' })).toEqual(approved)
    expect(asPolled(approved, { ...calm, state: 'redeemed' })).toEqual(approved)
    for (const state of ['shown', 'claimed', 'declined', 'killed'] as const) {
      expect(asPolled(approved, { ...calm, state })).not.toHaveProperty('accountId')
    }
    for (const state of ['approved', 'redeemed'] as const) {
      expect(asPolled(approved, { hasty: true, over: false, state })).not.toHaveProperty('accountId')
    }
    expect(asPolled(approved, { ...calm, state: 'killed' })).toMatchObject({ error: 'access_denied' })
    expect(asPolled(approved, { hasty: false, over: true, state: 'shown' })).toMatchObject({ exp: 1 })
  })
})
