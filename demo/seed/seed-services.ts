import type { House } from '../../src/compose.ts'
import { pgResourceReads, registerResource } from '../../src/oidc/index.ts'
import { seeder } from './seed-registry.ts'
import { services } from './services.ts'

/** Services that accept tokens of the house; what is already there stays, retired or not. */
export async function seedServices({ consoleWork, platform, oidc }: House): Promise<void> {
  const known = await pgResourceReads(platform.lanes.console).list()
  for (const resource of services) {
    if (known.some(({ identifier }) => identifier === resource.identifier)) continue
    await registerResource({ work: consoleWork, clock: platform.clock }, { actor: seeder, resource })
  }
  await oidc.reloadResources()
}
