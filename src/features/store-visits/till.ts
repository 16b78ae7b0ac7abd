import type { Touchpoint, Touchpoints } from '../touchpoints/index.ts'

/** A till: the client it asks as, where it is registered, and the store it stands in. */
export interface Till {
  readonly clientId: string
  readonly touchpointId: string
  readonly store: string
}

/** An open store, at or above an open place; undefined where there is none, or anything on the way is closed. */
export function storeOf(
  touchpoints: Pick<Touchpoints, 'path'>,
  touchpointId: string,
): Touchpoint | undefined {
  const path = touchpoints.path(touchpointId)
  if (path.length === 0 || path.some(({ state }) => state === 'closed')) return undefined
  return path.findLast(({ kind }) => kind === 'store')
}
