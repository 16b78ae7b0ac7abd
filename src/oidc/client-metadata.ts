import { z } from 'zod'
import { type FieldIssue, invalid } from '../kernel/errors.ts'
import { isId } from '../kernel/ids.ts'
import { acrValues } from './assurance.ts'

/** This machine: by address, or by a name that never resolves to another one (RFC 6761 6.3). */
const loopback = (hostname: string): boolean =>
  hostname === '127.0.0.1' || hostname === '[::1]' || /(^|\.)localhost$/.test(hostname)
const forbidden = new Set([
  'javascript:',
  'data:',
  'vbscript:',
  'blob:',
  'file:',
  'about:',
  'ws:',
  'wss:',
  'ftp:',
])
/** A scheme of an app's own: a domain turned round, so that it belongs to somebody (RFC 8252 7.1). */
const reverseDomain = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/
/** Anything but printable ASCII: spaces, controls, and letters that only look like others. */
const unprintable = /[^!-~]/

/** Why a redirect address is not acceptable, or undefined (R3). Checked on the text, not on what a parser made of it. */
function redirectFault(uri: string, application: 'web' | 'native'): string | undefined {
  if (unprintable.test(uri) || uri.includes('\\')) return 'malformed'
  const url = URL.parse(uri)
  if (url === null) return 'malformed'
  if (uri.includes('#')) return 'fragment'
  if (uri.includes('*')) return 'wildcard'
  if (url.username !== '' || url.password !== '') return 'credentials'
  if (forbidden.has(url.protocol)) return 'scheme'
  if (url.protocol === 'https:') return url.hostname === '' ? 'malformed' : undefined
  if (url.protocol === 'http:') return loopback(url.hostname) ? undefined : 'http'
  if (application === 'web') return 'scheme'
  return reverseDomain.test(url.protocol) ? undefined : 'scheme'
}

const https = z.url({ protocol: /^https$/ })
const algorithms = ['ES256', 'EdDSA', 'RS256'] as const
const publicJwk = z
  .object({ kty: z.enum(['EC', 'RSA', 'OKP']), kid: z.string().max(256).optional() })
  .catchall(z.unknown())
  .refine((jwk) => !['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'].some((name) => name in jwk), 'private')

const metadata = z
  .strictObject({
    client_name: z.string().min(1).max(100),
    client_uri: https.optional(),
    logo_uri: https.optional(),
    policy_uri: https.optional(),
    tos_uri: https.optional(),
    contacts: z.array(z.email()).max(5).optional(),
    application_type: z.enum(['web', 'native']).default('web'),
    redirect_uris: z.array(z.string().max(512)).max(20).default([]),
    post_logout_redirect_uris: z.array(z.string().max(512)).max(20).optional(),
    grant_types: z
      .array(z.enum(['authorization_code', 'refresh_token', 'client_credentials']))
      .default(['authorization_code', 'refresh_token']),
    response_types: z.array(z.literal('code')).optional(),
    response_modes: z
      .array(z.enum(['query', 'form_post']))
      .min(1)
      .default(['query']),
    scope: z.string().max(1000).optional(),
    token_endpoint_auth_method: z.enum([
      'none',
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
    ]),
    token_endpoint_auth_signing_alg: z.enum(['ES256', 'PS256', 'EdDSA', 'RS256']).optional(),
    jwks: z.strictObject({ keys: z.array(publicJwk).min(1).max(10) }).optional(),
    jwks_uri: https.optional(),
    subject_type: z.enum(['public', 'pairwise']).optional(),
    sector_identifier_uri: https.optional(),
    id_token_signed_response_alg: z.enum(algorithms).default('ES256'),
    userinfo_signed_response_alg: z.enum(algorithms).optional(),
    request_object_signing_alg: z.enum(['ES256', 'PS256', 'EdDSA', 'RS256']).optional(),
    require_signed_request_object: z.boolean().optional(),
    require_pushed_authorization_requests: z.boolean().optional(),
    dpop_bound_access_tokens: z.boolean().optional(),
    default_max_age: z
      .int()
      .min(0)
      .max(86_400 * 90)
      .optional(),
    default_acr_values: z.array(z.enum(acrValues as [string, ...string[]])).optional(),
    require_auth_time: z.boolean().optional(),
    backchannel_logout_uri: z.string().max(512).optional(),
    backchannel_logout_session_required: z.boolean().optional(),
    initiate_login_uri: https.optional(),
  })
  .superRefine((client, check) => {
    const fault = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message })
    for (const name of ['redirect_uris', 'post_logout_redirect_uris'] as const) {
      for (const uri of client[name] ?? []) {
        const why = redirectFault(uri, client.application_type)
        if (why !== undefined) fault(name, why)
      }
    }
    const codes = client.grant_types.includes('authorization_code')
    if (codes && client.redirect_uris.length === 0) fault('redirect_uris', 'missing')
    if (!codes && client.redirect_uris.length > 0) fault('redirect_uris', 'not-used')
    if (client.grant_types.includes('client_credentials') && client.token_endpoint_auth_method === 'none') {
      fault('token_endpoint_auth_method', 'credential-needed')
    }
    const signs =
      client.token_endpoint_auth_method === 'private_key_jwt' ||
      client.request_object_signing_alg !== undefined ||
      client.require_signed_request_object === true
    if (signs && client.jwks === undefined && client.jwks_uri === undefined) fault('jwks', 'missing')
    if (client.jwks !== undefined && client.jwks_uri !== undefined)
      fault('jwks_uri', 'either-jwks-or-jwks-uri')
    const logout = client.backchannel_logout_uri
    if (logout !== undefined && redirectFault(logout, 'web') !== undefined)
      fault('backchannel_logout_uri', 'address')
    const hosts = new Set(client.redirect_uris.map((uri) => URL.parse(uri)?.host))
    if (client.subject_type === 'pairwise' && hosts.size > 1 && client.sector_identifier_uri === undefined) {
      fault('sector_identifier_uri', 'missing')
    }
  })

export type ClientMetadata = Readonly<Record<string, unknown>>

const clientIdShape = /^[a-z0-9][a-z0-9._-]{2,62}$/

/**
 * A client as it may be registered, from the command line or a console. A client of ours (`firstParty`) sees the public
 * `sub`; every other one a pairwise one unless it was decided otherwise. Throws `client-metadata` with a field for each
 * fault. A client id never has the shape of a subject's, so that a token of one can never pass for the other's (R19).
 */
export function parseClientMetadata(
  clientId: string,
  input: unknown,
  options: { readonly firstParty: boolean },
): ClientMetadata {
  const parsed = metadata.safeParse(input)
  const issues: FieldIssue[] = []
  if (!clientIdShape.test(clientId) || isId(clientId)) issues.push({ field: 'client_id', code: 'shape' })
  if (!parsed.success) {
    issues.push(
      ...parsed.error.issues.map((issue) => ({
        field: issue.path.map(String).join('.') || 'client',
        code: issue.code === 'custom' ? issue.message : issue.code,
      })),
    )
  }
  if (!parsed.success || issues.length > 0) {
    throw invalid('client-metadata', 'The client cannot be registered like this.', issues)
  }
  const codes = parsed.data.grant_types.includes('authorization_code')
  return {
    ...Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined)),
    response_types: codes ? ['code'] : [],
    subject_type: parsed.data.subject_type ?? (options.firstParty ? 'public' : 'pairwise'),
  }
}
