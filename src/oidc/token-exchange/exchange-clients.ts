import type { StoredClient } from '../pg-clients.ts'

export const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token'

const proving = ['private_key_jwt', 'client_secret_basic']

/** Whether a client may act for people by way of an agent: registered for it, and confidential. */
export function mayExchange(client: Pick<StoredClient, 'metadata'> | undefined): boolean {
  const { grant_types: grants, token_endpoint_auth_method: method } = client?.metadata ?? {}
  return Array.isArray(grants) && grants.includes(exchangeGrant) && proving.includes(String(method))
}

/**
 * Who may act with the tokens of whose customers: a client with its own; and one of ours with those of another of ours that
 * names it in `may_act` (RFC 8693 4.4). What a person allowed another house's client stays with that client.
 */
export function mayActFor(actor: StoredClient, owner: StoredClient): boolean {
  if (actor.clientId === owner.clientId) return true
  const named = owner.metadata['may_act']
  return actor.firstParty && owner.firstParty && Array.isArray(named) && named.includes(actor.clientId)
}
