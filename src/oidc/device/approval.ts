import type { Clock } from '../../kernel/clock.ts'
import type { Entropy } from '../../kernel/ids.ts'
import { toAcr, toAmr } from '../assurance.ts'
import type { RowSeal } from '../row-seal.ts'
import type { PhoneVisitor } from './device-flow.ts'
import type { Approval, StoredFlow } from './device-store.ts'
import { deviceTimes } from './device-times.ts'
import type { FlowParticulars } from './flow-particulars.ts'

/**
 * A yes in the engine's words: the device code names the person and how they were proven, and a grant of this flow alone
 * holds what they allowed. It is never added to another grant, so a kiosk inherits nothing and leaves nothing behind.
 * Undefined when the code does not open here.
 */
export function approvalOf(
  parts: { readonly rowSeal: RowSeal; readonly clock: Clock; readonly entropy: Entropy },
  held: {
    readonly flow: StoredFlow
    readonly sealedCode: Uint8Array
    readonly particulars: FlowParticulars
  },
  who: PhoneVisitor,
): Approval | undefined {
  const { flow, particulars } = held
  const row = Buffer.from(flow.codeHash).toString('hex')
  const code = parts.rowSeal.open('oidc_tokens', row, held.sealedCode)
  if (typeof code !== 'object' || code === null) return undefined
  const { subjectId, assurance, authenticatedAt, sessionRef } = who
  const grantId = Buffer.from(parts.entropy.bytes(32)).toString('base64url')
  const scope = particulars.scopes.join(' ')
  const acr = toAcr(assurance)
  const now = Math.floor(parts.clock.now().getTime() / 1000)
  const exp = now + deviceTimes.grant
  return {
    codeHash: flow.codeHash,
    sealedCode: parts.rowSeal.seal('oidc_tokens', row, {
      ...code,
      accountId: subjectId,
      ...(acr === undefined ? {} : { acr }),
      amr: toAmr(assurance),
      authTime: Math.floor(authenticatedAt.getTime() / 1000),
      grantId,
      scope,
      sessionUid: sessionRef,
    }),
    grantId,
    sealedGrant: parts.rowSeal.seal('oidc_grants', grantId, {
      iat: now,
      exp,
      jti: grantId,
      kind: 'Grant',
      accountId: subjectId,
      clientId: flow.clientId,
      openid: { scope },
    }),
    grantExpiresAt: new Date(exp * 1000),
    clientId: flow.clientId,
    subjectId,
    sessionRef,
  }
}
