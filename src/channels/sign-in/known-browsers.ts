import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../../kernel/clock.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { SealedTokens } from '../../platform/crypto/index.ts'
import type { Cookie } from '../../platform/web/answer.ts'
import { cookieName } from '../../platform/web/cookies.ts'
import type { GuardedRequest } from '../../platform/web/route.ts'

const shape = z.strictObject({ mark: z.string(), accounts: z.array(z.string()) })
const keptSeconds = 400 * 86_400
const mostAccounts = 8

type Cookies = Pick<GuardedRequest, 'cookie'>

/**
 * Remembers, in a sealed cookie, which accounts were entered from this browser: a sign-in from elsewhere is told to the
 * owner (R88), and a stranger's wrong passwords do not lock out a browser the owner uses (R66). It opens nothing by itself.
 */
export interface KnownBrowsers {
  /** The browser's own mark when this account was entered from it before. */
  markFor(request: Cookies, subjectId: SubjectId): string | undefined
  remember(request: Cookies, subjectId: SubjectId, newMark: string): Cookie
}

/** A family shares a tablet; their accounts are in the cookie as hashes, which point at nobody. */
const accountMark = (subjectId: SubjectId) =>
  createHash('sha256').update(`placet known account ${subjectId}`).digest('base64url').slice(0, 16)

export function knownBrowsers(deps: {
  readonly sealedTokens: SealedTokens
  readonly clock: Clock
  readonly https: boolean
}): KnownBrowsers {
  const name = cookieName('placet_known', deps.https)
  const read = (request: Cookies) => {
    const sealed = request.cookie(name)
    if (sealed === undefined) return undefined
    return shape.safeParse(deps.sealedTokens.openToken('known-browser', sealed, deps.clock.now())).data
  }
  return {
    markFor: (request, subjectId) => {
      const known = read(request)
      return known?.accounts.includes(accountMark(subjectId)) ? known.mark : undefined
    },
    remember: (request, subjectId, newMark) => {
      const known = read(request)
      const account = accountMark(subjectId)
      const others = (known?.accounts ?? []).filter((one) => one !== account)
      const value = deps.sealedTokens.sealToken(
        'known-browser',
        { mark: known?.mark ?? newMark, accounts: [account, ...others].slice(0, mostAccounts) },
        new Date(deps.clock.now().getTime() + keptSeconds * 1000),
      )
      return { name, value, maxAgeSeconds: keptSeconds }
    },
  }
}
