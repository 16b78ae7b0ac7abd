import { may, type Power } from '../../features/staff/index.ts'
import type { Touchpoint } from '../../features/touchpoints/index.ts'
import type { Actor } from '../../kernel/actor.ts'
import { unauthenticated } from '../../kernel/errors.ts'
import type { StaffId } from '../../kernel/ids.ts'
import type { StoreDeps } from './store-deps.ts'

type Deps = Pick<StoreDeps<never>, 'touchpoints' | 'assignments'>

export function staffOf(actor: Actor): { readonly staffId: StaffId } & Extract<Actor, { kind: 'staff' }> {
  if (actor.kind !== 'staff')
    throw unauthenticated('staff-sign-in-needed', 'Sign in as staff to see this page.')
  return actor
}

/** The open stores in which this person holds the power at this moment. */
export async function ownStores(deps: Deps, actor: Actor, power: Power): Promise<readonly Touchpoint[]> {
  const { staffId, assurance } = staffOf(actor)
  const assignments = (await deps.assignments(staffId)) ?? []
  const tree = deps.touchpoints.tree()
  return deps.touchpoints
    .list()
    .filter(({ id, kind }) => kind === 'store' && isOpen(deps.touchpoints, id))
    .filter(({ id }) => may({ assignments, assurance }, power, id, tree).allowed)
}

/** A store is closed with what it lies in. */
export function isOpen({ path }: Pick<Deps['touchpoints'], 'path'>, id: string): boolean {
  const places = path(id)
  return places.at(-1)?.kind === 'store' && places.every(({ state }) => state === 'open')
}

/** Somebody who works in one store is there; whoever works in several says where. */
export const chosenStore = (stores: readonly Touchpoint[], typed: string): string | undefined =>
  stores.length === 1 && typed === '' ? stores[0]?.id : stores.find(({ id }) => id === typed)?.id
