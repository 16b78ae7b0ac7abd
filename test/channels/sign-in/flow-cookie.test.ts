import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { newFlow } from '../../../src/channels/sign-in/flow.ts'
import { browserMark, flowCookies } from '../../../src/channels/sign-in/flow-cookie.ts'
import { knownBrowsers } from '../../../src/channels/sign-in/known-browsers.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { createSealedTokens, deriveKeys, systemEntropy } from '../../../src/platform/crypto/index.ts'

const keys = deriveKeys([randomBytes(32)]).all('sealed-tokens')
let now = new Date('2026-11-22T10:00:00Z')
const clock = { now: () => now }
const deps = { sealedTokens: createSealedTokens(keys, 'https://id.example'), clock, https: true }
const cookies = flowCookies(deps)
const uid = 'interaction-1'
const jar = (...pairs: readonly (readonly [string, string | undefined])[]) => ({
  cookie: (name: string) => pairs.find(([one]) => one === name)?.[1],
})
const browser = ['__Host-placet_browser', 'browser-one'] as const
const flow = {
  ...newFlow(uid, browserMark('browser-one')),
  email: 'ana@example.es',
  proof: { subjectId: systemEntropy.id<'subject'>(), assurance: 'code' as const, at: now.getTime() },
}
const kept = cookies.keep(flow)

describe('the cookie of a flow', () => {
  it('brings back what was proven, in the same interaction and browser', () => {
    expect(cookies.read(jar(browser, [kept.name, kept.value]), uid)).toEqual(flow)
  })

  it('can be neither read nor changed', () => {
    expect(Buffer.from(kept.value ?? '', 'base64url').includes('ana@example.es')).toBe(false)
    const value = kept.value ?? ''
    const flipped = `${value.slice(0, 40)}${value[40] === 'A' ? 'B' : 'A'}${value.slice(41)}`
    expect(cookies.read(jar(browser, [kept.name, flipped]), uid).proof).toBeUndefined()
  })

  it('is worth nothing in another interaction, browser, purpose or half an hour later (R70, R73)', () => {
    const other = '__Host-placet_flow_interaction-2'
    expect(cookies.read(jar(browser, [other, kept.value]), 'interaction-2').proof).toBeUndefined()
    expect(
      cookies.read(jar(['__Host-placet_browser', 'browser-two'], [kept.name, kept.value]), uid).proof,
    ).toBeUndefined()
    const sealed = deps.sealedTokens.sealToken('known-browser', flow, new Date('2027-01-01'))
    expect(cookies.read(jar(browser, [kept.name, sealed]), uid).proof).toBeUndefined()
    now = new Date('2026-11-22T10:30:00Z')
    expect(cookies.read(jar(browser, [kept.name, kept.value]), uid).proof).toBeUndefined()
    now = new Date('2026-11-22T10:00:00Z')
  })

  it('is not made for a browser without our cookie, nor larger than browsers keep', () => {
    expect(() => cookies.keep(newFlow(uid, ''))).toThrow('cookie-missing')
    expect(() => cookies.keep({ ...flow, answers: { first_name: 'x'.repeat(4000) } })).toThrow(
      'value-too-long',
    )
  })
})

describe('the cookie of a known browser', () => {
  const known = knownBrowsers(deps)
  const [ana, bruno] = [systemEntropy.id<'subject'>(), systemEntropy.id<'subject'>()]
  const remember = (previous: string | undefined, subjectId: SubjectId) =>
    known.remember(jar(['__Host-placet_known', previous]), subjectId, 'mark').value

  it('knows the accounts entered from it, a family of eight at most', () => {
    const both = remember(remember(undefined, ana), bruno)
    expect(known.markFor(jar(['__Host-placet_known', both]), ana)).toBe('mark')
    let value = both
    for (let visitor = 0; visitor < 8; visitor += 1) value = remember(value, systemEntropy.id<'subject'>())
    expect(known.markFor(jar(['__Host-placet_known', value]), ana)).toBeUndefined()
  })

  it('cannot be claimed', () => {
    expect(known.markFor(jar(['__Host-placet_known', 'invented']), ana)).toBeUndefined()
    expect(known.markFor(jar(), ana)).toBeUndefined()
  })
})
