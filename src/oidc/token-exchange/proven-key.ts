import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { Clock } from '../../kernel/clock.ts'

/** How old a proof may be, and by how much the clocks of two machines may differ; seconds. */
const longest = 60
const tolerance = 15
/** How long its id is remembered: until nobody would take it any more. */
const remembered = 2 * (longest + tolerance)

/**
 * Thumbprint of the key that signed this request (RFC 9449 4.3); undefined for a request without a proof. The engine has this
 * check for its own grants only. A proof works once.
 */
export async function provenKey(
  parts: { readonly clock: Clock; readonly algorithms: readonly string[] },
  ctx: KoaContextWithOIDC,
): Promise<string | undefined> {
  const proof = ctx.get('DPoP')
  if (proof === '') return undefined
  const { payload, protectedHeader } = await verified(parts, proof)
  const { htm, htu, jti } = payload
  if (htm !== 'POST' || htu !== ctx.oidc.urlFor('token') || jti === undefined) throw refused()
  const { client, provider } = ctx.oidc
  const until = Math.floor(parts.clock.now().getTime() / 1000) + remembered
  const fresh = await provider.ReplayDetection.unique(String(client?.clientId), jti, until)
  if (!fresh || protectedHeader.jwk === undefined) throw refused()
  return calculateJwkThumbprint(protectedHeader.jwk, 'sha256')
}

const refused = () => new errors.InvalidDpopProof('the proof is not for this request, too old, or was used')

async function verified(
  { clock, algorithms }: { readonly clock: Clock; readonly algorithms: readonly string[] },
  proof: string,
) {
  try {
    return await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: [...algorithms],
      currentDate: clock.now(),
      maxTokenAge: longest,
      clockTolerance: tolerance,
      requiredClaims: ['jti', 'iat', 'htm', 'htu'],
    })
  } catch {
    throw refused()
  }
}
