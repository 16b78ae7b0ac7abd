import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clustersFrom } from '../../../../src/features/identity/linking/cluster.ts'
import type { Pair } from '../../../../src/features/identity/linking/link.ts'
import { linkingPolicy, linkRefusal } from '../../../../src/features/identity/linking/link-refusal.ts'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import { naiveClusters } from './naive-clusters.ts'

const names = 'abcdefghijkl'.split('') as readonly string[] as readonly SubjectId[]
const pairs = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { maxLength: 14 })

test('clusters are what a naive spreading of labels finds, whatever the order of accounts and links', () => {
  fc.assert(
    fc.property(pairs, fc.shuffledSubarray([...names], { minLength: names.length }), (links, shuffled) => {
      const expected = naiveClusters(names, links)
      const found = clustersFrom(shuffled, [...links].reverse())
      for (const name of names) {
        const cluster = found.find(({ members }) => members.includes(name))
        expect(cluster?.members).toEqual(expected.get(name))
        expect(cluster?.canonical).toBe(expected.get(name)?.[0])
      }
    }),
  )
})

test('a link to an account that is not looked at joins nothing', () => {
  const [ana, bruno, carmen] = names as readonly [SubjectId, SubjectId, SubjectId]
  const links: readonly Pair[] = [
    [ana, carmen],
    [bruno, carmen],
  ]
  expect(clustersFrom([ana, bruno], links).map(({ members }) => members)).toEqual([[ana], [bruno]])
})

test('likeness alone never links, whatever else is true', () => {
  fc.assert(
    fc.property(fc.constantFrom('active', 'locked', 'blocked', 'erased'), (state) => {
      const [ana, bruno] = names as readonly [SubjectId, SubjectId]
      const subject = (subjectId: SubjectId) =>
        ({ subjectId, state, jurisdiction: 'ES', language: 'es', createdAt: new Date(0) }) as const
      const refusal = linkRefusal(
        {
          assurance: 'L0',
          sides: [
            { canonical: ana, members: [ana] },
            { canonical: bruno, members: [bruno] },
          ],
          subjects: [subject(ana), subject(bruno)],
          withOpenRequest: [],
          different: [],
          identifiers: [],
        },
        linkingPolicy,
      )
      expect(refusal).toBe('INSUFFICIENT_LINK_ASSURANCE')
    }),
  )
})
