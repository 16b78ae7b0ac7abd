import type { House } from '../../src/compose.ts'
import {
  draftPurpose,
  type PurposeDraft,
  publishNotice,
  publishPurpose,
} from '../../src/features/consent/index.ts'
import {
  type ClientRegistration,
  createClient,
  registerRecipient,
} from '../../src/features/recipients/index.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import { parseClientMetadata, registerResource } from '../../src/oidc/index.ts'
import type { Target } from '../target.ts'

const bench: Actor = { kind: 'system', name: 'bench' }

/** What a retailer asks about: one purpose that contacts people and one that does not. */
const purposes: readonly PurposeDraft[] = [
  {
    id: 'marketing.direct',
    class: 'marketing',
    bases: ['consent'],
    attributes: ['email', 'first_name'],
    contactChannels: ['email'],
    recipients: ['bench-mail'],
    retention: { es: 'Hasta que lo retires', en: 'Until you withdraw it' },
    howToStop: { es: 'En tu centro de privacidad', en: 'In your privacy centre' },
    dpv: 'https://w3id.org/dpv#DirectMarketing',
    change: 'material',
  },
  {
    id: 'personalisation.onsite',
    class: 'personalisation',
    bases: ['consent'],
    attributes: ['first_name', 'birth_date'],
    contactChannels: ['none'],
    recipients: ['bench-shop'],
    retention: { es: 'Hasta que lo retires', en: 'Until you withdraw it' },
    howToStop: { es: 'En tu centro de privacidad', en: 'In your privacy centre' },
    dpv: 'https://w3id.org/dpv#ProvideProductRecommendations',
    change: 'material',
  },
]

/** The answers everybody of the bench gives: nothing is left to ask at a sign-in. */
export const asked = [
  { purpose: 'marketing.direct', contactChannel: 'email' },
  { purpose: 'personalisation.onsite', contactChannel: 'none' },
] as const

const redirectUri = 'http://127.0.0.1:9/callback'
/** A service beside the house that verifies its tokens by itself. */
const jwtService = 'https://jwt.bench.example'

async function seedRecipients({ consoleWork, platform: { clock } }: House): Promise<void> {
  const common = { processingContract: true, thirdCountry: false, countries: ['ES'] } as const
  for (const recipient of [
    {
      ...common,
      recipientId: 'bench-shop',
      name: 'Bench shop',
      role: 'internal',
      purposes: ['auth.login', 'personalisation.onsite'],
    },
    {
      ...common,
      recipientId: 'bench-mail',
      name: 'Bench mail',
      role: 'processor',
      purposes: ['marketing.direct'],
    },
  ] as const) {
    await registerRecipient({ work: consoleWork, clock }, { actor: bench, recipient })
  }
}

async function seedPurposes({ consoleWork, platform: { clock } }: House): Promise<void> {
  const parts = { work: consoleWork, clock }
  for (const draft of purposes) {
    const purposeVersion = await draftPurpose(parts, { actor: bench, draft })
    for (const language of ['es', 'en']) {
      const notice = {
        id: draft.id,
        version: 1,
        language,
        purpose: draft.id,
        purposeVersion,
        title: `Purpose ${draft.id}`,
        summary: 'What a person reads first.',
        text: 'A wording of the usual length. '.repeat(12),
      }
      await publishNotice(parts, { actor: bench, notice })
    }
    await publishPurpose(parts, { actor: bench, purpose: draft.id })
  }
}

async function seedClients(house: House): Promise<Pick<Target, 'machine' | 'web'>> {
  const { consoleWork, platform, names } = house
  const parts = { work: consoleWork, clock: platform.clock, entropy: platform.entropy }
  const create = async (
    client: Omit<ClientRegistration, 'metadata'>,
    metadata: Readonly<Record<string, unknown>>,
  ) => {
    const { clientId, firstParty } = client
    const { secret } = await createClient(parts, {
      actor: bench,
      client: { ...client, metadata: parseClientMetadata(clientId, metadata, { firstParty }) },
    })
    if (secret === undefined) throw new Error(`${clientId} got no secret`)
    return { id: clientId, secret }
  }
  const web = await create(
    {
      clientId: 'bench-web',
      recipientId: 'bench-shop',
      firstParty: true,
      purposeId: undefined,
      contactChannel: 'none',
      brandId: names.brand,
      channel: 'web',
    },
    {
      client_name: 'Bench shop',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      id_token_signed_response_alg: 'ES256',
      token_endpoint_auth_method: 'client_secret_basic',
    },
  )
  const machine = await create(
    {
      clientId: 'bench-machine',
      recipientId: 'bench-mail',
      firstParty: false,
      purposeId: 'marketing.direct',
      contactChannel: 'email',
      brandId: names.brand,
      channel: 'api',
    },
    {
      client_name: 'Bench mail',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_basic',
    },
  )
  return {
    web: { ...web, redirectUri, scope: 'openid profile email' },
    // Naming none gets the house's own API, which is opaque because what it gives out hangs on consent.
    machine: { ...machine, scope: 'permissions:read', opaqueResource: undefined, jwtResource: jwtService },
  }
}

async function seedService({ consoleWork, platform: { clock } }: House): Promise<void> {
  await registerResource(
    { work: consoleWork, clock },
    {
      actor: bench,
      resource: {
        identifier: jwtService,
        name: 'Bench service',
        tokenFormat: 'jwt',
        signingAlg: 'ES256',
        scopes: ['permissions:read'],
        lifetimeSeconds: 300,
        consentGated: false,
        introspectors: [],
        clients: { 'bench-machine': ['permissions:read'] },
      },
    },
  )
}

/** Recipients, purposes with their notices, clients and a service, by the same commands an operator has. */
export async function seedRegistry(house: House): Promise<Pick<Target, 'machine' | 'web'>> {
  await seedRecipients(house)
  await seedPurposes(house)
  const clients = await seedClients(house)
  await seedService(house)
  await house.registry.refresh()
  await house.oidc.reloadClients()
  await house.oidc.reloadResources()
  return clients
}
