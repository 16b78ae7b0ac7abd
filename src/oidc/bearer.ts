import type { Clock } from '../kernel/clock.ts'
import { parseId, type SubjectId } from '../kernel/ids.ts'
import type { ClientCache } from './client-cache.ts'
import type { Exchange } from './ports.ts'
import { type Payload, RequestUnit, type UnitParts } from './request-unit.ts'
import { touchpointIdOf } from './touchpoint-of-client.ts'

/** What an access token presented to one of our own services allows. */
export interface Bearer {
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly audience: string | undefined
  /** Whose token it is; undefined when the client acts for itself. Never mix the two (R19). */
  readonly subjectId: SubjectId | undefined
  /** True when an agent acts with it: it was asked for on the telephone, and is no proof that the person does anything (R56). */
  readonly byAgent: boolean
  /** Where the client stands. */
  readonly touchpoint: string | undefined
}

export interface BearerParts extends UnitParts {
  readonly clients: ClientCache
  readonly clock: Clock
}

const shape = /^Bearer ([A-Za-z0-9_-]{20,512})$/i

/**
 * Checks the opaque token of a request to our own API, in one read. A token bound to a key is refused here: without
 * its proof it is only a copy. Whose token it is must be active, its grant alive, and its session too where bound.
 */
export const findBearer =
  (parts: BearerParts) =>
  async ({ req }: Exchange): Promise<Bearer | undefined> => {
    const value = shape.exec(req.headers.authorization ?? '')?.[1]
    return value === undefined ? undefined : findBearerOf(parts)(value)
  }

/** The same check for a token that came in another way, such as a person's own beside the client's. */
export const findBearerOf =
  (parts: BearerParts) =>
  async (value: string): Promise<Bearer | undefined> => {
    const unit = new RequestUnit(parts, () => ({
      interactionId: undefined,
      clientId: undefined,
      pushedRequestId: undefined,
    }))
    const token = await unit.token(value)
    if (token === undefined || (token.kind !== 'AccessToken' && token.kind !== 'ClientCredentials'))
      return undefined
    const { clientId, scope, aud, exp, jkt, gty, extra } = token.payload
    const now = parts.clock.now().getTime() / 1000
    if (typeof clientId !== 'string' || typeof exp !== 'number' || exp <= now || jkt !== undefined)
      return undefined
    if (parts.clients.find(clientId) === undefined) return undefined
    const bearer = {
      clientId,
      scopes: typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [],
      audience: typeof aud === 'string' ? aud : undefined,
      byAgent: gty === 'ciba' || (typeof extra === 'object' && extra !== null && 'act' in extra),
      touchpoint: touchpointIdOf(parts.clients, clientId),
    }
    if (token.kind === 'ClientCredentials') return { ...bearer, subjectId: undefined }
    const subjectId = await personBehind(unit, token.payload, clientId, now)
    return subjectId === undefined ? undefined : { ...bearer, subjectId }
  }

export async function personBehind(
  unit: RequestUnit,
  token: Payload,
  clientId: string,
  now: number,
): Promise<SubjectId | undefined> {
  const subjectId = parseId<'subject'>(token['accountId'])
  if (subjectId === undefined || (await unit.stateOf(subjectId, clientId)) !== 'active') return undefined
  const { grantId, expiresWithSession, sessionUid } = token
  const grant = typeof grantId === 'string' ? await unit.grant(grantId) : undefined
  if (grant === undefined || Number(grant['exp']) <= now || grant['clientId'] !== clientId) return undefined
  if (expiresWithSession === true) {
    const session = typeof sessionUid === 'string' ? await unit.sessionByUid(sessionUid) : undefined
    if (session?.['accountId'] !== subjectId || Number(session['exp']) <= now) return undefined
  }
  return subjectId
}
