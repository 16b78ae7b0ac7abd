import { describe, expect, it } from 'vitest'
import { fromAcr, leastOf, toAcr } from '../../src/oidc/assurance.ts'
import { scopesAlive } from '../../src/oidc/claims.ts'
import { deviceLabel } from '../../src/oidc/device-label.ts'
import { lifetimes, until } from '../../src/oidc/lifetimes.ts'
import { merge } from '../../src/oidc/load-grant.ts'
import { pairwiseSubject } from '../../src/oidc/pairwise.ts'
import { checkParameters } from '../../src/oidc/parameter-caps.ts'
import { createRowSeal } from '../../src/oidc/row-seal.ts'
import { touchRule } from '../../src/oidc/touch-rule.ts'
import { deriveKeys, keyedHash } from '../../src/platform/crypto/index.ts'

describe('assurance in the words of the protocol', () => {
  it('goes there and back, and anything unknown counts as nothing proven', () => {
    for (const assurance of ['code', 'password', 'passkey'] as const) {
      expect(fromAcr(toAcr(assurance))).toBe(assurance)
    }
    for (const unknown of [undefined, '', 'urn:mace:incommon:iap:silver', 3, 'passkey']) {
      expect(fromAcr(unknown)).toBe('none')
    }
  })

  it('asked for in alternatives is the least of them; of values that are not ours, none', () => {
    expect(leastOf(['urn:placet:acr:passkey', 'urn:placet:acr:password'])).toBe('password')
    expect(leastOf(['urn:placet:acr:password', 'urn:placet:acr:passkey'])).toBe('password')
    expect(leastOf(['0', 'phr'])).toBeUndefined()
    expect(leastOf([])).toBeUndefined()
  })
})

describe('lifetimes', () => {
  it('idle time never carries anything past its absolute end, and is never nothing', () => {
    expect(until(100, 1_000, undefined, 5_000)).toBe(100)
    expect(until(100, 1_000, 4_500, 5_000)).toBe(100)
    expect(until(100, 1_000, 4_050, 5_000)).toBe(50)
    expect(until(100, 1_000, 1_000, 5_000)).toBe(1)
  })

  it('a grant outlasts the longest chain of refresh tokens begun at the end of the longest session', () => {
    expect(lifetimes.grant).toBeGreaterThan(lifetimes.sessionAbsolute + lifetimes.refreshAbsolute)
  })

  it('codes last a minute and access tokens ten at most (R6, R26)', () => {
    expect(lifetimes.code).toBeLessThanOrEqual(60)
    expect(lifetimes.accessToken).toBeLessThanOrEqual(600)
    expect(lifetimes.jwtAccessToken).toBeLessThanOrEqual(300)
  })
})

describe('saving a session', () => {
  const before = {
    uid: 'u',
    accountId: 'a',
    authorizations: { web: { sid: 's', grantId: 'g' } },
    exp: 10_000,
    iat: 1,
  }

  it('is skipped while only its end moved by less than an hour, touched beyond, written for anything else', () => {
    const reordered = {
      iat: 5,
      authorizations: { web: { grantId: 'g', sid: 's' } },
      accountId: 'a',
      uid: 'u',
    }
    expect(touchRule({ ...reordered, exp: 10_060 }, before)).toBe('skip')
    expect(touchRule({ ...reordered, exp: 13_600 }, before)).toBe('touch')
    expect(touchRule({ ...before, acr: 'x' }, before)).toBe('write')
    expect(touchRule({ ...before, authorizations: { web: { sid: 's' } } }, before)).toBe('write')
  })
})

