import type { CommandHouse } from '../cli/command-house.ts'
import type { House } from '../compose.ts'
import { claimsByScope } from '../features/recipients/index.ts'
import type { Actor } from '../kernel/actor.ts'
import {
  allowClientAtResource,
  type ClientFault,
  parseResource,
  pgResourceReads,
  type Resource,
  refusedResource,
  registerResource,
  resourceDocument,
  retireResource,
} from '../oidc/index.ts'

async function surroundingsOf({ config, registry, oidc }: House) {
  const { attributes } = await registry.refresh()
  const keys = await oidc.keys.list()
  return {
    issuer: config.issuer,
    algorithms: [
      ...new Set(keys.filter(({ state }) => state === 'active').map(({ algorithm }) => algorithm)),
    ],
    identityScopes: Object.keys(claimsByScope(attributes.values())),
  }
}

/** Every client it names must be there, and who introspects must be able to prove to be it (R30). */
async function checkClients({ clients }: House, resource: Pick<Resource, 'clients' | 'introspectors'>) {
  const faults: ClientFault[] = []
  const look = async (field: string, clientId: string, introspects: boolean) => {
    const client = await clients.find(clientId)
    if (client === undefined) {
      const known = (await clients.list()).map((one) => one.clientId).join(', ')
      const words = `names "${clientId}", which is not registered; register it first, or write one of: ${known}`
      faults.push({ field, code: 'unknown-client', words })
    } else if (introspects && client.metadata['token_endpoint_auth_method'] === 'none') {
      const words = `names "${clientId}", which cannot prove to be itself; give the service a client with a secret or a key`
      faults.push({ field, code: 'public-client', words })
    }
  }
  for (const clientId of resource.introspectors) await look('introspecting_clients', clientId, true)
  for (const clientId of Object.keys(resource.clients)) await look(`clients.${clientId}`, clientId, false)
  if (faults.length > 0) throw refusedResource(faults)
}

/** Services that accept our tokens: registered from a document, shown, retired, and who may ask for their tokens. */
export function resourceCommands(house: House, actor: Actor): CommandHouse['resources'] {
  const { consoleWork, platform } = house
  const parts = { work: consoleWork, clock: platform.clock }
  const reads = pgResourceReads(platform.lanes.console)
  const shownAfter = async (identifier: string) => {
    await house.oidc.reloadResources()
    const resource = await reads.find(identifier)
    if (resource === undefined) throw new Error(`the service ${identifier} is gone`)
    return resourceDocument(resource)
  }
  return {
    create: async (document, note = () => {}) => {
      const resource = parseResource(document, await surroundingsOf(house))
      await checkClients(house, resource)
      await registerResource(parts, { actor, resource })
      if (Object.keys(resource.clients).length === 0) {
        note(
          `No client may ask for its tokens yet: placet resource allow ${resource.identifier} CLIENT SCOPE…`,
        )
      }
      return shownAfter(resource.identifier)
    },
    list: async () => (await reads.list()).map(resourceDocument),
    retire: async (identifier) => {
      await retireResource(parts, { actor, identifier })
      return shownAfter(identifier)
    },
    allow: async ({ identifier, clientId, scopes }) => {
      if (scopes.length > 0) await checkClients(house, { introspectors: [], clients: { [clientId]: scopes } })
      await allowClientAtResource(parts, { actor, identifier, clientId, scopes })
      return shownAfter(identifier)
    },
  }
}
