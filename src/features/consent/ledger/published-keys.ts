import { importJWK, type JWK } from 'jose'
import { PlacetError } from '../../../kernel/errors.ts'
import { verifyJws } from '../../../platform/crypto/index.ts'

/** Public keys by which receipts and checkpoints are held against the house, retired ones included. */
export interface PublishedKeys {
  readonly keys: readonly JWK[]
}

export type SignatureVerdict = 'holds' | 'fails' | 'unknown-key'

export interface CheckedJws {
  readonly signature: SignatureVerdict
  /** What stands in it, whoever signed it; undefined when it cannot be read. */
  readonly claims: Readonly<Record<string, unknown>> | undefined
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function readPart(jws: string, part: 0 | 1): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(jws.split('.')[part] ?? '', 'base64url').toString('utf8'))
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** `unknown-key` is no forgery by itself: a key may be missing from the list at hand. It proves nothing either. */
export async function checkJws(
  jws: string,
  { keys }: PublishedKeys,
  options: { readonly typ: string; readonly now: Date },
): Promise<CheckedJws> {
  const claims = readPart(jws, 1)
  const kid = readPart(jws, 0)?.['kid']
  if (!keys.some((key) => key.kid === kid)) {
    return { signature: claims === undefined ? 'fails' : 'unknown-key', claims }
  }
  try {
    await verifyJws(jws, {
      algorithms: ['ES256', 'EdDSA'],
      typ: options.typ,
      now: options.now,
      keyFor: async (wanted, algorithm) => {
        const key = keys.find((one) => one.kid === wanted && (one.alg ?? algorithm) === algorithm)
        return key === undefined ? undefined : importJWK(key, algorithm)
      },
    })
    return { signature: 'holds', claims }
  } catch (error) {
    if (error instanceof PlacetError) return { signature: 'fails', claims }
    throw error
  }
}
