import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose'
import { readTypedTerminalCode } from './terminal-code.ts'

/** A public key as a terminal sends it (RFC 7517): P-256, and nothing but the point. */
export interface TerminalKey {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
}

/** `typ` of what a terminal signs to show that the key is its own; good for nothing else (RFC 8725 3.11). */
export const proofType = 'placet-terminal-enrolment+jwt'

/** RFC 7638. */
export const thumbprintOf = ({ kty, crv, x, y }: TerminalKey): Promise<string> =>
  calculateJwkThumbprint({ kty, crv, x, y }, 'sha256')

/**
 * Whether `proof` was signed with this key over this very code for this house. The code is what makes it fresh: a
 * terminal's clock may be wrong by years, so no time in it is read.
 */
export async function provesPossession(
  key: TerminalKey,
  proof: string,
  expected: { readonly code: string; readonly audience: string },
): Promise<boolean> {
  try {
    const { payload, protectedHeader } = await compactVerify(proof, await importJWK({ ...key }, 'ES256'), {
      algorithms: ['ES256'],
    })
    const claims: unknown = JSON.parse(new TextDecoder().decode(payload))
    if (protectedHeader.typ !== proofType || typeof claims !== 'object' || claims === null) return false
    if (!('aud' in claims) || !('code' in claims) || typeof claims.code !== 'string') return false
    return claims.aud === expected.audience && readTypedTerminalCode(claims.code) === expected.code
  } catch {
    return false
  }
}
