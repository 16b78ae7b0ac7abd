import { z } from 'zod'
import { NewRequestView } from '../../../views/privacy-centre/new-request.tsx'
import {
  longestWords,
  openRequest,
  requestIdOf,
  requestRights,
} from '../../features/privacy-requests/index.ts'
import { PlacetError } from '../../kernel/errors.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import { evidenceOf, type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'
import { newRequestPath, requestPath, requestsPath } from './request-paths.ts'

interface Typed {
  readonly key: string
  readonly right: string
  readonly words: string
}

const show = (
  deps: PrivacyCentreDeps,
  request: GuardedRequest,
  typed: Typed,
  extras: PageExtras = {},
): Answer =>
  deps.renderer.show(
    request,
    NewRequestView,
    { ...typed, action: newRequestPath, backHref: requestsPath },
    extras,
  )

/** Asking for something: one thing at a time, with words for whoever has any (GDPR Art. 12(2)). */
export const newRequestRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.new-request',
    method: 'GET',
    path: newRequestPath,
    caller: { who: 'subject' },
    query: z.object({ right: z.enum(requestRights).optional().catch(undefined) }),
    answers: [200],
    handle: async (request) =>
      show(deps, request, { key: deps.entropy.id<'form'>(), right: request.query.right ?? '', words: '' }),
  }),
  defineRoute({
    name: 'privacy-centre.new-request.send',
    method: 'POST',
    path: newRequestPath,
    caller: { who: 'subject' },
    body: {
      type: 'form',
      schema: z.strictObject({
        key: z.string().max(60).default(''),
        right: z.string().max(40).default(''),
        // More than is taken, so that whoever wrote too much finds it all again.
        words: z.string().max(20_000).default(''),
      }),
    },
    answers: [303, 422, 429],
    handle: async (request) => {
      const subjectId = subjectOf(request)
      const typed: Typed = { ...request.body, key: request.body.key || deps.entropy.id<'form'>() }
      const right = requestRights.find((one) => one === typed.right)
      const tooLong = [...typed.words.replaceAll('\r\n', '\n').trim()].length > longestWords
      if (right === undefined || tooLong) {
        const fieldErrors = [
          ...(right === undefined ? [{ field: 'right', code: 'request-right-missing' }] : []),
          ...(tooLong ? [{ field: 'words', code: 'request-words-too-long' }] : []),
        ]
        return show(deps, request, typed, { fieldErrors })
      }
      const idempotencyKey = `web ${typed.key}`
      const id = requestIdOf(subjectId, idempotencyKey)
      // The same form sent twice is one request, and counts once.
      const known = await deps.privacyRequests.requests.find(subjectId, id)
      try {
        if (known === undefined) await deps.limiter.consume(subjectId, 'privacy-request-account')
      } catch (error) {
        if (!(error instanceof PlacetError) || error.failure !== 'too-many') throw error
        const formError = { code: 'too-many-requests-opened' }
        return show(deps, request, typed, { formError, status: 429 })
      }
      const opened = await openRequest(deps.privacyRequests, {
        subjectId,
        right,
        words: typed.words,
        actor: request.actor,
        evidence: evidenceOf(request, deps.renderer.languageOf(request)),
        receivedAt: deps.clock.now(),
        idempotencyKey,
      })
      return seeOther(`${requestPath(opened.id)}?done=opened`)
    },
  }),
]
