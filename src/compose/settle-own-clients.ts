import type { House } from '../compose.ts'
import { changeClientMetadata, createClient } from '../features/recipients/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { PlacetError } from '../kernel/errors.ts'
import type { Channel } from '../kernel/evidence.ts'
import { type ClientMetadata, parseClientMetadata } from '../oidc/index.ts'

interface OwnClient {
  readonly clientId: string
  readonly channel: Channel
  readonly metadata: ClientMetadata
}

/** The client our own pages ask for a sign-in with. Its address follows the issuer. */
const privacyCentre = ({ names, config }: House): OwnClient => ({
  clientId: names.privacyCentreClient,
  channel: 'web',
  metadata: parseClientMetadata(
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
  ),
})

/**
 * Who asks when one of our own agents does: a name on the customer's page, something they can block, and something that can be
 * switched off. It has no grant and no credential, so that no token can ever be made for it; registration has no word for
 * such a client, which is why it is written here.
 */
const desk = ({ names, config }: House): OwnClient => ({
  clientId: names.deskClient,
  channel: 'call-centre',
  metadata: {
    client_name: `Atención al cliente de ${config.brand.name}`,
    'client_name#en': `${config.brand.name} customer service`,
    application_type: 'web',
    redirect_uris: [],
    response_types: [],
    grant_types: [],
    token_endpoint_auth_method: 'none',
    subject_type: 'public',
  },
})

/** The clients that belong to the house itself, as they should be. True when one of them was not there like this. */
export async function settleOwnClients(house: House, settler: Actor): Promise<boolean> {
  const settled = [await settleClient(house, settler, privacyCentre(house))]
  settled.push(await settleClient(house, settler, desk(house)))
  return settled.includes(true)
}

async function settleClient(house: House, actor: Actor, own: OwnClient): Promise<boolean> {
  const { consoleWork, platform, names } = house
  const { clock, entropy } = platform
  const { clientId, metadata } = own
  const known = await house.clients.find(clientId)
  const addresses = (one: ClientMetadata | undefined) => JSON.stringify(one?.['redirect_uris'])
  if (known !== undefined && addresses(known.metadata) === addresses(metadata)) return false
  if (known !== undefined) {
    await changeClientMetadata({ work: consoleWork, clock }, { actor, clientId, metadata })
    return true
  }
  await unlessDone(() =>
    createClient(
      { work: consoleWork, clock, entropy },
      {
        actor,
        client: {
          ...own,
          recipientId: names.recipient,
          firstParty: true,
          purposeId: undefined,
          contactChannel: 'none',
          brandId: undefined,
        },
      },
    ),
  )
  return true
}

/** Several processes start at once on a new database: whoever comes second finds the work done. */
export async function unlessDone(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof PlacetError && error.failure === 'conflict')) throw error
  }
}
