import { errors } from 'oidc-provider'
import { isId } from '../../kernel/ids.ts'
import { accessTokenType } from './exchange-clients.ts'

export interface ExchangeRequest {
  readonly subjectToken: string
  /** The staff id of whoever acts. */
  readonly agent: string
  readonly resource: string | undefined
  /** Undefined: all that may be had. */
  readonly scopes: readonly string[] | undefined
}

/** What the token endpoint takes for this grant (RFC 8693 2.1), and `acting_agent`, which is ours. */
export const exchangeParameters = [
  'subject_token',
  'subject_token_type',
  'actor_token',
  'actor_token_type',
  'requested_token_type',
  'acting_agent',
  'resource',
  'audience',
  'scope',
] as const

const tokenShape = /^[A-Za-z0-9_-]{20,512}$/
const refuse = (description: string): never => {
  throw new errors.InvalidRequest(description)
}

export function exchangeRequest(params: Readonly<Record<string, unknown>>): ExchangeRequest {
  const given = (name: (typeof exchangeParameters)[number]): string | undefined => {
    const value = params[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const subjectToken = given('subject_token') ?? refuse('subject_token is needed')
  if (given('subject_token_type') !== accessTokenType) refuse(`subject_token_type is ${accessTokenType} here`)
  if ((given('requested_token_type') ?? accessTokenType) !== accessTokenType) {
    refuse(`requested_token_type is ${accessTokenType} here, or left out`)
  }
  // Whoever works here has no token of ours that could prove them to a client; the client vouches for them by name.
  if (given('actor_token') !== undefined || given('actor_token_type') !== undefined) {
    refuse('actor_token is not used here; name the agent in acting_agent')
  }
  const agent = given('acting_agent')
  if (agent === undefined || !isId(agent))
    return refuse('acting_agent is needed: the staff id of whoever acts')
  if (given('audience') !== undefined) throw new errors.InvalidTarget('name the service by resource')
  if (!tokenShape.test(subjectToken)) refuse(unfit)
  return {
    subjectToken,
    agent,
    resource: given('resource'),
    scopes: given('scope')?.split(' ').filter(Boolean),
  }
}

/** One answer for every token that will not do, so that nobody learns by it what a stolen one is good for. */
export const unfit = 'subject_token is not one that this client may act with'
