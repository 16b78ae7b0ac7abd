import type { z } from 'zod'
import { addressWords, redirectFault } from './client-addresses.ts'
import type { clientFields } from './client-fields.ts'

export type ClientFields = z.infer<z.ZodObject<typeof clientFields>>
/** Tells what is wrong: field, stable code, and words that say the rule and what to write instead. */
export type Tell = (field: string, code: string, words: string) => void

const usesCodes = (client: Pick<ClientFields, 'grant_types'>) =>
  client.grant_types.includes('authorization_code')

function addresses(client: ClientFields, tell: Tell): void {
  const native = client.application_type === 'native'
  for (const name of ['redirect_uris', 'post_logout_redirect_uris'] as const) {
    for (const uri of client[name] ?? []) {
      const why = redirectFault(uri, native ? 'native' : 'web')
      if (why !== undefined) tell(name, why, `${JSON.stringify(uri.slice(0, 200))} ${addressWords(why)}`)
    }
  }
  if (usesCodes(client) && client.redirect_uris.length === 0) {
    tell(
      'redirect_uris',
      'missing',
      'is needed for authorization_code; write every address a code may be sent to, or "grant_types": ["client_credentials"] if nobody signs in',
    )
  }
  if (!usesCodes(client) && client.redirect_uris.length > 0) {
    tell(
      'redirect_uris',
      'not-used',
      'is for authorization_code, which grant_types leaves out; write it there, or leave the addresses out',
    )
  }
}

function flows(client: ClientFields, tell: Tell): void {
  const { response_types: types } = client
  if (types !== undefined && types.includes('code') !== usesCodes(client)) {
    tell(
      'response_types',
      'grant-mismatch',
      'and grant_types must agree (RFC 7591 2.1): "code" goes with "authorization_code"; write both or neither',
    )
  }
  if (client.grant_types.includes('client_credentials') && client.token_endpoint_auth_method === 'none') {
    tell(
      'token_endpoint_auth_method',
      'credential-needed',
      'is "none", but client_credentials is for who can prove to be the client; write "client_secret_basic" or "private_key_jwt"',
    )
  }
}

function calls(client: ClientFields, tell: Tell): void {
  if (!client.grant_types.includes('urn:openid:params:grant-type:ciba')) return
  if (!['client_secret_basic', 'private_key_jwt'].includes(client.token_endpoint_auth_method)) {
    tell(
      'token_endpoint_auth_method',
      'credential-needed',
      'does not do for requests by telephone, which are for who can prove to be the client; write "client_secret_basic" or "private_key_jwt"',
    )
  }
}

function exchange(client: ClientFields, tell: Tell): void {
  if (!client.grant_types.includes('urn:ietf:params:oauth:grant-type:token-exchange')) return
  if (!['client_secret_basic', 'private_key_jwt'].includes(client.token_endpoint_auth_method)) {
    tell(
      'token_endpoint_auth_method',
      'credential-needed',
      'does not do for acting for somebody, which is for who can prove to be the client; write "client_secret_basic" or "private_key_jwt"',
    )
  }
}

const needsKeys = (client: ClientFields): string | undefined => {
  if (client.token_endpoint_auth_method === 'private_key_jwt') return 'private_key_jwt'
  return (
    [
      'request_object_signing_alg',
      'backchannel_authentication_request_signing_alg',
      'id_token_encrypted_response_alg',
      'userinfo_encrypted_response_alg',
      'introspection_encrypted_response_alg',
      'authorization_encrypted_response_alg',
      'require_signed_request_object',
    ] as const
  ).find((name) => client[name] !== undefined && client[name] !== false)
}

function keys(client: ClientFields, tell: Tell): void {
  const why = needsKeys(client)
  if (why !== undefined && client.jwks === undefined && client.jwks_uri === undefined) {
    tell(
      'jwks',
      'missing',
      `is needed for ${why}; write the public keys in jwks, or their address in jwks_uri`,
    )
  }
  if (client.jwks !== undefined && client.jwks_uri !== undefined) {
    tell(
      'jwks_uri',
      'either-jwks-or-jwks-uri',
      'and jwks exclude each other (RFC 7591 2); leave one of them out',
    )
  }
  if (
    client.token_endpoint_auth_signing_alg !== undefined &&
    client.token_endpoint_auth_method !== 'private_key_jwt'
  ) {
    tell(
      'token_endpoint_auth_signing_alg',
      'not-used',
      'is for private_key_jwt; write that as token_endpoint_auth_method, or leave it out',
    )
  }
}

function sector(client: ClientFields, tell: Tell): void {
  const hosts = new Set(client.redirect_uris.map((uri) => URL.parse(uri)?.host))
  if (client.subject_type === 'pairwise' && hosts.size > 1 && client.sector_identifier_uri === undefined) {
    tell(
      'sector_identifier_uri',
      'missing',
      'is needed for pairwise subjects when redirect_uris name several hosts (OpenID Connect Core 8.1); write the https address of a JSON list of all of them',
    )
  }
}

/** Rules over more than one field. */
export function checkRules(client: ClientFields, tell: Tell): void {
  for (const rule of [addresses, flows, calls, exchange, keys, sector]) rule(client, tell)
}

/** What a client that does not say gets: a code for who uses codes. */
export const responseTypesOf = (client: ClientFields): readonly string[] =>
  usesCodes(client) ? ['code'] : []
