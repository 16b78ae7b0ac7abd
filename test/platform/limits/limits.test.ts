import { describe, expect, it } from 'vitest'
import { limits, type Tier } from '../../../src/platform/limits/limits.ts'
import { createMemoryCounters } from '../../../src/platform/limits/memory-counters.ts'
import { networkKey } from '../../../src/platform/limits/network-key.ts'

describe('a network key', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff::', '2001:db8:1:2::/64'],
    ['nonsense', 'unknown'],
  ])('of %s is %s', (address, key) => {
    expect(networkKey(address)).toBe(key)
  })
})

describe('the limits', () => {
  it('grow from short to long, each tier allowing more in all but slower', () => {
    for (const [name, { tiers }] of Object.entries(limits)) {
      const steps: readonly Tier[] = tiers
      for (const [at, tier] of steps.entries()) {
        const before = steps[at - 1]
        if (before === undefined) continue
        expect(tier.points, name).toBeGreaterThan(before.points)
        expect(tier.points / tier.seconds, name).toBeLessThan(before.points / before.seconds)
      }
    }
  })

  it('never allow more than a hundred failures in a row on one account (R65), nor five sends an hour (R67)', () => {
    expect(limits['sign-in-account'].tiers.at(-1)).toEqual({ points: 100, seconds: 365 * 86_400 })
    expect(limits['code-send-recipient'].tiers[0]).toEqual({ points: 5, seconds: 3600 })
    expect(limits['code-guess'].tiers[0].points).toBe(5)
  })
})

describe('counters in memory', () => {
  it('allow half, tell how long to wait, and begin again when the window is over', () => {
    let now = new Date('2026-11-22T10:00:00Z')
    const counters = createMemoryCounters({ now: () => now })
    const waits = Array.from({ length: 7 }, () => counters.count('ana', 'sign-in-account'))
    expect(waits).toEqual([0, 0, 0, 0, 0, 900, 900])
    expect(counters.count('bruno', 'sign-in-account')).toBe(0)
    now = new Date('2026-11-22T10:15:00Z')
    expect(counters.count('ana', 'sign-in-account')).toBe(0)
    for (let at = 0; at < 5; at += 1) counters.count('carmen', 'sign-in-account')
    counters.clear('carmen', 'sign-in-account')
    expect(counters.count('carmen', 'sign-in-account')).toBe(0)
    for (let at = 0; at < 6; at += 1) counters.count('diego', 'sign-in-account')
    counters.giveBack('diego', 'sign-in-account')
    expect(counters.count('diego', 'sign-in-account')).toBe(0)
    expect(counters.count('diego', 'sign-in-account')).toBeGreaterThan(0)
  })
})
