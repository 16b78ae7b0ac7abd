import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MergeSide } from '../../../src/features/consent/merge.ts'
import { mergeSides } from '../../../src/features/consent/merge.ts'
import { at } from './scene.ts'

const side = (
  id: string,
  state: MergeSide['state'],
  day: string | null,
  change: Partial<MergeSide> = {},
): MergeSide => ({
  id,
  state,
  at: day === null ? null : at(day),
  controller: 'moda',
  subject: 'active',
  contactPoint: 'mail:x',
  purposeVersion: 2,
  sources: ['web'],
  ...change,
})

describe('When two profiles of Ana are merged', () => {
  it('of two yeses the one on the higher notice version counts, though it is older', () => {
    const newer = side('a', 'GIVEN', '2026-02-01', { purposeVersion: 3 })
    expect(mergeSides(newer, side('b', 'GIVEN', '2026-05-01'), 'L2')).toMatchObject({
      source: 'a',
      conflict: false,
    })
  })

  it('a yes brings only the data sources its own notice named', () => {
    const web = side('a', 'GIVEN', '2026-02-01')
    const store = side('b', 'UNKNOWN', null, { sources: ['store'] })
    expect(mergeSides(web, store, 'L2')).toMatchObject({ state: 'GIVEN', dataSources: ['web'] })
  })

  it('a later yes for another address does not undo her no', () => {
    const no = side('a', 'WITHDRAWN', '2026-02-01')
    const elsewhere = side('b', 'GIVEN', '2026-05-01', { contactPoint: 'mail:y' })
    expect(mergeSides(no, elsewhere, 'L2')).toMatchObject({ state: 'WITHDRAWN', source: 'a', conflict: true })
  })

  it('no later yes undoes an objection to all marketing', () => {
    const objecting = side('a', 'OBJECTED', '2026-02-01')
    expect(mergeSides(objecting, side('b', 'GIVEN', '2026-05-01'), 'L2')).toMatchObject({
      state: 'OBJECTED',
      conflict: true,
    })
    const underneath = side('a', 'GIVEN', '2026-01-01', { objectsToAllMarketing: true })
    expect(mergeSides(underneath, side('b', 'GIVEN', '2026-05-01'), 'L2')).toMatchObject({
      state: 'OBJECTED',
      dataSources: [],
    })
  })

  it('an invalidated consent counts as a no, and an unconfirmed form as nothing against a yes', () => {
    const yes = side('b', 'GIVEN', '2026-02-01')
    expect(mergeSides(side('a', 'INVALIDATED', '2026-05-01'), yes, 'L2')).toMatchObject({
      state: 'INVALIDATED',
    })
    expect(mergeSides(side('a', 'PENDING_DOI', '2026-05-01'), yes, 'L2')).toMatchObject({ state: 'GIVEN' })
  })

  it('an open request, an erased profile, another controller or mere likeness prevents it', () => {
    const yes = side('a', 'GIVEN', '2026-02-01')
    const reason = (change: Partial<MergeSide>, level: 'L0' | 'L2' = 'L2') =>
      mergeSides(yes, side('b', 'GIVEN', '2026-05-01', change), level, 'GIVEN')
    expect(reason({ requestOpen: true })).toEqual({ merge: false, reason: 'REQUEST_OPEN' })
    expect(reason({ subject: 'erased' })).toEqual({ merge: false, reason: 'PROFILE_BLOCKED' })
    expect(reason({ controller: 'hogar' })).toEqual({ merge: false, reason: 'DIFFERENT_CONTROLLER' })
    expect(reason({}, 'L0')).toEqual({ merge: false, reason: 'INSUFFICIENT_LINK_ASSURANCE' })
  })

  it('it makes no difference which profile is named first', () => {
    const sides = fc.record({
      state: fc.constantFrom(
        'UNKNOWN',
        'DEFERRED',
        'PENDING_DOI',
        'GIVEN',
        'REFUSED',
        'WITHDRAWN',
        'OBJECTED',
      ),
      day: fc.constantFrom('2026-02-01', '2026-05-01', '2026-06-01'),
      contactPoint: fc.constantFrom('mail:x', 'mail:y'),
      purposeVersion: fc.constantFrom(2, 3),
    } as const)
    fc.assert(
      fc.property(sides, sides, fc.constantFrom('L1', 'L2'), (one, other, level) => {
        const a = side('a', one.state, one.day, one)
        const b = side('b', other.state, other.day, other)
        const [forth, back] = [mergeSides(a, b, level), mergeSides(b, a, level)]
        expect(forth.merge && forth.state).toBe(back.merge && back.state)
        expect(forth.merge && forth.conflict).toBe(back.merge && back.conflict)
      }),
    )
  })
})
