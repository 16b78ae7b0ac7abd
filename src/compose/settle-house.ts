import type { House } from '../compose.ts'
import {
  draftPurpose,
  publishNotice,
  publishPurpose,
  publishRulePack,
  shippedRulePacks,
  unpublished,
} from '../features/consent/index.ts'
import { changeClientMetadata, createClient, registerRecipient } from '../features/recipients/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { PlacetError } from '../kernel/errors.ts'
import { parseClientMetadata } from '../oidc/index.ts'
import { settlingWorkOn } from './pg-settle.ts'
import { accountNotices, accountPurpose, standardAttributes } from './standard-registry.ts'

type ShippedLaw = typeof shippedRulePacks

const settler: Actor = { kind: 'system', name: 'settle' }

/** Several processes start at once on a new database: whoever comes second finds the work done. */
async function unlessDone(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof PlacetError && error.failure === 'conflict')) throw error
  }
}

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

/** The client our own pages ask for a sign-in with. Its address follows the issuer. True when it was not there like this. */
async function settlePrivacyCentre({
  consoleWork,
  platform,
  config,
  names,
  clients,
}: House): Promise<boolean> {
  const { clock, entropy } = platform
  const metadata = parseClientMetadata(
    names.privacyCentreClient,
    {
      client_name: config.brand.name,
      redirect_uris: [`${config.issuer.origin}/privacy/signed-in`],
      post_logout_redirect_uris: [`${config.issuer.origin}/privacy`],
      grant_types: ['authorization_code'],
      id_token_signed_response_alg: 'ES256',
      token_endpoint_auth_method: 'none',
      scope: 'openid',
    },
    { firstParty: true },
  )
  const known = await clients.find(names.privacyCentreClient)
  const sameAddress =
    JSON.stringify(known?.metadata['redirect_uris']) === JSON.stringify(metadata['redirect_uris'])
  if (known !== undefined && sameAddress) return false
  if (known === undefined) {
    await unlessDone(() =>
      createClient(
        { work: consoleWork, clock, entropy },
        {
          actor: settler,
          client: {
            clientId: names.privacyCentreClient,
            recipientId: names.recipient,
            firstParty: true,
            purposeId: undefined,
            contactChannel: 'none',
            brandId: undefined,
            channel: 'web',
            metadata,
          },
        },
      ),
    )
  } else {
    await changeClientMetadata(
      { work: consoleWork, clock },
      { actor: settler, clientId: names.privacyCentreClient, metadata },
    )
  }
  return true
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
 * own purpose and notice, and the client of the privacy centre. Runs at every start and changes nothing that is there:
 * where nothing is missing, which is every start but the first and those after an update that ships law, it costs one read.
 */
export async function settleHouse(house: House, shipped: ShippedLaw = shippedRulePacks): Promise<void> {
  const settled = holdsStandard(house, shipped)
  if (!settled) await settleRegistry(house, shipped)
  const changed = await settlePrivacyCentre(house)
  if (settled && !changed) return
  house.catalogue.forget()
  await house.registry.refresh()
  await house.oidc.reloadClients()
  await house.oidc.rebuild()
}
