import { z } from 'zod'
import { CallersView } from '../../../views/privacy-centre/callers.tsx'
import { PlacetError } from '../../kernel/errors.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { type CallBlock, type CallBlockStores, liftCallBlock } from '../../oidc/index.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { SecurityDeps } from './security-deps.ts'
import { ownerOf, securityPath } from './security-visit.ts'

export interface CallersDeps extends SecurityDeps {
  readonly callBlocks: {
    readonly of: (subjectId: SubjectId) => Promise<readonly CallBlock[]>
    readonly work: Work<CallBlockStores>
  }
}

const path = `${securityPath}/callers`
const confirmPath = `${path}/confirm-with-passkey`
const caller = { who: 'subject' } as const
const done = z.object({ done: z.literal('lifted').optional().catch(undefined) })

/** Who may not ask this person on the telephone any more, and letting them ask again (R52). */
export const callersRoutes = (deps: CallersDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.callers',
    method: 'GET',
    path,
    caller,
    query: done,
    answers: [200],
    handle: async (request) => {
      const { subjectId } = await ownerOf(deps, request)
      const stopped = await Promise.all(
        (await deps.callBlocks.of(subjectId)).map(async ({ clientId, blockedAt }) => {
          const [name = clientId] = await deps.clientNames([clientId])
          return { id: clientId, name, since: blockedAt, liftAction: `${path}/${clientId}/lift` }
        }),
      )
      return deps.renderer.show(
        request,
        CallersView,
        { stopped, securityHref: securityPath },
        request.query.done === undefined ? {} : { notice: { kind: 'success', key: 'flash.caller-lifted' } },
      )
    },
  }),
  defineRoute({
    name: 'privacy-centre.callers.confirm-with-passkey',
    method: 'GET',
    path: confirmPath,
    caller: { who: 'subject', assurance: 'passkey', maxAgeSeconds: 300 },
    answers: [303],
    handle: async () => seeOther(path),
  }),
  defineRoute({
    name: 'privacy-centre.callers.lift',
    method: 'POST',
    path: `${path}/:clientId/lift`,
    caller,
    params: z.strictObject({ clientId: z.string().max(63) }),
    body: { type: 'form', schema: z.strictObject({}) },
    answers: [303],
    handle: async (request) => {
      const { evidence, params } = request
      const { subjectId, proof } = await ownerOf(deps, request)
      try {
        await liftCallBlock(
          { work: deps.callBlocks.work, clock: deps.clock },
          { subjectId, clientId: params.clientId, proof, evidence },
        )
      } catch (error) {
        // A form cannot be interrupted by a sign-in; the page it came from can, and asks for one.
        if (error instanceof PlacetError && error.failure === 'needs-step-up') return seeOther(confirmPath)
        throw error
      }
      return seeOther(`${path}?done=lifted`)
    },
  }),
]
