import { openSigningKey, type SigningKey, signingOrder, signJws } from '../platform/crypto/index.ts'
import type { KeyParts } from './keys.ts'
import { signingKeyStore } from './pg-signing-keys.ts'

/** How long the opened key is used before the database is asked which one signs now, if nobody says it changed. */
const keptForMs = 60_000

/** Signs statements of the house, such as consent receipts, with the key that signs its tokens, published in its JWKS. */
export interface StatementSigner {
  readonly issuer: string
  sign(claims: Readonly<Record<string, unknown>>, typ: string): Promise<string>
}

/** The keys changed: the next statement asks which one signs. A key that leaked must not sign one more. */
export interface ForgetfulSigner extends StatementSigner {
  forget(): void
}

export function createStatementSigner(issuer: URL, { pool, kek, clock }: KeyParts): ForgetfulSigner {
  let kept: { readonly until: number; readonly key: Promise<SigningKey> } | undefined

  const open = async (): Promise<SigningKey> => {
    const keys = signingOrder(await signingKeyStore(pool).list())
    const signing = keys.find(({ state, algorithm }) => state === 'active' && algorithm === 'ES256')
    if (signing === undefined) throw new Error('there is no active ES256 key')
    return openSigningKey(kek, signing)
  }

  const current = (): Promise<SigningKey> => {
    const now = clock.now().getTime()
    if (kept !== undefined && kept.until > now) return kept.key
    const fresh = { until: now + keptForMs, key: open() }
    fresh.key.catch(() => {
      if (kept === fresh) kept = undefined
    })
    kept = fresh
    return fresh.key
  }

  return {
    issuer: issuer.origin,
    forget: () => {
      kept = undefined
    },
    sign: async (claims, typ) => signJws(claims, await current(), typ),
  }
}
