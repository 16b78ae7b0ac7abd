import { describe, expect, test } from 'vitest'
import { storeOf } from '../../../src/features/store-visits/till.ts'
import {
  allowedAt,
  levelOf,
  type Shown,
  type TillLevel,
  tillLevels,
} from '../../../src/features/store-visits/till-level.ts'
import { type Touchpoint, touchpointsOf } from '../../../src/features/touchpoints/index.ts'

describe('How surely a till knows who stands there', () => {
  test.each<[Shown, TillLevel, readonly string[], boolean]>([
    ['card-number', 'L1', ['loyalty_points', 'loyalty_tier'], false],
    ['rotating-code', 'L2', ['loyalty_points', 'loyalty_tier', 'given_name'], true],
    ['one-time-code', 'L2', ['loyalty_points', 'loyalty_tier', 'given_name'], true],
    ['own-phone', 'L3', ['loyalty_points', 'loyalty_tier', 'given_name'], true],
  ])('%s is %s and asks for no more than %j', (shown, level, claims, offers) => {
    expect(levelOf(shown)).toBe(level)
    expect(allowedAt(level)).toEqual({ claims, offers })
  })

  test('never unlocks less at a higher level, and never an address, a number or a date of birth', () => {
    const sets = tillLevels.map((level) => new Set(allowedAt(level).claims))
    for (const [at, set] of sets.entries()) {
      for (const claim of sets[at - 1] ?? []) expect(set).toContain(claim)
      for (const claim of ['email', 'phone_number', 'birthdate', 'family_name', 'address', 'sub']) {
        expect(set.has(claim)).toBe(false)
      }
    }
  })
})

describe('Where a till stands', () => {
  const place = (
    id: string,
    kind: Touchpoint['kind'],
    parent?: string,
    state: Touchpoint['state'] = 'open',
  ) => ({
    id,
    kind,
    name: id,
    networks: [],
    state,
    ...(parent === undefined ? {} : { parent }),
  })
  const tree = touchpointsOf([
    place('norte', 'brand'),
    place('madrid', 'region', 'norte'),
    place('gran-via', 'store', 'madrid'),
    place('gran-via-till', 'terminal', 'gran-via'),
    place('gran-via-old', 'terminal', 'gran-via', 'closed'),
    place('sol', 'store', 'madrid', 'closed'),
    place('sol-till', 'terminal', 'sol'),
    place('call-desk', 'desk', 'norte'),
  ])
  test.each([
    ['gran-via', 'gran-via'],
    ['gran-via-till', 'gran-via'],
    ['gran-via-old', undefined],
    ['sol', undefined],
    ['sol-till', undefined],
    ['call-desk', undefined],
    ['madrid', undefined],
    ['nowhere', undefined],
  ])('%s is in the store %s', (id, store) => {
    expect(storeOf(tree, id)?.id).toBe(store)
  })
})
