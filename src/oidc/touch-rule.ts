import { lifetimes } from './lifetimes.ts'
import type { TouchRule } from './stored-rows.ts'

/**
 * The engine saves a session on every request, mostly to move its end by the seconds that passed. That is worth a write
 * once an hour, and worth waiting for only when something else changed.
 */
export const touchRule: TouchRule = (payload, before) => {
  const { exp, iat: _iat, ...rest } = payload
  const { exp: expBefore, iat: _iatBefore, ...restBefore } = before
  if (JSON.stringify(inOrder(rest)) !== JSON.stringify(inOrder(restBefore))) return 'write'
  const moved = Number(exp) - Number(expBefore)
  return moved >= lifetimes.touchEvery || moved < 0 ? 'touch' : 'skip'
}

/** The engine rebuilds its objects, so equal ones may list their members in another order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, inOrder(member)]),
  )
}
