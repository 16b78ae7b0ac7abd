import { describe, expect, test } from 'vitest'
import { covers, holdsPower, may, mayHandOut } from '../../../src/features/staff/index.ts'
import type { Actor, StaffRole } from '../../../src/kernel/actor.ts'
import { parseId } from '../../../src/kernel/ids.ts'
import type { TouchpointTree } from '../../../src/kernel/touchpoint.ts'

const tree: TouchpointTree = new Map([
  ['norte', undefined],
  ['galicia', 'norte'],
  ['vigo', 'galicia'],
  ['vigo-kiosk-1', 'vigo'],
  ['lugo', 'galicia'],
  ['sur', undefined],
  ['cadiz', 'sur'],
])

const as = (role: StaffRole, touchpointId?: string) => ({
  assurance: 'passkey' as const,
  assignments: [{ role, touchpointId }],
})

describe('a role reaches', () => {
  test('the touchpoint where it is held and everything below it', () => {
    expect(covers(tree, 'galicia', 'galicia')).toBe(true)
    expect(covers(tree, 'galicia', 'vigo-kiosk-1')).toBe(true)
    expect(covers(tree, 'norte', 'lugo')).toBe(true)
  })
  test('nothing above it, beside it or under another brand (R104)', () => {
    expect(covers(tree, 'vigo', 'galicia')).toBe(false)
    expect(covers(tree, 'vigo', 'lugo')).toBe(false)
    expect(covers(tree, 'norte', 'cadiz')).toBe(false)
  })
  test('everything when it is held in the whole house, and only then what belongs to no touchpoint', () => {
    expect(covers(tree, undefined, 'cadiz')).toBe(true)
    expect(covers(tree, undefined, undefined)).toBe(true)
    expect(covers(tree, 'norte', undefined)).toBe(false)
  })
  test('no touchpoint that nobody knows, and a circle in the tree ends', () => {
    expect(covers(tree, 'norte', 'atlantis')).toBe(false)
    const circle: TouchpointTree = new Map([
      ['a', 'b'],
      ['b', 'a'],
    ])
    expect(covers(circle, 'norte', 'a')).toBe(false)
  })
})

describe('the decision says', () => {
  test('yes to Bruno, who runs the store in Vigo, for a terminal of that store', () => {
    expect(may(as('store-manager', 'vigo'), 'terminal.register', 'vigo-kiosk-1', tree)).toEqual({
      allowed: true,
    })
  })
  test('out of scope when the same man reaches for Lugo', () => {
    const answer = may(as('store-manager', 'vigo'), 'terminal.register', 'lugo', tree)
    expect(answer).toEqual({ allowed: false, why: 'out-of-scope' })
  })
  test('power missing when an administrator of everything wants to read a customer request (R102)', () => {
    expect(may(as('admin'), 'request.answer', undefined, tree)).toEqual({
      allowed: false,
      why: 'power-missing',
    })
  })
  test('that a scope of one role does not widen another role of the same person', () => {
    const carmen = {
      assurance: 'passkey' as const,
      assignments: [
        { role: 'store-staff' as const, touchpointId: undefined },
        { role: 'store-manager' as const, touchpointId: 'vigo' },
      ],
    }
    expect(may(carmen, 'customer.assist', 'cadiz', tree)).toEqual({ allowed: true })
    expect(may(carmen, 'terminal.register', 'cadiz', tree)).toEqual({ allowed: false, why: 'out-of-scope' })
  })
  test('no to whoever came in without a passkey, whatever they hold (R120)', () => {
    const weak = { ...as('admin'), assurance: 'password' as const }
    expect(may(weak, 'staff.create', undefined, tree)).toEqual({ allowed: false, why: 'assurance-too-low' })
  })
})

test('a store manager hands out store staff in their own store and nothing else (R105)', () => {
  const { assignments } = as('store-manager', 'vigo')
  expect(mayHandOut(assignments, { role: 'store-staff', touchpointId: 'vigo' }, tree)).toBe(true)
  expect(mayHandOut(assignments, { role: 'store-staff', touchpointId: 'lugo' }, tree)).toBe(false)
  expect(mayHandOut(assignments, { role: 'store-manager', touchpointId: 'vigo' }, tree)).toBe(false)
  expect(mayHandOut(assignments, { role: 'store-staff', touchpointId: undefined }, tree)).toBe(false)
})

test('the guard lets in only staff with a passkey whose role holds the power', () => {
  const staffId = parseId<'staff'>('0198b000-0000-7000-8000-000000000001')!
  const dpo: Actor = { kind: 'staff', staffId, roles: ['dpo'], assurance: 'passkey' }
  expect(holdsPower(dpo, 'request.answer')).toBe(true)
  expect(holdsPower(dpo, 'staff.create')).toBe(false)
  expect(holdsPower({ ...dpo, assurance: 'code' }, 'request.answer')).toBe(false)
  expect(holdsPower({ kind: 'client', clientId: 'crm' }, 'request.answer')).toBe(false)
  expect(holdsPower({ kind: 'anonymous' }, 'own-account.view')).toBe(false)
})
