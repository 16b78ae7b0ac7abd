import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isNo,
  type LinkAssurance,
  type MergeSide,
  mergeSides,
} from '../../../../src/features/consent/merge.ts'
import { mergeCluster } from '../../../../src/features/consent/merging/merge-cluster.ts'
import { at } from '../scene.ts'

const states = [
  'UNKNOWN',
  'REQUESTED',
  'DEFERRED',
  'PENDING_DOI',
  'PENDING_GUARDIAN',
  'GIVEN',
  'GIVEN',
  'GIVEN',
  'REFUSED',
  'WITHDRAWN',
  'REVOKED',
  'INVALIDATED',
  'OBJECTED',
] as const

const anySide = fc.record({
  state: fc.constantFrom(...states),
  at: fc.constantFrom(null, at('2026-02-01'), at('2026-03-01'), at('2026-05-01')),
  contactPoint: fc.constantFrom('mail:x', 'mail:x', 'mail:y'),
  purposeVersion: fc.constantFrom(1, 2, 3),
  sources: fc.constantFrom(['web'], ['web', 'store'], ['store'], []),
  objectsToAllMarketing: fc.constantFrom(false, false, false, true),
})

const named = (sides: readonly Omit<MergeSide, 'id' | 'controller' | 'subject'>[]): readonly MergeSide[] =>
  sides.map((side, n) => ({ ...side, id: `profile-${n}`, controller: 'moda', subject: 'active' }))

const anyCluster = fc.array(anySide, { minLength: 1, maxLength: 5 }).map(named)
const anyLevel = fc.constantFrom<LinkAssurance>('L1', 'L2')

/** Levels as a cluster has them: profiles are sure of one another when they are in the same sure part. */
const anyLevels = fc.infiniteStream(fc.boolean()).map((dice) => {
  const sure = new Map<string, boolean>()
  return ({ id: a }: MergeSide, { id: b }: MergeSide): LinkAssurance => {
    for (const id of [a, b].sort()) if (!sure.has(id)) sure.set(id, dice.next().value ?? true)
    return sure.get(a) && sure.get(b) ? 'L2' : 'L1'
  }
})

const runs = { numRuns: 3000 }

