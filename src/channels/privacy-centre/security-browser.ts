import { createHash } from 'node:crypto'
import { cookieName } from '../../platform/web/cookies.ts'
import type { GuardedRequest } from '../../platform/web/route.ts'

/** Stands for the browser in what ceremonies are bound to. The guard lets no form in without the cookie. */
export const browserMarkOf = (request: Pick<GuardedRequest, 'cookie'>, https: boolean): string =>
  createHash('sha256')
    .update(`placet browser ${request.cookie(cookieName('placet_browser', https)) ?? ''}`)
    .digest('base64url')
    .slice(0, 22)
