import type { House } from '../compose.ts'
import {
  draftPurpose,
  publishNotice,
  publishPurpose,
  publishRulePack,
  shippedRulePacks,
  unpublished,
} from '../features/consent/index.ts'
import { registerRecipient } from '../features/recipients/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { settlingWorkOn } from './pg-settle.ts'
import { housePush } from './push.ts'
import { settleOwnClients, unlessDone } from './settle-own-clients.ts'
import { accountNotices, accountPurpose, standardAttributes } from './standard-registry.ts'

type ShippedLaw = typeof shippedRulePacks

const settler: Actor = { kind: 'system', name: 'settle' }

async function publishAccountPurpose({ consoleWork, platform }: House): Promise<void> {
  const parts = { work: consoleWork, clock: platform.clock }
  const version = await draftPurpose(parts, { actor: settler, draft: accountPurpose })
  for (const wording of accountNotices) {
    await publishNotice(parts, {
      actor: settler,
      notice: { ...wording, id: 'account', version: 1, purpose: accountPurpose.id, purposeVersion: version },
    })
  }
  await publishPurpose(parts, { actor: settler, purpose: accountPurpose.id })
}

/** Whether the registry this process has just read holds all that a house starts with. */
function holdsStandard({ registry, names }: House, shipped: ShippedLaw): boolean {
  const known = registry.current()
  return (
    known.controllers.has(names.controller) &&
    known.brands.has(names.brand) &&
    known.systems.has(names.recipient) &&
    known.active.has(accountPurpose.id) &&
    standardAttributes.every(({ attributeId }) => known.attributes.has(attributeId)) &&
    unpublished(shipped, known.packs).length === 0
  )
}

async function settleRegistry(house: House, shipped: ShippedLaw): Promise<void> {
  const { consoleWork, platform, registry, names, config } = house
  const parts = { work: consoleWork, clock: platform.clock }
  const known = registry.current()
  const missing = standardAttributes.filter(({ attributeId }) => !known.attributes.has(attributeId))
  await settlingWorkOn(platform.lanes.console)(async (tx) => {
    await tx.standard.ensureController(config, names)
    for (const attribute of missing) await tx.standard.putAttribute(attribute)
    await tx.audit.record({
      action: 'registry.settled',
      actor: settler,
      at: platform.clock.now(),
      facts: {
        controller: names.controller,
        brand: names.brand,
        attributes: missing.map(({ attributeId }) => attributeId),
      },
    })
  })
  for (const pack of unpublished(shipped, known.packs)) {
    await unlessDone(() => publishRulePack(parts, { actor: settler, pack }))
  }
  if (!known.active.has(accountPurpose.id)) await unlessDone(() => publishAccountPurpose(house))
  if (!known.systems.has(names.recipient)) {
    await registerRecipient(parts, {
      actor: settler,
      recipient: {
        recipientId: names.recipient,
        name: config.brand.name,
        role: 'internal',
        processingContract: true,
        thirdCountry: false,
        countries: [],
        purposes: [accountPurpose.id],
      },
    })
  }
}

/**
 * Makes a working house out of an empty database: who answers, the law as shipped, the standard catalogue, the account's
 * own purpose and notice, the clients of our own pages and desk, and the key that push services know us by. Runs at every start
 * and changes nothing that is there: where nothing is missing, which is every start but the first and those after an update
 * that ships law, it costs four reads.
 */
export async function settleHouse(house: House, shipped: ShippedLaw = shippedRulePacks): Promise<void> {
  const settled = holdsStandard(house, shipped)
  if (!settled) await settleRegistry(house, shipped)
  const changed = await settleOwnClients(house, settler)
  await housePush(house.config, house.platform).settle()
  if (settled && !changed) return
  house.catalogue.forget()
  await house.registry.refresh()
  await house.oidc.reloadClients()
  await house.oidc.rebuild()
}
