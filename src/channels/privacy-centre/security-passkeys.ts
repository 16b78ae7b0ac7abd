import { z } from 'zod'
import {
  beginPasskeyRegistration,
  describeSubject,
  type PasskeyId,
  registerPasskey,
  removePasskey,
  renamePasskey,
} from '../../features/identity/index.ts'
import { notFound, PlacetError } from '../../kernel/errors.ts'
import { parseId } from '../../kernel/ids.ts'
import { type Answer, json, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import type { SecurityDeps } from './security-deps.ts'
import { ownerOf, proveFirst, securityPath, silenceOthers } from './security-visit.ts'

const caller = { who: 'subject' } as const
const params = z.strictObject({ passkeyId: z.string().max(64) })
const responseBody = z.strictObject({ response: z.string().max(40_000) })
const nothing = z.strictObject({})
/** The field is called after its card, so that two cards on a page do not share an id. */
const nameBody = z.record(z.string().max(64), z.string().max(400))

type ShowAgain = (request: GuardedRequest, extras: PageExtras) => Promise<Answer>

function passkeyIdOf(request: { readonly params: { readonly passkeyId: string } }): PasskeyId {
  const passkeyId = parseId<'passkey'>(request.params.passkeyId)
  if (passkeyId === undefined) throw notFound('passkey-not-found', 'This passkey is not here any more.')
  return passkeyId
}

/** What the person can mend is said on the page; a proof that is missing is asked for; the rest is thrown on. */
async function mendOrProve(error: unknown, again: (extras: PageExtras) => Promise<Answer>): Promise<Answer> {
  const code = error instanceof PlacetError ? error.code : undefined
  if (code === 'passkey-refused') return again({ formError: { code: 'passkey-failed' } })
  if (code === 'last-factor') return again({ formError: { code: 'last-credential' } })
  return proveFirst(error)
}

export function passkeyRoutes(deps: SecurityDeps, showAgain: ShowAgain): readonly Route[] {
  const identity = { ...deps, ...deps.artefacts, passkeys: deps.reads.passkeys }
  return [
    defineRoute({
      name: 'privacy-centre.security.passkey-options',
      method: 'POST',
      path: `${securityPath}/passkeys/options`,
      caller,
      answers: [200],
      handle: async (request) => {
        await deps.limiter.consume(request.network, 'passkey-options-network')
        const { subjectId, boundTo } = await ownerOf(deps, request)
        const subject = await describeSubject(deps, subjectId)
        const accountName = subject?.email ?? ''
        return json(
          await beginPasskeyRegistration(identity, { subjectId, accountName, boundTo, silently: false }),
        )
      },
    }),
    defineRoute({
      name: 'privacy-centre.security.add-passkey',
      method: 'POST',
      path: `${securityPath}/passkeys`,
      caller,
      body: { type: 'form', schema: responseBody },
      answers: [303, 422],
      handle: async (request) => {
        const { evidence, body } = request
        const { subjectId, proof, boundTo } = await ownerOf(deps, request)
        try {
          const { name } = await registerPasskey(
            { ...deps, ...deps.artefacts },
            {
              subjectId,
              proof,
              boundTo,
              evidence,
              response: body.response,
              silently: false,
              fallbackName: 'Passkey',
            },
          )
          const at = deps.clock.now()
          deps.later(() => deps.tell(subjectId, { event: 'passkey-added', at, detail: name, evidence }))
          return seeOther(`${securityPath}?done=passkey-added`)
        } catch (error) {
          return mendOrProve(error, (extras) => showAgain(request, extras))
        }
      },
    }),
    defineRoute({
      name: 'privacy-centre.security.rename-passkey',
      method: 'POST',
      path: `${securityPath}/passkeys/:passkeyId/name`,
      caller,
      params,
      body: { type: 'form', schema: nameBody },
      answers: [303, 422],
      handle: async (request) => {
        const { evidence, body } = request
        const { subjectId, proof } = await ownerOf(deps, request)
        const passkeyId = passkeyIdOf(request)
        const field = `name-${passkeyId}`
        try {
          const { assurance } = proof
          await renamePasskey(deps, { subjectId, passkeyId, name: body[field] ?? '', assurance, evidence })
          return seeOther(`${securityPath}?done=passkey-renamed`)
        } catch (error) {
          if (!(error instanceof PlacetError) || error.code !== 'passkey-name') throw error
          return showAgain(request, { fieldErrors: [{ field, code: 'passkey-name-required' }] })
        }
      },
    }),
    defineRoute({
      name: 'privacy-centre.security.remove-passkey',
      method: 'POST',
      path: `${securityPath}/passkeys/:passkeyId/remove`,
      caller,
      params,
      body: { type: 'form', schema: nothing },
      answers: [303, 422],
      handle: async (request) => {
        const { evidence } = request
        const owner = await ownerOf(deps, request)
        const { subjectId, proof } = owner
        const passkeyId = passkeyIdOf(request)
        try {
          const { name } = await removePasskey(deps, { subjectId, passkeyId, proof, evidence })
          await silenceOthers(deps, request, owner, 'credentials-changed')
          const at = deps.clock.now()
          deps.later(() => deps.tell(subjectId, { event: 'passkey-removed', at, detail: name, evidence }))
          return seeOther(`${securityPath}?done=passkey-removed`)
        } catch (error) {
          return mendOrProve(error, (extras) => showAgain(request, extras))
        }
      },
    }),
  ]
}
