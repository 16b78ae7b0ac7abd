import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { z } from 'zod'
import { acrValues } from './assurance.ts'
import { type AddressFault, addressWords, pageFault, redirectFault } from './client-addresses.ts'

/** What is wrong with one value: a stable code, and words that say the rule and what to write instead. */
const faulty = (check: z.core.$RefinementCtx, code: string, message: string) =>
  check.addIssue({ code: 'custom', params: { code }, message })

/** One of the values that are served. What this house refuses on purpose says why. */
const oneOf = (served: readonly string[], refused: readonly (readonly [RegExp, string])[] = []) =>
  z.string().superRefine((value, check) => {
    if (served.includes(value)) return
    const why = refused.find(([shape]) => shape.test(value))?.[1]
    const instead = `write ${served.map((one) => `"${one}"`).join(' or ')}`
    if (why === undefined) faulty(check, 'unsupported', `"${value}" is not served here; ${instead}`)
    else faulty(check, 'forbidden', `"${value}" is refused: ${why}; ${instead}`)
  })

const inClear = 'it needs the client secret in clear, of which only a hash is kept (R18)'
const unsigned: readonly (readonly [RegExp, string])[] = [
  [/^none$/, 'what nobody signed proves nothing (R28)'],
  [/^HS/, inClear],
]
/** What we sign with, and what others may sign with towards us (R28). */
const ourSignature = oneOf(['ES256', 'EdDSA', 'RS256'], unsigned)
const theirSignature = oneOf(['ES256', 'PS256', 'EdDSA', 'RS256'], unsigned)
const keyEncryption = oneOf(
  ['RSA-OAEP-256', 'RSA-OAEP', 'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW'],
  [
    [/^(dir$|A\d{3})/, inClear],
    [/^RSA1_5$/, 'its padding gives the content away (RFC 8725 3.2)'],
    [/^PBES2/, 'it lets others choose how long we compute'],
  ],
)
const contentEncryption = oneOf(['A128CBC-HS256', 'A256CBC-HS512', 'A128GCM', 'A256GCM'])

const addressOf = (fault: (uri: string) => AddressFault | undefined) =>
  z
    .string()
    .max(2048)
    .superRefine((uri, check) => {
      const why = fault(uri)
      if (why !== undefined) faulty(check, why, `${JSON.stringify(uri.slice(0, 200))} ${addressWords(why)}`)
    })
const page = addressOf(pageFault)
const endpoint = addressOf((uri) => redirectFault(uri, 'web'))
const shown = z.string().min(1).max(200)
const text = z.string().min(1).max(500)

const secretParts = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']
const isKey = (jwk: JsonWebKey): boolean => {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' }).type === 'public'
  } catch {
    return false
  }
}
const publicJwk = z
  .object({ kty: z.enum(['EC', 'OKP', 'RSA']), kid: z.string().max(256).optional() })
  .catchall(z.unknown())
  .superRefine((jwk, check) => {
    if (secretParts.some((name) => name in jwk)) {
      faulty(
        check,
        'private',
        'is a private key, and is known to us now; make another and write its public half',
      )
    } else if (!isKey(jwk)) {
      faulty(check, 'no-key', 'is no public key; write what your library exports, as a whole (RFC 7517)')
    }
    // 2048 bits are 342 letters (RFC 7518 3.3).
    if (jwk.kty === 'RSA' && String(jwk['n']).length < 342) {
      faulty(check, 'short', 'is shorter than 2048 bits; write a longer one, or one of P-256')
    }
  })

