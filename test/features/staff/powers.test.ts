import { expect, test } from 'vitest'
import {
  handedOutBy,
  incompatiblePair,
  powersOf,
  powersOfEveryone,
  powersOfRole,
  staffRoles,
} from '../../../src/features/staff/index.ts'
import type { StaffRole } from '../../../src/kernel/actor.ts'

const apart: readonly (readonly [StaffRole, StaffRole])[] = [
  ['admin', 'dpo'],
  ['dpo', 'agent'],
  ['admin', 'agent'],
]

test.each(apart)(
  '%s and %s share no power, so that neither can cover the tracks of the other (R102)',
  (one, other) => {
    const shared = powersOfRole[one].filter((power) => powersOfRole[other].includes(power))
    expect(shared).toEqual([])
    expect(powersOfRole[one].length).toBeGreaterThan(0)
  },
)

test.each(apart)(
  'nobody can hold %s and %s together, in whatever order and beside whatever else (R102)',
  (one, other) => {
    expect(incompatiblePair([one, other])).toBeDefined()
    expect(incompatiblePair([other, 'store-staff', one])).toBeDefined()
  },
)

test('roles of a store may meet in one person, and one role may be held in several places', () => {
  expect(incompatiblePair(['store-manager', 'store-staff'])).toBeUndefined()
  expect(incompatiblePair(['admin', 'admin'])).toBeUndefined()
})

test('no role at all holds a power to say yes for a customer (R56)', () => {
  const everything = staffRoles.flatMap((role) => powersOfRole[role])
  expect(everything.filter((power) => /consent|permission\.give/.test(power))).toEqual([])
})

test('every role comes with the powers of everybody, each named once', () => {
  for (const role of staffRoles) {
    const powers = powersOf([role, role])
    expect(powers).toEqual(expect.arrayContaining([...powersOfEveryone, ...powersOfRole[role]]))
    expect(new Set(powers).size).toBe(powers.length)
  }
  expect(powersOf([])).toEqual(powersOfEveryone)
})

test('nobody in the house can appoint the data protection officer', () => {
  expect(staffRoles.filter((role) => handedOutBy[role].includes('dpo'))).toEqual([])
})
