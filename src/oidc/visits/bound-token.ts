import type { Assurance } from '../../kernel/actor.ts'
import { parseId, type SubjectId } from '../../kernel/ids.ts'
import { fromAcr } from '../assurance.ts'
import { type BearerParts, personBehind } from '../bearer.ts'
import { terminalOf } from '../device/terminals.ts'
import { RequestUnit } from '../request-unit.ts'
import { keyFitsClient } from '../touchpoint-of-client.ts'

export interface BoundToken {
  readonly subjectId: SubjectId
  readonly clientId: string
  readonly touchpointId: string
  readonly grantId: string
  readonly keyThumbprint: string
  /** How the session that approved it was proven. */
  readonly assurance: Assurance
  readonly authenticatedAt: Date
}

/**
 * A terminal's token, shown with a proof of the key it is bound to (RFC 9449 7.1). The session on the phone that said yes
 * must still be there: whoever signed out between yes and screen is not let in behind their back.
 */
export async function boundToken(
  parts: BearerParts,
  value: string,
  keyThumbprint: string,
): Promise<BoundToken | undefined> {
  const unit = new RequestUnit(parts, () => ({
    interactionId: undefined,
    clientId: undefined,
    pushedRequestId: undefined,
  }))
  const token = await unit.token(value)
  if (token?.kind !== 'AccessToken') return undefined
  const { clientId, scope, exp, jkt, grantId, sessionUid } = token.payload
  const now = parts.clock.now().getTime() / 1000
  if (typeof clientId !== 'string' || typeof exp !== 'number' || exp <= now || jkt !== keyThumbprint)
    return undefined
  const terminal = terminalOf(parts.clients.find(clientId))
  if (terminal === undefined || !keyFitsClient(parts.clients, clientId, keyThumbprint)) return undefined
  if (typeof scope !== 'string' || !scope.split(' ').includes('kiosk')) return undefined
  if (typeof grantId !== 'string' || typeof sessionUid !== 'string') return undefined
  const subjectId = await personBehind(unit, token.payload, clientId, now)
  const session = await unit.sessionByUid(sessionUid)
  if (subjectId === undefined || parseId<'subject'>(session?.['accountId']) !== subjectId) return undefined
  const { acr, loginTs } = session ?? {}
  if (typeof loginTs !== 'number') return undefined
  return {
    subjectId,
    clientId,
    touchpointId: terminal.touchpointId,
    grantId,
    keyThumbprint,
    assurance: fromAcr(acr),
    authenticatedAt: new Date(loginTs * 1000),
  }
}
