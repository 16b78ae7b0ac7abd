import type { House } from '../../src/compose.ts'
import {
  changeClientMetadata,
  createClient,
  rotateClientSecret,
} from '../../src/features/recipients/index.ts'
import { parseClientMetadata } from '../../src/oidc/index.ts'
import type { DemoAddresses } from '../addresses.ts'
import type { DemoSecrets } from '../secrets.ts'
import { clientsFor, type SeedClient } from './clients.ts'
import { seeder } from './seed-registry.ts'

/** What a demo that was seeded earlier, on other ports or by an older release, is brought up to. */
const follows = ['redirect_uris', 'grant_types']

/** Registers the demo's clients, and follows the addresses when the demo moved to other ports. Keeps each secret once. */
export async function seedClients(
  house: House,
  addresses: DemoAddresses,
  secrets: DemoSecrets,
  further: readonly SeedClient[] = [],
): Promise<void> {
  const { consoleWork, platform, clients, oidc } = house
  const parts = { work: consoleWork, clock: platform.clock, entropy: platform.entropy }
  for (const seed of [...clientsFor(addresses), ...further]) {
    const { clientId, firstParty } = seed
    const metadata = parseClientMetadata(clientId, seed.metadata, { firstParty })
    const known = await clients.find(clientId)
    if (known === undefined) {
      const { secret } = await createClient(parts, {
        actor: seeder,
        client: { ...seed, brandId: undefined, metadata },
      })
      if (secret !== undefined) await secrets.keepClientSecret(clientId, secret)
      continue
    }
    if (follows.some((name) => JSON.stringify(known.metadata[name]) !== JSON.stringify(metadata[name]))) {
      await changeClientMetadata(parts, { actor: seeder, clientId, metadata })
    }
    if (known.secrets > 0 && secrets.clientSecret(clientId) === undefined) {
      const { secret } = await rotateClientSecret(parts, { actor: seeder, clientId })
      await secrets.keepClientSecret(clientId, secret)
    }
  }
  await oidc.reloadClients()
}