describe('what a person allowed a client', () => {
  const none = { scopes: [], claims: [], resources: {} }

  it('is replaced by a newer answer for what that was about, and kept for what it was not about', () => {
    const first = merge(
      undefined,
      { ...none, scopes: ['openid', 'email'] },
      { ...none, scopes: ['openid', 'email', 'phone'] },
    )
    expect(first).toMatchObject({ scopes: ['openid', 'email'], refusedScopes: ['phone'] })
    const second = merge(first, { ...none, scopes: ['phone'] }, { ...none, scopes: ['openid', 'phone'] })
    expect(second.scopes.toSorted()).toEqual(['email', 'openid', 'phone'])
    expect(second.refusedScopes).toEqual([])
  })

  it('never holds more than was asked, whatever the page sends back (R20)', () => {
    const all = merge(
      undefined,
      { scopes: ['openid', 'email', 'loyalty'], claims: ['name'], resources: { 'https://x': ['a', 'b'] } },
      { scopes: ['openid', 'email'], claims: [], resources: { 'https://x': ['a'] } },
    )
    expect(all.scopes).toEqual(['openid', 'email'])
    expect(all.claims).toEqual([])
    expect(all.resources).toEqual({ 'https://x': ['a'] })
  })
})

describe('scopes in an introspection', () => {
  it('stay while any of their claims may leave, and always when they stand for none', () => {
    const claimsByScope = { email: ['email', 'email_verified'], profile: ['name'] }
    expect(scopesAlive(['openid', 'email', 'profile', 'orders:read'], claimsByScope, { email: 'x' })).toEqual(
      ['openid', 'email', 'orders:read'],
    )
  })
})

describe('a row', () => {
  const secrets = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const today = createRowSeal(deriveKeys([secrets[0]!]).all('adapter'))

  it('opens in its place, under its own table, and nowhere else', () => {
    const sealed = today.seal('oidc_tokens', 'ab12', { kind: 'AccessToken' })
    expect(today.open('oidc_tokens', 'ab12', sealed)).toEqual({ kind: 'AccessToken' })
    expect(today.open('oidc_tokens', 'ab13', sealed)).toBeUndefined()
    expect(today.open('oidc_sessions', 'ab12', sealed)).toBeUndefined()
    const bent = Buffer.from(sealed)
    bent[20]! ^= 1
    expect(today.open('oidc_tokens', 'ab12', bent)).toBeUndefined()
  })

  it('sealed under yesterday’s secret still opens while that is being retired, and not after', () => {
    const sealed = today.seal('oidc_tokens', 'ab12', 1)
    const retiring = createRowSeal(deriveKeys([secrets[1]!, secrets[0]!]).all('adapter'))
    expect(retiring.open('oidc_tokens', 'ab12', sealed)).toBe(1)
    expect(
      createRowSeal(deriveKeys([secrets[1]!]).all('adapter')).open('oidc_tokens', 'ab12', sealed),
    ).toBeUndefined()
  })
})

describe('a pairwise name', () => {
  const key = keyedHash(Buffer.alloc(32, 5))

  it('is the same for a sector, another for every other, and cannot be confused by moving a boundary', () => {
    expect(pairwiseSubject(key, 'a.example', 'ana')).toBe(pairwiseSubject(key, 'a.example', 'ana'))
    const names = [
      pairwiseSubject(key, 'a.example', 'ana'),
      pairwiseSubject(key, 'b.example', 'ana'),
      pairwiseSubject(key, 'a.example', 'bruno'),
      pairwiseSubject(key, 'a.exampl', 'eana'),
    ]
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('parameters', () => {
  it('are bounded in length and number; those that carry documents may be longer (R16)', () => {
    expect(() => checkParameters({ scope: 'a'.repeat(2_048) })).not.toThrow()
    expect(() => checkParameters({ scope: 'a'.repeat(2_049) })).toThrow()
    expect(() => checkParameters({ request: 'a'.repeat(16_000) })).not.toThrow()
    expect(() => checkParameters({ request: 'a'.repeat(17_000) })).toThrow()
    expect(() => checkParameters({ resource: Array.from({ length: 9 }, () => 'x') })).toThrow()
    expect(() => checkParameters({ ['n'.repeat(200)]: 'x' })).toThrow()
  })
})

describe('the label of a device', () => {
  it('tells browser and system and no more', () => {
    expect(deviceLabel('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150.0.1.2 Safari/537.36')).toBe(
      'Chrome · Windows',
    )
    expect(deviceLabel('Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0')).toBe(
      'Firefox · Android',
    )
    expect(deviceLabel('curl/8.5')).toBeUndefined()
    expect(deviceLabel('')).toBeUndefined()
  })
})