describe('The merge rule, for any number of profiles of one person', () => {
  it('is the rule for two where there are two', () => {
    fc.assert(
      fc.property(anySide, anySide, anyLevel, (one, other, level) => {
        const [a, b] = named([one, other]) as [MergeSide, MergeSide]
        expect(mergeCluster([a, b], () => level)).toEqual(mergeSides(a, b, level))
      }),
      runs,
    )
  })

  it('gives the same result in whatever order the profiles are named', () => {
    fc.assert(
      fc.property(anyCluster, anyLevel, fc.infiniteStream(fc.nat()), (sides, level, dice) => {
        const shuffled = sides
          .map((side) => ({ side, rank: dice.next().value ?? 0 }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ side }) => side)
        expect(mergeCluster(shuffled, () => level)).toEqual(mergeCluster(sides, () => level))
      }),
      runs,
    )
  })

  it('makes no yes that nobody said, and lends it no source that its own notice did not name', () => {
    fc.assert(
      fc.property(anyCluster, anyLevels, (sides, between) => {
        const merged = mergeCluster(sides, between)
        if (!merged.merge) throw new Error(merged.reason)
        const source = sides.find(({ id }) => id === merged.source)
        expect(source).toBeDefined()
        if (merged.state === 'GIVEN') {
          expect(source?.state).toBe('GIVEN')
          expect(merged.dataSources).toEqual(source?.sources)
          expect(merged.conflict).toBe(false)
        } else {
          expect(merged.dataSources).toEqual([])
        }
      }),
      runs,
    )
  })

  it('lets the no win, but against a later yes of the proven person for the same contact point', () => {
    fc.assert(
      fc.property(anyCluster, anyLevels, (sides, between) => {
        const merged = mergeCluster(sides, between)
        if (!merged.merge) throw new Error(merged.reason)
        const noes = sides.filter(isNo)
        if (merged.state === 'GIVEN') {
          const yes = sides.find(({ id }) => id === merged.source) as MergeSide
          for (const no of noes) {
            expect(between(yes, no)).toBe('L2')
            expect(no.contactPoint).toBe(yes.contactPoint)
            expect(yes.at ?? 0).toBeGreaterThan(no.at ?? Number.POSITIVE_INFINITY)
            expect(no.state === 'OBJECTED' || no.objectsToAllMarketing === true).toBe(false)
          }
        } else if (noes.length > 0) {
          expect(noes.map(({ id }) => id)).toContain(merged.source)
          expect(merged.conflict).toBe(sides.some((side) => side.state === 'GIVEN' && !isNo(side)))
        }
      }),
      runs,
    )
  })

  it('never turns into a yes because somebody else of them said no', () => {
    fc.assert(
      fc.property(anyCluster, anySide, anyLevels, (sides, more, between) => {
        const [no] = named([{ ...more, state: more.state === 'GIVEN' ? 'REFUSED' : more.state }])
        const joined = [...sides, { ...(no as MergeSide), id: 'zz' }]
        if (!isNo(joined.at(-1) as MergeSide)) return
        const [before, after] = [mergeCluster(sides, between), mergeCluster(joined, between)]
        if (after.merge && after.state === 'GIVEN') expect(before.merge && before.state).toBe('GIVEN')
      }),
      runs,
    )
  })

  it('is associative where every link is by contact point only: any no wins, so grouping cannot matter', () => {
    fc.assert(
      fc.property(fc.tuple(anySide, anySide, anySide), (three) => {
        const [a, b, c] = named(three) as [MergeSide, MergeSide, MergeSide]
        const asSide = (...sides: readonly MergeSide[]): MergeSide => {
          const merged = mergeCluster(sides, () => 'L1')
          if (!merged.merge) throw new Error(merged.reason)
          return sides.find(({ id }) => id === merged.source) as MergeSide
        }
        expect(asSide(asSide(a, b), c)).toEqual(asSide(a, asSide(b, c)))
        expect(asSide(asSide(a, b), c)).toEqual(asSide(a, b, c))
      }),
      runs,
    )
  })

  it('looks at every no by itself, where merging two at a time would let one hide another', () => {
    const [withdrawn, again, elsewhere] = named([
      { state: 'WITHDRAWN', at: at('2026-03-01'), contactPoint: 'mail:x', purposeVersion: 2, sources: [] },
      { state: 'GIVEN', at: at('2026-05-01'), contactPoint: 'mail:x', purposeVersion: 2, sources: ['web'] },
      { state: 'WITHDRAWN', at: at('2026-02-01'), contactPoint: 'mail:y', purposeVersion: 2, sources: [] },
    ]) as [MergeSide, MergeSide, MergeSide]
    const noes = mergeSides(withdrawn, elsewhere, 'L2')
    expect(noes).toMatchObject({ source: withdrawn.id })
    expect(mergeSides(withdrawn, again, 'L2')).toMatchObject({ state: 'GIVEN' })
    expect(mergeCluster([withdrawn, again, elsewhere], () => 'L2')).toMatchObject({
      state: 'WITHDRAWN',
      conflict: true,
    })
  })

  it('refuses the whole for the reason that comes first, as for two', () => {
    const sides = named([
      { state: 'GIVEN', at: 1, contactPoint: 'mail:x', purposeVersion: 1, sources: [] },
      { state: 'GIVEN', at: 2, contactPoint: 'mail:x', purposeVersion: 1, sources: [] },
      { state: 'GIVEN', at: 3, contactPoint: 'mail:x', purposeVersion: 1, sources: [] },
    ])
    const changed = (change: Partial<MergeSide>) =>
      sides.map((side, n) => (n === 2 ? { ...side, ...change } : side))
    const reasonOf = (all: readonly MergeSide[], level: LinkAssurance = 'L2') => {
      const merged = mergeCluster(all, () => level)
      return merged.merge ? undefined : merged.reason
    }
    expect(reasonOf(changed({ requestOpen: true }))).toBe('REQUEST_OPEN')
    expect(reasonOf(changed({ requestOpen: true, subject: 'erased' }))).toBe('PROFILE_BLOCKED')
    expect(reasonOf(changed({ controller: 'hogar', subject: 'blocked' }))).toBe('DIFFERENT_CONTROLLER')
    expect(reasonOf(changed({ controller: 'hogar' }), 'L0')).toBe('INSUFFICIENT_LINK_ASSURANCE')
    expect(reasonOf(sides)).toBeUndefined()
  })
})
