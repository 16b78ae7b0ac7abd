import type { StoredClient } from '../pg-clients.ts'

export const cibaGrant = 'urn:openid:params:grant-type:ciba'

const proving = ['private_key_jwt', 'client_secret_basic']

/** Whether a client may ask customers by way of an agent: registered for it, and confidential (R49). */
export const mayAskByCall = (client: Pick<StoredClient, 'metadata'> | undefined): boolean => {
  const { grant_types: grants, token_endpoint_auth_method: method } = client?.metadata ?? {}
  return Array.isArray(grants) && grants.includes(cibaGrant) && proving.includes(String(method))
}

/** The scopes of a request, or undefined when it asks for more than its client registered. A client that registered none has `openid`. */
export function callScopes(
  client: Pick<StoredClient, 'metadata'>,
  asked: string,
): readonly string[] | undefined {
  const { scope } = client.metadata
  const registered = (typeof scope === 'string' ? scope : 'openid').split(' ')
  const scopes = asked.split(' ').filter(Boolean)
  return scopes.every((one) => registered.includes(one) && one !== 'offline_access' && one !== 'kiosk')
    ? scopes
    : undefined
}
