import { compactVerify, EmbeddedJWK } from 'jose'
import { thumbprintOf } from './terminal-key.ts'

/** `typ` of what a terminal signs over an act that somebody did at it; good for nothing else (RFC 8725 3.11). */
export const actSignatureType = 'placet-act+jwt'

const isPoint = (key: unknown): key is { kty: 'EC'; crv: 'P-256'; x: string; y: string } =>
  typeof key === 'object' &&
  key !== null &&
  'kty' in key &&
  key.kty === 'EC' &&
  'crv' in key &&
  key.crv === 'P-256' &&
  'x' in key &&
  typeof key.x === 'string' &&
  'y' in key &&
  typeof key.y === 'string'

/**
 * The thumbprint of the key that signed exactly this act for this house; undefined for anything else. The key comes along in
 * the header, and counts for nothing until its thumbprint is found to be the enrolled one.
 */
export async function signedAct(
  signature: string,
  expected: { readonly act: string; readonly audience: string },
): Promise<string | undefined> {
  try {
    const { payload, protectedHeader } = await compactVerify(signature, EmbeddedJWK, {
      algorithms: ['ES256'],
    })
    const claims: unknown = JSON.parse(new TextDecoder().decode(payload))
    if (protectedHeader.typ !== actSignatureType || typeof claims !== 'object' || claims === null)
      return undefined
    if (!('aud' in claims) || !('act' in claims)) return undefined
    if (claims.aud !== expected.audience || claims.act !== expected.act) return undefined
    return isPoint(protectedHeader.jwk) ? await thumbprintOf(protectedHeader.jwk) : undefined
  } catch {
    return undefined
  }
}
