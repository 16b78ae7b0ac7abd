import { z } from 'zod'
import { invalid, type PlacetError } from '../kernel/errors.ts'
import type { SigningAlgorithm } from '../platform/crypto/index.ts'
import type { ClientFault } from './client-metadata.ts'
import type { Tell } from './client-rules.ts'
import { nearestName } from './nearest-name.ts'
import {
  identifierFault,
  lifetimeBounds,
  type RegisteredResource,
  type Resource,
  usualLifetime,
} from './resource.ts'

/** Names the field, the rule and what to write for each thing that is wrong. */
export const refusedResource = (faults: readonly ClientFault[]): PlacetError =>
  invalid(
    'resource-document',
    `The service cannot be registered like this:\n${faults.map(({ field, words }) => `  - ${field} ${words}`).join('\n')}`,
    faults.map(({ field, code }) => ({ field, code })),
  )

const { least, most } = lifetimeBounds
const lifetimeRule = `is a whole number of seconds from ${least} to ${most}; what was given out can be stolen that long`
const scope = z
  .string()
  .max(100)
  .regex(/^[!#-[\]-~]+$/, 'is no name of a scope; write printable letters without spaces, as in stock:read')

const shape = z.strictObject({
  identifier: z.string(
    'is needed: the URI by which clients name the service, as in https://stock.example.com',
  ),
  name: z.string('is needed: what people read when a client asks for it').min(1).max(200),
  token_format: z
    .enum(
      ['opaque', 'jwt'],
      'is "opaque", which the service introspects, or "jwt", which it verifies by itself; write one of them',
    )
    .default('opaque'),
  signing_alg: z
    .enum(['ES256', 'EdDSA', 'RS256'], 'is not what this house signs with; write "ES256", "EdDSA" or "RS256"')
    .optional(),
  scopes: z.array(scope, 'is needed: a list of the names of what may be done there').min(1).max(50),
  lifetime_seconds: z.int(lifetimeRule).min(least, lifetimeRule).max(most, lifetimeRule).optional(),
  consent_gated: z.boolean('is true or false').default(true),
  introspecting_clients: z.array(z.string().max(100)).max(20).default([]),
  clients: z.record(z.string().max(100), z.array(scope).min(1)).default({}),
})
type Fields = z.infer<typeof shape>

/** What a listing shows and nobody chooses, so that what was listed can be handed in again. */
const shown: readonly string[] = ['created_at', 'retired_at']

const faultsOf = (issues: readonly z.core.$ZodIssue[]): ClientFault[] =>
  issues.flatMap((issue): ClientFault[] => {
    const field = issue.path.map(String).join('.')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((name) => {
        const near = nearestName(name, Object.keys(shape.shape))
        const hint = near === undefined ? 'leave it out' : `did you mean "${near}"?`
        return { field: name, code: 'unknown', words: `is no name of a service's document; ${hint}` }
      })
    }
    const words = /^is /.test(issue.message) ? issue.message : `is not right: ${issue.message}`
    return [{ field, code: issue.code, words }]
  })

/** What the house has that a service must fit in with. */
export interface ResourceSurroundings {
  readonly issuer: URL
  /** What there is an active key for. */
  readonly algorithms: readonly SigningAlgorithm[]
  /** Scopes that ask for claims about a person. */
  readonly identityScopes: readonly string[]
}

function tokens(given: Fields, { algorithms }: ResourceSurroundings, tell: Tell): void {
  if (given.token_format === 'opaque') {
    if (given.signing_alg !== undefined)
      tell('signing_alg', 'not-used', 'is for a JWT; an opaque token is not signed; leave it out')
    if (given.introspecting_clients.length === 0) {
      const words =
        'is needed: an opaque token tells a service nothing until its client introspects it; name that client'
      tell('introspecting_clients', 'missing', words)
    }
    return
  }
  if (given.consent_gated) {
    const words =
      'is true unless said otherwise, and then token_format is "opaque": nobody can call a JWT back, so it would outlive a withdrawal; write "consent_gated": false only if nothing the service gives out hangs on consent'
    tell('consent_gated', 'jwt-outlives-withdrawal', words)
  }
  const alg = given.signing_alg
  if (alg !== undefined && !algorithms.includes(alg))
    tell(
      'signing_alg',
      'no-key',
      `is ${alg}, for which there is no key here; write ${algorithms.join(' or ')}`,
    )
  if (given.introspecting_clients.length > 0) {
    const words =
      'is for opaque tokens; the service verifies a JWT by itself and introspection refuses it; leave it out'
    tell('introspecting_clients', 'not-used', words)
  }
}

function scopes(given: Fields, { identityScopes }: ResourceSurroundings, tell: Tell): void {
  const taken = given.scopes.filter((one) => ['openid', 'offline_access', ...identityScopes].includes(one))
  if (taken.length > 0) {
    const words = `has ${taken.join(', ')}, which asks for claims about the person here; choose a name of the service's own, as in stock:${taken[0]}`
    tell('scopes', 'identity-scope', words)
  }
  for (const [clientId, asked] of Object.entries(given.clients)) {
    const strange = asked.filter((one) => !given.scopes.includes(one))
    if (strange.length > 0)
      tell(
        `clients.${clientId}`,
        'unknown-scope',
        `names ${strange.join(', ')}, which is not in scopes; add it there or leave it out`,
      )
  }
}

const unique = (names: readonly string[]) => [...new Set(names)]

/** A service as it may be registered. Throws `resource-document` with a field for each fault. */
export function parseResource(
  input: Readonly<Record<string, unknown>>,
  surroundings: ResourceSurroundings,
): Resource {
  const faults: ClientFault[] = []
  const tell: Tell = (field, code, words) => void faults.push({ field, code, words })
  const given = Object.entries(input).filter(
    ([name, value]) => value !== null && value !== undefined && !shown.includes(name),
  )
  const parsed = shape.safeParse(Object.fromEntries(given))
  if (!parsed.success) throw refusedResource(faultsOf(parsed.error.issues))
  const { data } = parsed
  const fault = identifierFault(data.identifier, surroundings.issuer)
  if (fault !== undefined) tell('identifier', fault.code, fault.words)
  tokens(data, surroundings, tell)
  scopes(data, surroundings, tell)
  if (faults.length > 0) throw refusedResource(faults)
  return {
    identifier: data.identifier,
    name: data.name,
    tokenFormat: data.token_format,
    signingAlg: data.token_format === 'jwt' ? (data.signing_alg ?? 'ES256') : undefined,
    scopes: unique(data.scopes),
    lifetimeSeconds: data.lifetime_seconds ?? usualLifetime(data.token_format),
    consentGated: data.consent_gated,
    introspectors: unique(data.introspecting_clients),
    clients: Object.fromEntries(
      Object.entries(data.clients).map(([clientId, asked]) => [clientId, unique(asked)]),
    ),
  }
}

export type ResourceDocument = Readonly<Record<string, unknown>>

/** A service as commands print it; can be handed in again. */
export const resourceDocument = (resource: RegisteredResource): ResourceDocument => ({
  identifier: resource.identifier,
  name: resource.name,
  token_format: resource.tokenFormat,
  ...(resource.signingAlg === undefined ? {} : { signing_alg: resource.signingAlg }),
  scopes: resource.scopes,
  lifetime_seconds: resource.lifetimeSeconds,
  consent_gated: resource.consentGated,
  introspecting_clients: resource.introspectors,
  clients: resource.clients,
  created_at: resource.createdAt.toISOString(),
  retired_at: resource.retiredAt?.toISOString() ?? null,
})
