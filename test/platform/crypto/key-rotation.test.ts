import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  defaultRotation,
  type KeyState,
  planRotation,
  type RotationPolicy,
  signingOrder,
} from '../../../src/platform/crypto/key-rotation.ts'
import type { SigningAlgorithm } from '../../../src/platform/crypto/signing-algorithm.ts'

interface Key {
  kid: string
  algorithm: SigningAlgorithm
  state: KeyState
  createdAt: Date
  since: Date
}

const day = 24 * 3_600_000
const start = new Date('2026-01-01T00:00:00Z').getTime()

/** Does what a plan says, as the job does with a real store. */
function take(keys: Key[], now: Date, policy: RotationPolicy = defaultRotation, begin = false): number {
  const steps = planRotation(keys, now, policy, begin)
  for (const step of steps) {
    if (step.do === 'generate') {
      const kid = `k${keys.length}`
      const state = step.activateAtOnce ? 'active' : 'published'
      keys.push({ kid, algorithm: step.algorithm, state, createdAt: now, since: now })
    } else {
      const key = keys.find((one) => one.kid === step.kid)!
      expect(key.state, 'a step starts from the state the key is in').toBe(step.from)
      key.state = step.to
      key.since = now
    }
  }
  return steps.length
}

const states = (keys: Key[]) => keys.map((key) => key.state)

describe('rotation of signing keys', () => {
  it('makes the first key sign at once, because nobody holds an older JWKS', () => {
    const keys: Key[] = []
    take(keys, new Date(start))
    expect(states(keys)).toEqual(['active'])
  })

  it('publishes the next key a day before it signs, and the old one a week after (R37)', () => {
    const keys: Key[] = []
    const at = (days: number) => take(keys, new Date(start + days * day))
    at(0)
    expect(at(88)).toBe(0)
    at(89)
    expect(states(keys)).toEqual(['active', 'published'])
    expect(signingOrder(keys).map((key) => key.kid)).toEqual(['k0', 'k1'])
    expect(at(89.9)).toBe(0)
    at(90)
    expect(states(keys)).toEqual(['retiring', 'active'])
    expect(signingOrder(keys).map((key) => key.kid)).toEqual(['k1', 'k0'])
    expect(at(96.9)).toBe(0)
    at(97)
    expect(states(keys)).toEqual(['removed', 'active'])
    expect(signingOrder(keys).map((key) => key.kid)).toEqual(['k1'])
  })

  it('begins when somebody asks, and even then lets everybody see a key before it signs (R37)', () => {
    const keys: Key[] = []
    const at = (days: number, begin = false) =>
      take(keys, new Date(start + days * day), defaultRotation, begin)
    at(0)
    expect(at(3)).toBe(0)
    expect(at(3, true)).toBe(1)
    expect(states(keys)).toEqual(['active', 'published'])
    expect(at(3.9, true)).toBe(0)
    at(4)
    expect(states(keys)).toEqual(['retiring', 'active'])
    // The next one is due a whole life after this one began to sign, not after the first did.
    expect(at(92)).toBe(1)
    expect(states(keys)).toEqual(['removed', 'active'])
    expect(at(93)).toBe(1)
    expect(states(keys)).toEqual(['removed', 'active', 'published'])
  })

  it('retires keys of an algorithm no longer wanted', () => {
    const keys: Key[] = []
    take(keys, new Date(start), { ...defaultRotation, algorithms: ['ES256', 'RS256'] })
    expect(states(keys)).toEqual(['active', 'active'])
    take(keys, new Date(start + day))
    expect(keys.map((key) => [key.algorithm, key.state])).toEqual([
      ['ES256', 'active'],
      ['RS256', 'retiring'],
    ])
  })

  it('keeps its promises whenever it is asked: one signer, lead before signing, overlap after, settled', () => {
    const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 * 24 }), fc.boolean()), {
      minLength: 1,
      maxLength: 60,
    })
    fc.assert(
      fc.property(gaps, (hours) => {
        const keys: Key[] = []
        const history = new Map<string, Partial<Record<KeyState, number>>>()
        let now = start
        for (const [gap, begin] of [[0, false] as const, ...hours]) {
          now += gap * 3_600_000
          take(keys, new Date(now), defaultRotation, begin)
          expect(take(keys, new Date(now)), 'asked again at once there is nothing to do').toBe(0)
          expect(keys.filter((key) => key.state === 'active')).toHaveLength(1)
          for (const key of keys) {
            const seen = history.get(key.kid) ?? {}
            seen[key.state] ??= now
            history.set(key.kid, seen)
          }
        }
        for (const [kid, seen] of history) {
          if (seen.active !== undefined && kid !== 'k0') {
            expect(seen.active - seen.published!).toBeGreaterThanOrEqual(defaultRotation.publishLeadMs)
          }
          if (seen.removed !== undefined) {
            expect(seen.removed - seen.retiring!).toBeGreaterThanOrEqual(defaultRotation.retireMs)
          }
        }
      }),
    )
  })
})
