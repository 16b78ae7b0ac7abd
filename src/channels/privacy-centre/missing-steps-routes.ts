import { z } from 'zod'
import { type ConfirmationId, objectToMarketing, sendConfirmation } from '../../features/consent/index.ts'
import { notFound } from '../../kernel/errors.ts'
import { parseId } from '../../kernel/ids.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { permissionsPath } from './permissions-path.ts'
import { evidenceOf, type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'

const params = z.strictObject({
  confirmation: z.custom<ConfirmationId>((value) => parseId(value) !== undefined),
})

/** Sending a confirmation again, and the objection to all advertising. */
export const missingStepsRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.permissions.resend-confirmation',
    method: 'POST',
    path: `${permissionsPath}/confirmations/:confirmation/resend`,
    caller: { who: 'subject' },
    params,
    body: { type: 'form', schema: z.strictObject({}) },
    answers: [303],
    handle: async (request) => {
      const subjectId = subjectOf(request)
      const { confirmation } = request.params
      const rows = await deps.confirmations.confirmations.of(subjectId)
      const own = rows.some(({ confirmationId }) => confirmationId === confirmation)
      if (!own) throw notFound('confirmation-unknown', 'There is no such confirmation.')
      await deps.limiter.consume(subjectId, 'verify-address-account')
      deps.later(async () => void (await sendConfirmation(deps.confirmations, subjectId, confirmation)))
      return seeOther(`${permissionsPath}?done=confirmation-sent`)
    },
  }),
  defineRoute({
    name: 'privacy-centre.permissions.object-to-marketing',
    method: 'POST',
    path: `${permissionsPath}/object-to-marketing`,
    caller: { who: 'subject' },
    body: { type: 'form', schema: z.strictObject({}) },
    answers: [303],
    handle: async (request) => {
      await objectToMarketing(deps.ledger, {
        subjectId: subjectOf(request),
        actor: request.actor,
        evidence: evidenceOf(request, deps.renderer.languageOf(request)),
        idempotencyKey: deps.entropy.id<'form'>(),
        controller: deps.house.controller,
      })
      return seeOther(`${permissionsPath}?done=marketing-objected`)
    },
  }),
]
