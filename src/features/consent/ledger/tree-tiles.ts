import { type Hash, joined, type NodeAt } from './merkle-tree.ts'

/*
 * The tree is kept in tiles: 256 neighbouring hashes of one height, written once, when they are complete. Level 0 holds
 * leaves, each level above the roots of the tiles below. That is 33 bytes an entry, where a row for every node would
 * take 190; the open end of each level is read off the level below it.
 */
const height = 8
export const tileWidth = 2 ** height

export interface Tile {
  readonly level: number
  readonly tile: number
  readonly hashes: readonly Hash[]
  /** The one hash over all of them: an entry of the level above. */
  readonly root: Hash
}

/** The hashes of one tile as far as they exist; fewer than 256 at the open end. */
export type EntriesOf = (level: number, tile: number) => Promise<readonly Hash[]>

/** The root of a power of two of hashes. */
export const rootOfWhole = (hashes: readonly Hash[]): Hash => {
  let row = hashes
  while (row.length > 1) {
    const above: Hash[] = []
    for (let at = 0; at < row.length; at += 2) above.push(joined(row.slice(at, at + 2)))
    row = above
  }
  return joined(row)
}

/** Reads whole subtrees out of tiles. Each tile is asked for once, so a proof costs as many reads as it has levels. */
export function nodesInTiles(entriesOf: EntriesOf): NodeAt {
  const known = new Map<string, Promise<readonly Hash[]>>()
  const once: EntriesOf = (level, tile) => {
    const id = `${level}/${tile}`
    const asked = known.get(id) ?? entriesOf(level, tile)
    known.set(id, asked)
    return asked
  }
  return async ({ level, index }) => {
    const width = 2 ** (level % height)
    const first = index * width
    const entries = await once(Math.floor(level / height), Math.floor(first / tileWidth))
    const covered = entries.slice(first % tileWidth, (first % tileWidth) + width)
    if (covered.length !== width) throw new RangeError(`The tree has no node ${index} at level ${level}.`)
    return rootOfWhole(covered)
  }
}

/** The tiles that `leaves` complete when they follow the `size` leaves there are. */
export async function tilesCompletedBy(
  size: number,
  leaves: readonly Hash[],
  entriesOf: EntriesOf,
): Promise<readonly Tile[]> {
  const tiles: Tile[] = []
  let [level, count, added] = [0, size, leaves]
  while (added.length > 0) {
    const open = count % tileWidth
    const first = Math.floor(count / tileWidth)
    const before = open === 0 ? [] : (await entriesOf(level, first)).slice(0, open)
    const hashes = [...before, ...added]
    const roots: Hash[] = []
    for (let at = 0; at + tileWidth <= hashes.length; at += tileWidth) {
      const whole = hashes.slice(at, at + tileWidth)
      const root = rootOfWhole(whole)
      tiles.push({ level, tile: first + roots.length, hashes: whole, root })
      roots.push(root)
    }
    ;[level, count, added] = [level + 1, first, roots]
  }
  return tiles
}
