import type { TouchpointTree } from '../../kernel/touchpoint.ts'
import type { Touchpoint } from './touchpoint.ts'
import { isWithin } from './touchpoint-rules.ts'

/** Every touchpoint as this process knows it: in memory, at most one poll older than the database. Reading costs no round trip. */
export interface Touchpoints {
  find(id: string): Touchpoint | undefined
  /** From the brand down to it; empty for a code nobody knows. */
  path(id: string): readonly Touchpoint[]
  /** All of them, each after its parent. */
  list(): readonly Touchpoint[]
  tree(): TouchpointTree
  /** Its own networks, without what it inherits. */
  own(id: string): readonly string[]
}

/** What tokens say of where they were given out. */
export interface TouchpointClaim {
  readonly id: string
  /** Codes from the brand down to it. */
  readonly path: readonly string[]
}

function pathIn(known: ReadonlyMap<string, Touchpoint>, id: string): readonly Touchpoint[] {
  const path: Touchpoint[] = []
  let place = known.get(id)
  while (place !== undefined && !path.includes(place)) {
    path.unshift(place)
    place = place.parent === undefined ? undefined : known.get(place.parent)
  }
  return path
}

/** Terminals and desks without networks of their own may call from those of the nearest place above that has some. */
function withNetworks(path: readonly Touchpoint[], own: Touchpoint): Touchpoint {
  if (own.networks.length > 0 || (own.kind !== 'terminal' && own.kind !== 'desk')) return own
  return { ...own, networks: path.findLast(({ networks }) => networks.length > 0)?.networks ?? [] }
}

export function touchpointsOf(all: readonly Touchpoint[]): Touchpoints {
  const stored = new Map(all.map((one) => [one.id, one]))
  const known = new Map(all.map((one) => [one.id, withNetworks(pathIn(stored, one.id), one)]))
  const tree: TouchpointTree = new Map(all.map(({ id, parent }) => [id, parent]))
  const byPath = new Map(all.map(({ id }) => [id, pathIn(known, id)]))
  const key = (id: string) => (byPath.get(id) ?? []).map((one) => one.id).join('/')
  const listed = [...known.values()].sort((a, b) => (key(a.id) < key(b.id) ? -1 : 1))
  return {
    find: (id) => known.get(id),
    path: (id) => byPath.get(id) ?? [],
    list: () => listed,
    tree: () => tree,
    own: (id) => stored.get(id)?.networks ?? [],
  }
}

/** What people call it: its own name, and that of the store it stands in. */
export function placeName({ path }: Pick<Touchpoints, 'path'>, id: string): string | undefined {
  const [...above] = path(id)
  const own = above.pop()
  if (own === undefined) return undefined
  const store = above.findLast(({ kind }) => kind === 'store')
  return store === undefined ? own.name : `${own.name}, ${store.name}`
}

export function claimOf(touchpoints: Pick<Touchpoints, 'path'>, id: string): TouchpointClaim | undefined {
  const path = touchpoints.path(id)
  return path.length === 0 ? undefined : { id, path: path.map((one) => one.id) }
}

/**
 * Whether somebody at this address may be this touchpoint. A closed or unknown one calls from nowhere; one without any
 * network, its own or its store's, from anywhere.
 */
export function mayCallFrom(touchpoints: Pick<Touchpoints, 'find'>, id: string, address: string): boolean {
  const found = touchpoints.find(id)
  if (found === undefined || found.state === 'closed') return false
  return found.networks.length === 0 || isWithin(found.networks, address)
}
