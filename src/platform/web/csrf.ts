import { timingSafeEqual } from 'node:crypto'
import { refused } from '../../kernel/errors.ts'
import { keyedHash } from '../crypto/keyed-hash.ts'

/**
 * Two locks on every unsafe request that rides on a cookie (R109): the browser itself says the request is ours
 * (Sec-Fetch-Site, or Origin where it is missing), and the form carries a token derived from a random cookie, which
 * another site can neither read nor set. Our pages send no referrer, and browsers then write `Origin: null` on their own
 * forms (Fetch 3.2.6): it says nothing, so it is let by where Sec-Fetch-Site vouches for the request and nowhere else.
 */
export interface CsrfGuard {
  tokenFor(browserId: string): string
  check(sent: {
    readonly browserId: string | undefined
    readonly token: string | undefined
    readonly secFetchSite: string | undefined
    readonly origin: string | undefined
  }): void
}

export function csrfGuard(key: Uint8Array, ownOrigin: string): CsrfGuard {
  const hash = keyedHash(key)
  const tokenFor = (browserId: string) => hash(browserId).toString('base64url')
  const sameText = (a: string, b: string) => {
    const [left, right] = [Buffer.from(a), Buffer.from(b)]
    return left.length === right.length && timingSafeEqual(left, right)
  }
  return {
    tokenFor,
    check: ({ browserId, token, secFetchSite, origin }) => {
      const fromHere = secFetchSite === undefined ? origin === ownOrigin : secFetchSite === 'same-origin'
      if (!fromHere || (origin !== undefined && origin !== 'null' && origin !== ownOrigin)) {
        throw refused('cross-site-request', 'This request did not come from our own pages.')
      }
      if (browserId === undefined) {
        throw refused(
          'cookie-missing',
          'The browser did not send our cookie. Allow cookies for this site and try again.',
        )
      }
      if (token === undefined || !sameText(token, tokenFor(browserId))) {
        throw refused('form-expired', 'This form is no longer valid. Open the page again and repeat it.')
      }
    },
  }
}
