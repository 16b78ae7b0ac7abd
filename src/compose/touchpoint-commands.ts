import type { PlaceOptions, TouchpointCommands } from '../cli/touchpoint-commands.ts'
import type { House } from '../compose.ts'
import { pgTouchpointCounts } from '../features/consent/index.ts'
import {
  changeTouchpoint,
  closeTouchpoint,
  issueTerminalCode,
  pgTerminalReads,
  registerTouchpoint,
  revokeTerminals,
} from '../features/touchpoints/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { invalid } from '../kernel/errors.ts'

const thirtyDays = 30 * 86_400_000

function instant(text: string | undefined, otherwise: Date): Date {
  if (text === undefined) return otherwise
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw invalid('invalid-input', `${text} is no date.`)
  return at
}

const placeOf = ({ network, ...rest }: PlaceOptions) => ({
  ...rest,
  ...(network === undefined ? {} : { networks: network }),
})

/** Touchpoints and terminals, for the command line. */
export function touchpointCommands(house: House, actor: Actor): TouchpointCommands {
  const { touchpoints, places, platform, oidc } = house
  const { clock, lanes } = platform
  const counts = pgTouchpointCounts(lanes.console)
  const below = (id: string) => {
    const found = touchpoints
      .list()
      .filter((one) => touchpoints.path(one.id).some((above) => above.id === id))
    if (found.length === 0) throw invalid('touchpoint-unknown', 'There is no such touchpoint.')
    return found.map((one) => one.id)
  }
  return {
    touchpoints: {
      list: async () => {
        await touchpoints.refresh()
        return touchpoints.list().map((one) => ({ ...one, depth: touchpoints.path(one.id).length - 1 }))
      },
      add: async ({ id, kind, name, ...place }) => {
        await registerTouchpoint(places, {
          actor,
          touchpoint: { id, kind, networks: [], ...placeOf(place), name },
        })
        await touchpoints.refresh()
      },
      change: async (id, changes) => {
        await changeTouchpoint(places, { actor, id, changes: placeOf(changes) })
        await touchpoints.refresh()
      },
      close: async (id, reason) => {
        const closed = await closeTouchpoint(places, { actor, id, reason })
        await Promise.all([touchpoints.refresh(), oidc.reloadClients()])
        return closed
      },
      report: async ({ from, until, at }) => {
        await touchpoints.refresh()
        const now = clock.now()
        return counts.count({
          from: instant(from, new Date(now.getTime() - thirtyDays)),
          until: instant(until, now),
          ...(at === undefined ? {} : { at: below(at) }),
        })
      },
    },
    terminals: {
      list: () => pgTerminalReads(lanes.console).list(),
      code: (touchpointId) => issueTerminalCode(places, { actor, touchpointId }),
      revoke: async (at, reason) => {
        const revoked = await revokeTerminals(places, { actor, at, reason })
        await oidc.reloadClients()
        return revoked
      },
    },
  }
}
