import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'
import type { Clock } from '../../kernel/clock.ts'
import type { PresentedToken } from './visit.ts'

/** How old a proof may be, and by how much the clocks of two machines may differ; seconds. */
const longest = 60
const tolerance = 15

/**
 * The thumbprint of the key that signed this request (RFC 9449 4.3), with its token where there is one, or undefined for a proof of another request, another
 * token or another time. That it was not shown before is for whoever opens something with it to see to.
 */
export async function keyOfProof(
  clock: Clock,
  {
    token,
    proof,
    method,
    url,
  }: Pick<PresentedToken, 'proof' | 'method' | 'url'> & { readonly token?: string },
): Promise<string | undefined> {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['ES256'],
      currentDate: clock.now(),
      maxTokenAge: longest,
      clockTolerance: tolerance,
      requiredClaims: ['jti', 'iat'],
    })
    const { htm, htu, ath } = payload
    const hash = token === undefined ? undefined : createHash('sha256').update(token).digest('base64url')
    if (htm !== method || htu !== url || ath !== hash || protectedHeader.jwk === undefined) return undefined
    return await calculateJwkThumbprint(protectedHeader.jwk, 'sha256')
  } catch {
    return undefined
  }
}
