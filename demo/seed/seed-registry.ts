import type { House } from '../../src/compose.ts'
import { draftPurpose, publishNotice, publishPurpose } from '../../src/features/consent/index.ts'
import { registerRecipient } from '../../src/features/recipients/index.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import { purposes, type SeedPurpose } from './purposes.ts'
import { recipients } from './recipients.ts'

export const seeder: Actor = { kind: 'system', name: 'demo' }

/** Systems, purposes and their wordings; what is already there stays. */
export async function seedRegistry(house: House): Promise<void> {
  const { consoleWork, platform, registry } = house
  const parts = { work: consoleWork, clock: platform.clock }
  const known = registry.current()
  for (const recipient of recipients) {
    if (!known.systems.has(recipient.recipientId))
      await registerRecipient(parts, { actor: seeder, recipient })
  }
  await seedPurposes(house, purposes)
}

export async function seedPurposes(
  { consoleWork, platform, registry }: House,
  wanted: readonly SeedPurpose[],
): Promise<void> {
  const parts = { work: consoleWork, clock: platform.clock }
  const known = registry.current()
  for (const { draft, notices } of wanted) {
    if (known.active.has(draft.id)) continue
    const version = await draftPurpose(parts, { actor: seeder, draft })
    for (const wording of notices) {
      await publishNotice(parts, {
        actor: seeder,
        notice: {
          ...wording,
          id: draft.id.replace('.', '-'),
          version: 1,
          purpose: draft.id,
          purposeVersion: version,
        },
      })
    }
    await publishPurpose(parts, { actor: seeder, purpose: draft.id })
  }
  await registry.refresh()
}
