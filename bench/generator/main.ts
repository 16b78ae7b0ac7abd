import { loadSite } from '../process/load-site.ts'
import { serveOrders } from '../process/serve-orders.ts'
import { scenarioOf } from '../scenarios.ts'
import { openHttp } from './http.ts'

/*
 * Where load comes from: a process of its own, so that its CPU can be told from that of what it loads, and so that
 * neither waits for the other's event loop.
 */
const site = loadSite(async ({ scenario, side, target, connections }) => {
  const declared = side === 'house' ? scenarioOf(scenario).house : scenarioOf(scenario).floor
  if (declared?.where !== 'client' || target === undefined)
    throw new Error(`the ${side} of ${scenario} is not driven over HTTP`)
  const origin = declared.server === 'hello' ? target.hello : new URL(target.issuer).origin
  if (origin === undefined) throw new Error(`the ${side} has no such server`)
  const http = openHttp(origin, connections)
  try {
    const { operate, close } = await declared.prepare({ http, target, connections })
    return {
      operate,
      close: async () => {
        await close?.()
        await http.close()
      },
    }
  } catch (error) {
    await http.close()
    throw error
  }
})

serveOrders({}, site, () => site.close())
