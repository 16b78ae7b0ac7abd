import type { Assurance } from '../kernel/actor.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Entropy, SubjectId } from '../kernel/ids.ts'
import { toAcr, toAmr } from './assurance.ts'
import type { RowSeal } from './row-seal.ts'

/** A yes given on the customer's own device to something that waits elsewhere, in the engine's words. */
export interface EngineApproval {
  readonly codeHash: Uint8Array
  readonly sealedCode: Uint8Array
  readonly grantId: string
  readonly sealedGrant: Uint8Array
  readonly grantExpiresAt: Date
  readonly clientId: string
  readonly subjectId: SubjectId
  /** The session that said yes, where ending it shall end what it approved. */
  readonly sessionRef: string | undefined
}

/** Seconds: of the grant behind such tokens; longer than they live, and not by much. */
const grantLifetime = 1800

/**
 * The code or request that waits names the person and how they were proven, and a grant of this yes alone holds what they
 * allowed. It is never added to another grant, so whoever waits inherits nothing and leaves nothing behind. Undefined when
 * the code does not open here.
 */
export function engineApproval(
  parts: { readonly rowSeal: RowSeal; readonly clock: Clock; readonly entropy: Entropy },
  held: {
    readonly codeHash: Uint8Array
    readonly clientId: string
    readonly sealedCode: Uint8Array
    readonly scopes: readonly string[]
  },
  who: {
    readonly subjectId: SubjectId
    readonly assurance: Assurance
    readonly authenticatedAt: Date
    readonly sessionRef?: string
  },
): EngineApproval | undefined {
  const { codeHash, clientId } = held
  const row = Buffer.from(codeHash).toString('hex')
  const code = parts.rowSeal.open('oidc_tokens', row, held.sealedCode)
  if (typeof code !== 'object' || code === null) return undefined
  const { subjectId, assurance, authenticatedAt, sessionRef } = who
  const grantId = Buffer.from(parts.entropy.bytes(32)).toString('base64url')
  const scope = held.scopes.join(' ')
  const acr = toAcr(assurance)
  const now = Math.floor(parts.clock.now().getTime() / 1000)
  const exp = now + grantLifetime
  return {
    codeHash,
    sealedCode: parts.rowSeal.seal('oidc_tokens', row, {
      ...code,
      accountId: subjectId,
      ...(acr === undefined ? {} : { acr }),
      amr: toAmr(assurance),
      authTime: Math.floor(authenticatedAt.getTime() / 1000),
      grantId,
      scope,
      ...(sessionRef === undefined ? {} : { sessionUid: sessionRef }),
    }),
    grantId,
    sealedGrant: parts.rowSeal.seal('oidc_grants', grantId, {
      iat: now,
      exp,
      jti: grantId,
      kind: 'Grant',
      accountId: subjectId,
      clientId,
      openid: { scope },
    }),
    grantExpiresAt: new Date(exp * 1000),
    clientId,
    subjectId,
    sessionRef,
  }
}
