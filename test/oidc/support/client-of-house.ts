import { commandHouse } from '../../../src/compose/command-house.ts'
import type { RelyingParty } from '../../house/visitor.ts'
import type { TestApp } from '../../support/app.ts'

/** Registers a client of our own in a whole house, the way the command line does. */
export async function registerClient(
  app: TestApp,
  clientId: string,
  redirectUri: string,
  metadata: Readonly<Record<string, unknown>> = {},
): Promise<RelyingParty> {
  const made = await commandHouse(app.house).clients.create({
    client_id: clientId,
    client_name: clientId,
    first_party: true,
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'client_secret_basic',
    scope: 'openid profile email offline_access',
    ...metadata,
  })
  await app.house.oidc.reloadClients()
  const secret = made['client_secret']
  return { clientId, redirectUri, secret: typeof secret === 'string' ? secret : undefined }
}
