import { createHash } from 'node:crypto'
import type { Clock } from '../../kernel/clock.ts'
import { gone, invalid } from '../../kernel/errors.ts'
import type { SealedTokens } from '../../platform/crypto/index.ts'
import type { Cookie } from '../../platform/web/answer.ts'
import { cookieName } from '../../platform/web/cookies.ts'
import type { GuardedRequest } from '../../platform/web/route.ts'
import { type Flow, flowShape, newFlow } from './flow.ts'
import { interactionPath } from './paths.ts'

/** Long enough to fetch a mail and fill in a form, and the longest a proof can wait to be used. */
const flowSeconds = 30 * 60

/** Browsers drop cookies over 4096 bytes, name and attributes included. */
const longestCookie = 3900

export interface FlowCookies {
  /** The flow of this interaction in this browser; a new one when there is none that holds. */
  read(request: Pick<GuardedRequest, 'cookie'>, uid: string): Flow
  keep(flow: Flow): Cookie
  clear(uid: string): Cookie
}

export function flowCookies(deps: {
  readonly sealedTokens: SealedTokens
  readonly clock: Clock
  readonly https: boolean
}): FlowCookies {
  const nameOf = (uid: string) => cookieName(`placet_flow_${uid}`, deps.https)
  const browserCookie = cookieName('placet_browser', deps.https)
  const place = (uid: string) => ({ name: nameOf(uid), path: interactionPath(uid) })
  return {
    read: (request, uid) => {
      const browser = browserMark(request.cookie(browserCookie))
      const sealed = request.cookie(nameOf(uid))
      const opened =
        sealed === undefined
          ? undefined
          : deps.sealedTokens.openToken('sign-in-flow', sealed, deps.clock.now())
      const flow = flowShape.safeParse(opened)
      const holds = flow.success && flow.data.uid === uid && flow.data.browser === browser
      return holds ? flow.data : newFlow(uid, browser)
    },
    keep: (flow) => {
      // Without the browser's own cookie there is nothing to bind to; the guard lets no form in without it either.
      if (flow.browser === '') throw gone('cookie-missing', 'The browser did not send our cookie.')
      const expiresAt = new Date(deps.clock.now().getTime() + flowSeconds * 1000)
      const value = deps.sealedTokens.sealToken('sign-in-flow', flow, expiresAt)
      if (value.length > longestCookie) {
        throw invalid('value-too-long', 'The answers are too long together.')
      }
      return { ...place(flow.uid), value, maxAgeSeconds: flowSeconds }
    },
    clear: (uid) => ({ ...place(uid), value: undefined }),
  }
}

/** Stands for the browser in sealed state and in challenges; the cookie itself is copied nowhere. */
export const browserMark = (browserId: string | undefined): string =>
  browserId === undefined
    ? ''
    : createHash('sha256').update(`placet browser ${browserId}`).digest('base64url').slice(0, 22)
