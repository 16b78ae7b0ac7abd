import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'
import type { Clock } from '../../kernel/clock.ts'
import type { PresentedToken } from './visit.ts'

/** How old a proof may be, and by how much the clocks of two machines may differ; seconds. */
const longest = 60
const tolerance = 15

/** As RFC 9449 4.2 has it: enough to be unique, and short enough to be counted by. */
const jtiLength = 128

/**
 * The key that signed this request (RFC 9449 4.3), with its token where there is one, or undefined for a proof of another
 * request, another token or another time. That it was not shown before is for whoever changes something by it to see to.
 */
export async function keyOfProof(
  clock: Clock,
  {
    token,
    proof,
    method,
    url,
  }: Pick<PresentedToken, 'proof' | 'method' | 'url'> & { readonly token?: string },
): Promise<{ readonly keyThumbprint: string; readonly proofId: string } | undefined> {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['ES256'],
      currentDate: clock.now(),
      maxTokenAge: longest,
      clockTolerance: tolerance,
      requiredClaims: ['jti', 'iat'],
    })
    const { htm, htu, ath, jti } = payload
    const hash = token === undefined ? undefined : createHash('sha256').update(token).digest('base64url')
    if (htm !== method || htu !== url || ath !== hash || protectedHeader.jwk === undefined) return undefined
    if (typeof jti !== 'string' || jti.length > jtiLength) return undefined
    return { keyThumbprint: await calculateJwkThumbprint(protectedHeader.jwk, 'sha256'), proofId: jti }
  } catch {
    return undefined
  }
}
