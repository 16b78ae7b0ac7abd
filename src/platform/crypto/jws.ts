import {
  type CryptoKey,
  compactVerify,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type KeyObject,
  SignJWT,
} from 'jose'
import { unauthenticated } from '../../kernel/errors.ts'
import type { SigningAlgorithm } from './signing-algorithm.ts'

/** A compact JWS. */
export type Jws = string

export interface SigningKey {
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  readonly key: CryptoKey | KeyObject | Uint8Array
}

export interface VerifyOptions {
  /** Whose keys count, looked up by `kid`; undefined when unknown. */
  readonly keyFor: (kid: string, algorithm: SigningAlgorithm) => Promise<SigningKey['key'] | undefined>
  readonly algorithms: readonly SigningAlgorithm[]
  /** The `typ` header expected; a token of another type is refused even when its signature holds (RFC 8725, 3.11). */
  readonly typ: string
  readonly now: Date
  readonly issuer?: string
  readonly audience?: string
}

export interface VerifiedJws {
  readonly kid: string
  readonly claims: JWTPayload
}

/** Signs the claims just as they are given: who calls sets `iat`, `exp` and the rest from its own clock. */
export function signJws(claims: JWTPayload, key: SigningKey, typ: string): Promise<Jws> {
  return new SignJWT(claims).setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ }).sign(key.key)
}

const refusal = () => unauthenticated('signature-refused', 'the signed document is not acceptable')

/** Headers that carry or point to a key: honouring one lets the sender choose who signed (VC17). */
const keyCarriers = ['jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64', 'zip'] as const

/** Verifies against an allow-list, and throws one and the same error for whatever is wrong (R28). */
export async function verifyJws(token: Jws, options: VerifyOptions): Promise<VerifiedJws> {
  try {
    const header = decodeProtectedHeader(token)
    const algorithm = options.algorithms.find((name) => name === header.alg)
    if (algorithm === undefined || typeof header.kid !== 'string') throw refusal()
    if (header.typ?.toLowerCase() !== options.typ.toLowerCase()) throw refusal()
    if (keyCarriers.some((name) => name in header)) throw refusal()
    const key = await options.keyFor(header.kid, algorithm)
    if (key === undefined) throw refusal()
    const { payload } = await compactVerify(token, key, { algorithms: [algorithm] })
    const claims: JWTPayload = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
    checkClaims(claims, options)
    return { kid: header.kid, claims }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof SyntaxError || error instanceof TypeError) {
      throw refusal()
    }
    throw error
  }
}

/** Clocks of two machines may differ this much, in seconds. */
const skew = 60

function checkClaims(claims: JWTPayload, options: VerifyOptions): void {
  if (claims === null || typeof claims !== 'object' || Array.isArray(claims)) throw refusal()
  const now = Math.floor(options.now.getTime() / 1000)
  if (claims.exp !== undefined && !(typeof claims.exp === 'number' && claims.exp > now - skew))
    throw refusal()
  if (claims.nbf !== undefined && !(typeof claims.nbf === 'number' && claims.nbf <= now + skew))
    throw refusal()
  if (options.issuer !== undefined && claims.iss !== options.issuer) throw refusal()
  if (options.audience !== undefined && ![claims.aud].flat().includes(options.audience)) throw refusal()
}
