import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  consistencyProof,
  emptyRoot,
  type Hash,
  inclusionProof,
  leafHash,
  type NodeAt,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../../../../src/features/consent/ledger/merkle-tree.ts'
import {
  nodesInTiles,
  type Tile,
  tilesCompletedBy,
} from '../../../../src/features/consent/ledger/tree-tiles.ts'

/** The definition of RFC 9162 2.1.1, word for word: slow, and hard to get wrong. */
function naiveRoot(leaves: readonly Hash[]): Hash {
  const [first] = leaves
  if (first === undefined) return createHash('sha256').digest()
  if (leaves.length === 1) return first
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)))
}

const leavesOf = (count: number, from = 0): readonly Hash[] =>
  Array.from({ length: count }, (_, at) => leafHash(`entry ${from + at}`))

const inMemory =
  (leaves: readonly Hash[]): NodeAt =>
  async ({ level, index }) =>
    naiveRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))

const sizes = fc.integer({ min: 1, max: 130 })
const treeAndIndex = sizes.chain((size) =>
  fc.record({ size: fc.constant(size), index: fc.integer({ min: 0, max: size - 1 }) }),
)
const grown = sizes.chain((size) =>
  fc.record({ size: fc.constant(size), first: fc.integer({ min: 1, max: size }) }),
)

describe('The tree over the log', () => {
  it('has the root the standard defines, for any number of entries', async () => {
    expect(emptyRoot()).toEqual(naiveRoot([]))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 300 }), async (size) => {
        const leaves = leavesOf(size)
        expect(await rootOf(size, inMemory(leaves))).toEqual(naiveRoot(leaves))
      }),
      { numRuns: 60 },
    )
  })

  it('proves every entry, and no other entry, at no other place, in no other tree', async () => {
    await fc.assert(
      fc.asyncProperty(treeAndIndex, fc.nat(), async ({ size, index }, salt) => {
        const leaves = leavesOf(size)
        const leaf = leaves[index] ?? emptyRoot()
        const root = naiveRoot(leaves)
        const path = await inclusionProof(index, size, inMemory(leaves))
        expect(verifyInclusion({ leaf, index, size, root }, path)).toBe(true)
        expect(verifyInclusion({ leaf: leafHash('another'), index, size, root }, path)).toBe(false)
        expect(verifyInclusion({ leaf, index, size, root: leafHash('another') }, path)).toBe(false)
        expect(verifyInclusion({ leaf, index, size, root }, [...path, root])).toBe(false)
        if (path.length > 0) {
          expect(verifyInclusion({ leaf, index, size, root }, path.slice(1))).toBe(false)
          const at = salt % path.length
          const bent = path.map((hash, place) => (place === at ? leafHash('bent') : hash))
          expect(verifyInclusion({ leaf, index, size, root }, bent)).toBe(false)
        }
        if (size > 1) {
          const elsewhere = (index + 1 + (salt % (size - 1))) % size
          expect(verifyInclusion({ leaf, index: elsewhere, size, root }, path)).toBe(false)
        }
      }),
    )
  })

  it('refuses a place outside the tree, whatever the proof', () => {
    const [leaf = emptyRoot()] = leavesOf(1)
    for (const index of [-1, 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(verifyInclusion({ leaf, index, size: 1, root: leaf }, [])).toBe(false)
    }
  })

  it('proves that a later log only added to an earlier one, and never for one that was rewritten', async () => {
    await fc.assert(
      fc.asyncProperty(grown, fc.nat(), async ({ size, first }, salt) => {
        const leaves = leavesOf(size)
        const before = { size: first, root: naiveRoot(leaves.slice(0, first)) }
        const after = { size, root: naiveRoot(leaves) }
        const path = await consistencyProof(first, size, inMemory(leaves))
        expect(verifyConsistency(before, after, path)).toBe(true)

        const rewritten = leaves.map((leaf, at) => (at === salt % first ? leafHash('rewritten') : leaf))
        const forged = { size, root: naiveRoot(rewritten) }
        const itsPath = await consistencyProof(first, size, inMemory(rewritten))
        expect(verifyConsistency(before, forged, itsPath)).toBe(false)
        expect(verifyConsistency(before, after, [...path, after.root])).toBe(false)
        if (path.length > 0) expect(verifyConsistency(before, after, path.slice(1))).toBe(false)
      }),
    )
  })

  it('kept in tiles has the same root and the same proofs, however it grew', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        async (batches, salt) => {
          const kept = new Map<string, Tile>()
          let leaves: readonly Hash[] = []
          const entriesOf = async (level: number, tile: number): Promise<readonly Hash[]> => {
            const whole = kept.get(`${level}/${tile}`)
            if (whole !== undefined) return whole.hashes
            if (level === 0) return leaves.slice(tile * 256, (tile + 1) * 256)
            const below = Array.from({ length: 256 }, (_, at) => kept.get(`${level - 1}/${tile * 256 + at}`))
            return below.flatMap((one) => (one === undefined ? [] : [one.root]))
          }
          for (const count of batches) {
            const added = leavesOf(count, leaves.length)
            for (const tile of await tilesCompletedBy(leaves.length, added, entriesOf)) {
              kept.set(`${tile.level}/${tile.tile}`, tile)
            }
            leaves = [...leaves, ...added]
          }
          const nodeAt = nodesInTiles(entriesOf)
          const root = naiveRoot(leaves)
          expect(await rootOf(leaves.length, nodeAt)).toEqual(root)
          expect([...kept.values()].filter(({ level }) => level === 0)).toHaveLength(
            Math.floor(leaves.length / 256),
          )
          const index = salt % leaves.length
          const path = await inclusionProof(index, leaves.length, nodeAt)
          const proven = { leaf: leaves[index] ?? emptyRoot(), index, size: leaves.length, root }
          expect(verifyInclusion(proven, path)).toBe(true)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('reaches a second level of tiles after 65 536 entries, with the root of the definition', async () => {
    const kept = new Map<string, Tile>()
    const leaves = leavesOf(65_536 + 300)
    const entriesOf = async (level: number, tile: number): Promise<readonly Hash[]> => {
      const whole = kept.get(`${level}/${tile}`)
      if (whole !== undefined) return whole.hashes
      if (level === 0) return leaves.slice(tile * 256, (tile + 1) * 256)
      const below = Array.from({ length: 256 }, (_, at) => kept.get(`${level - 1}/${tile * 256 + at}`))
      return below.flatMap((one) => (one === undefined ? [] : [one.root]))
    }
    for (const tile of await tilesCompletedBy(0, leaves, entriesOf))
      kept.set(`${tile.level}/${tile.tile}`, tile)
    expect([...kept.values()].filter(({ level }) => level === 1)).toHaveLength(1)
    expect(await rootOf(leaves.length, nodesInTiles(entriesOf))).toEqual(naiveRoot(leaves))
  })
})
