import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  covers,
  handedOutBy,
  mayHandOut,
  powersOfRole,
  type RoleAssignment,
  staffRoles,
} from '../../../src/features/staff/index.ts'
import type { TouchpointTree } from '../../../src/kernel/touchpoint.ts'

/** A random forest: each touchpoint's parent is an earlier one or none. */
const forests = fc
  .array(fc.option(fc.nat(20), { nil: undefined }), { minLength: 1, maxLength: 12 })
  .map((parents): TouchpointTree => {
    const name = (index: number) => `t${index}`
    return new Map(
      parents.map((parent, index) => [
        name(index),
        parent === undefined || index === 0 ? undefined : name(parent % index),
      ]),
    )
  })

const places = (tree: TouchpointTree): readonly (string | undefined)[] => [undefined, ...tree.keys()]

/** Everything that can ever be handed out in a chain that begins with `first`, whoever conspires with whom. */
function closure(first: RoleAssignment, tree: TouchpointTree): readonly RoleAssignment[] {
  const every = staffRoles.flatMap((role) => places(tree).map((touchpointId) => ({ role, touchpointId })))
  const reached: RoleAssignment[] = []
  const open: RoleAssignment[] = [first]
  for (let held = open.pop(); held !== undefined; held = open.pop()) {
    for (const wanted of every) {
      if (reached.includes(wanted) || !mayHandOut([held], wanted, tree)) continue
      reached.push(wanted)
      open.push(wanted)
    }
  }
  return reached
}

test('no chain of appointments ever leads further than its first holder could reach in one step (R105, VC10)', () => {
  fc.assert(
    fc.property(forests, fc.constantFrom(...staffRoles), fc.nat(), (tree, role, at) => {
      const spots = places(tree)
      const first: RoleAssignment = { role, touchpointId: spots[at % spots.length] }
      for (const reached of closure(first, tree)) {
        expect(mayHandOut([first], reached, tree)).toBe(true)
        expect(covers(tree, first.touchpointId, reached.touchpointId)).toBe(true)
        expect(reached.role).not.toBe('dpo')
      }
    }),
    { numRuns: 300 },
  )
})

test('who appoints somebody gives away no power over evidence, requests or the audit trail (R105)', () => {
  for (const role of staffRoles) {
    for (const reached of closure({ role, touchpointId: undefined }, new Map())) {
      expect(powersOfRole[reached.role].filter((power) => powersOfRole.dpo.includes(power))).toEqual([])
    }
  }
})

test('the check would notice: a table where store staff appoint administrators breaks the closure', () => {
  const careless = { ...handedOutBy, 'store-staff': ['admin'] as const }
  const oneStep = new Set<string>(careless['store-manager'])
  const twoSteps = new Set<string>(careless['store-manager'].flatMap((role) => careless[role]))
  expect([...twoSteps].every((role) => oneStep.has(role))).toBe(false)
})
