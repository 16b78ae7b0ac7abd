import type { IncomingMessage } from 'node:http'
import type { Asks, Interactions, OpenInteraction } from '../../../src/channels/sign-in/index.ts'
import type { Assurance } from '../../../src/kernel/actor.ts'
import { gone } from '../../../src/kernel/errors.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'
import { readCookie } from '../../../src/platform/web/cookies.ts'

type Begin = Partial<Omit<OpenInteraction, 'uid'>>
interface Finished {
  readonly uid: string
  readonly subjectId: SubjectId
  readonly assurance: Assurance
}

/** Stands for the protocol engine: opens interactions in a browser, and notes how each ended. */
export function engineStandIn() {
  const open = new Map<string, OpenInteraction>()
  const finished: Finished[] = []
  const authorized: Asks[] = []
  let aborted = 0
  const of = (req: IncomingMessage) => {
    const found = open.get(readCookie(req.headers.cookie, 'engine') ?? '')
    if (found === undefined) throw gone('interaction-expired', 'No interaction here.')
    return found
  }
  const interactions: Interactions = {
    open: async ({ req }) => of(req),
    login: async ({ req }, { subjectId, assurance }) => {
      const { uid } = of(req)
      open.delete(uid)
      finished.push({ uid, subjectId, assurance })
      return `/engine/resume/${uid}`
    },
    authorize: async ({ req }, asks) => {
      authorized.push(asks)
      return `/engine/resume/${of(req).uid}`
    },
    abort: async ({ req }) => {
      aborted += 1
      return `/engine/resume/${of(req).uid}?error=access_denied`
    },
  }
  return {
    interactions,
    finished,
    authorized,
    aborted: () => aborted,
    begin: (more: Begin = {}): string => {
      const uid = Buffer.from(systemEntropy.bytes(12)).toString('base64url')
      open.set(uid, {
        uid,
        prompt: 'login',
        clientId: 'tienda-norte',
        clientName: 'Tienda Norte',
        uiLocales: ['es'],
        asks: { scopes: ['openid'], claims: [], resources: {} },
        ...more,
      })
      return uid
    },
  }
}
