import { createHash } from 'node:crypto'

/** Hashing of RFC 6962 and RFC 9162 (2.1): a leaf can never pass for a node, since each is marked before it is hashed. */
export type Hash = Uint8Array

const leafMark = Buffer.of(0)
const nodeMark = Buffer.of(1)

export const leafHash = (entry: Uint8Array | string): Hash =>
  createHash('sha256').update(leafMark).update(entry).digest()

export const nodeHash = (left: Hash, right: Hash): Hash =>
  createHash('sha256').update(nodeMark).update(left).update(right).digest()

export const emptyRoot = (): Hash => createHash('sha256').digest()

export const sameHash = (a: Hash, b: Hash): boolean => Buffer.from(a).equals(b)

/** A subtree without holes: at `level` 0 a leaf, at level n the 2^n leaves from `index` · 2^n on. */
export interface TreeNode {
  readonly level: number
  readonly index: number
}

/** Where hashes of whole subtrees come from: memory, tiles, a table. */
export type NodeAt = (node: TreeNode) => Promise<Hash>

/** Leaves from the first to before the second. */
export type LeafRange = readonly [start: number, end: number]

/** The largest power of two below `count`: where the standard splits a tree (RFC 9162, 2.1.1). */
const splitOf = (count: number): number => {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

/** The fewest whole subtrees that make up a range, from left to right. */
export function nodesOf([start, end]: LeafRange): readonly TreeNode[] {
  const nodes: TreeNode[] = []
  for (let at = start; at < end; ) {
    let level = 0
    let width = 1
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      width *= 2
      level += 1
    }
    nodes.push({ level, index: at / width })
    at += width
  }
  return nodes
}

/** Joins neighbouring subtrees, of falling size, into the hash of the range they make up. */
export const joined = (hashes: readonly Hash[]): Hash =>
  hashes.length === 0 ? emptyRoot() : hashes.reduceRight((right, left) => nodeHash(left, right))

const hashOfRange = async (range: LeafRange, nodeAt: NodeAt): Promise<Hash> =>
  joined(await Promise.all(nodesOf(range).map(nodeAt)))

export const rootOf = (size: number, nodeAt: NodeAt): Promise<Hash> => hashOfRange([0, size], nodeAt)

/** What stands beside the way from a leaf to the root, the lowest first (RFC 9162, 2.1.3.1). */
function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  const beside: LeafRange[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    if (index < middle) {
      beside.push([middle, end])
      end = middle
    } else {
      beside.push([start, middle])
      start = middle
    }
  }
  return beside.reverse()
}

export function inclusionProof(index: number, size: number, nodeAt: NodeAt): Promise<readonly Hash[]> {
  if (index < 0 || index >= size) throw new RangeError(`A tree of ${size} has no leaf ${index}.`)
  return Promise.all(inclusionRanges(index, size).map((range) => hashOfRange(range, nodeAt)))
}

/** What shows that the tree of `size` only added to the tree of `first` (RFC 9162, 2.1.4.1). */
function consistencyRanges(first: number, size: number): readonly LeafRange[] {
  const beside: LeafRange[] = []
  let [start, end, whole] = [0, size, true]
  while (first < end) {
    const middle = start + splitOf(end - start)
    if (first <= middle) {
      beside.push([middle, end])
      end = middle
    } else {
      beside.push([start, middle])
      start = middle
      whole = false
    }
  }
  return [...(whole ? [] : [[start, end] as const]), ...beside.reverse()]
}

export function consistencyProof(first: number, size: number, nodeAt: NodeAt): Promise<readonly Hash[]> {
  if (first < 1 || first > size) throw new RangeError(`A tree of ${size} did not grow out of ${first}.`)
  return Promise.all(consistencyRanges(first, size).map((range) => hashOfRange(range, nodeAt)))
}

const half = (value: number): number => Math.floor(value / 2)
const isOdd = (value: number): boolean => value % 2 === 1

/** RFC 9162, 2.1.3.2. */
export function verifyInclusion(
  proven: { readonly leaf: Hash; readonly index: number; readonly size: number; readonly root: Hash },
  path: readonly Hash[],
): boolean {
  if (!Number.isSafeInteger(proven.index) || proven.index < 0 || proven.index >= proven.size) return false
  let [at, last, hash] = [proven.index, proven.size - 1, proven.leaf]
  for (const beside of path) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      hash = nodeHash(beside, hash)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      hash = nodeHash(hash, beside)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && sameHash(hash, proven.root)
}

interface Grown {
  readonly size: number
  readonly root: Hash
}

/** RFC 9162, 2.1.4.2. */
export function verifyConsistency(before: Grown, after: Grown, path: readonly Hash[]): boolean {
  if (before.size < 1 || before.size > after.size) return false
  if (before.size === after.size) return path.length === 0 && sameHash(before.root, after.root)
  let [at, last] = [before.size - 1, after.size - 1]
  while (isOdd(at)) [at, last] = [half(at), half(last)]
  // A tree of a power of two is itself a subtree of the later one, and is not sent.
  const [seed, ...rest] = at === 0 ? [before.root, ...path] : path
  if (seed === undefined) return false
  let [old, now] = [seed, seed]
  for (const beside of rest) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      old = nodeHash(beside, old)
      now = nodeHash(beside, now)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      now = nodeHash(now, beside)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && sameHash(old, before.root) && sameHash(now, after.root)
}