const scopeTokens = /^[!#-[\]-~]+( [!#-[\]-~]+)*$/

/**
 * Every name that a client's metadata may have, with its shape: OpenID Connect Dynamic Registration 1.0 §2, RFC 7591,
 * RP-initiated, back-channel and front-channel logout, JAR (RFC 9101), PAR (9126), DPoP (9449), JARM, CIBA, mTLS (8705),
 * RAR (9396) and signed introspection (9701); and two of ours: `touchpoint`, the place where the client stands, and
 * `may_act`, the clients that may act with the tokens of its customers (RFC 8693). Defaults are those that are registered for
 * the name. What is not used by the engine is kept as the client's own description of itself.
 */
export const clientFields = {
  client_name: shown.optional(),
  client_uri: page.optional(),
  logo_uri: page.optional(),
  policy_uri: page.optional(),
  tos_uri: page.optional(),
  contacts: z.array(z.email('is no e-mail address; write one, such as team@shop.example')).max(20).optional(),
  touchpoint: z
    .string()
    .regex(/^[a-z0-9-]{2,64}$/, 'is no code of a touchpoint; write one, such as "gran-via"')
    .optional(),
  may_act: z
    .array(
      z
        .string()
        .regex(/^[a-z0-9][a-z0-9._-]{2,62}$/, 'is no id of a client; write one, such as "call-centre"'),
    )
    .max(20)
    .optional(),
  software_id: text.optional(),
  software_version: text.optional(),

  application_type: oneOf(['web', 'native']).default('web'),
  redirect_uris: z.array(z.string().max(2048)).max(50).default([]),
  post_logout_redirect_uris: z.array(z.string().max(2048)).max(50).optional(),
  request_uris: z.array(endpoint).max(50).optional(),
  grant_types: z
    .array(
      oneOf(
        [
          'authorization_code',
          'refresh_token',
          'client_credentials',
          'urn:ietf:params:oauth:grant-type:device_code',
          'urn:openid:params:grant-type:ciba',
          'urn:ietf:params:oauth:grant-type:token-exchange',
        ],
        [
          [/^implicit$/, 'tokens in an address are read by whoever sees it (RFC 9700 2.1.2)'],
          [/^password$/, 'no application may ask people for their password here (RFC 9700 2.4)'],
        ],
      ),
    )
    .min(1)
    .default(['authorization_code']),
  response_types: z
    .array(oneOf(['code'], [[/token/, 'tokens in an address are read by whoever sees it (RFC 9700 2.1.2)']]))
    .optional(),
  // Registration has no such name, so that whoever knows only its names gets all that are good for a code.
  response_modes: z
    .array(
      oneOf(['query', 'form_post'], [[/^fragment$/, 'it is for tokens in an address, which are not given']]),
    )
    .min(1)
    .default(['query', 'form_post']),
  scope: z
    .string()
    .max(2000)
    .regex(scopeTokens, 'is no list of scopes; part their names by one space, as in "openid email"')
    .optional(),

  token_endpoint_auth_method: oneOf(
    ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    [
      [/^client_secret_jwt$/, inClear],
      [/tls_client_auth$/, 'client certificates end at the proxy in front of this house'],
    ],
  ).default('client_secret_basic'),
  token_endpoint_auth_signing_alg: theirSignature.optional(),
  jwks: z.strictObject({ keys: z.array(publicJwk).min(1).max(20) }).optional(),
  jwks_uri: endpoint.optional(),
  tls_client_auth_subject_dn: text.optional(),
  tls_client_auth_san_dns: text.optional(),
  tls_client_auth_san_uri: text.optional(),
  tls_client_auth_san_ip: text.optional(),
  tls_client_auth_san_email: text.optional(),
  tls_client_certificate_bound_access_tokens: z.boolean().optional(),
  dpop_bound_access_tokens: z.boolean().optional(),

  subject_type: oneOf(['public', 'pairwise']).optional(),
  sector_identifier_uri: endpoint.optional(),
  // RS256 is what OpenID Connect registers as the default, and what many libraries take for granted.
  id_token_signed_response_alg: ourSignature.default('RS256'),
  id_token_encrypted_response_alg: keyEncryption.optional(),
  id_token_encrypted_response_enc: contentEncryption.optional(),
  userinfo_signed_response_alg: ourSignature.optional(),
  userinfo_encrypted_response_alg: keyEncryption.optional(),
  userinfo_encrypted_response_enc: contentEncryption.optional(),
  introspection_signed_response_alg: ourSignature.optional(),
  introspection_encrypted_response_alg: keyEncryption.optional(),
  introspection_encrypted_response_enc: contentEncryption.optional(),
  authorization_signed_response_alg: ourSignature.optional(),
  authorization_encrypted_response_alg: keyEncryption.optional(),
  authorization_encrypted_response_enc: contentEncryption.optional(),
  request_object_signing_alg: theirSignature.optional(),
  request_object_encryption_alg: keyEncryption.optional(),
  request_object_encryption_enc: contentEncryption.optional(),
  require_signed_request_object: z.boolean().optional(),
  require_pushed_authorization_requests: z.boolean().optional(),
  authorization_details_types: z.array(text).max(50).optional(),

  default_max_age: z.int().min(0).optional(),
  default_acr_values: z.array(oneOf([...acrValues])).optional(),
  require_auth_time: z.boolean().optional(),
  initiate_login_uri: endpoint.optional(),
  backchannel_logout_uri: endpoint.optional(),
  backchannel_logout_session_required: z.boolean().optional(),
  frontchannel_logout_uri: endpoint.optional(),
  frontchannel_logout_session_required: z.boolean().optional(),
  backchannel_token_delivery_mode: oneOf(['poll', 'ping', 'push']).optional(),
  backchannel_client_notification_endpoint: endpoint.optional(),
  backchannel_authentication_request_signing_alg: theirSignature.optional(),
  backchannel_user_code_parameter: z.boolean().optional(),
} as const

/** Names that people read, which may be given in other languages too, as in `client_name#es` (RFC 7591 2.2). */
export const localisedFields = ['client_name', 'client_uri', 'logo_uri', 'policy_uri', 'tos_uri'] as const

/** Given by whoever registers a client, never taken from it: what was registered can be handed in again as it is. */
export const assignedFields: readonly string[] = [
  'client_id',
  'client_secret',
  'client_secret_expires_at',
  'client_id_issued_at',
  'registration_access_token',
  'registration_client_uri',
]
