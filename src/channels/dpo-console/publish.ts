import { z } from 'zod'
import { PurposePublishView } from '../../../views/staff/purpose-publish.tsx'
import { impactOfPublishing, publishWorkingCopy } from '../../features/consent/index.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { fieldErrorsOf, type PageExtras, type PageRequest } from '../page-renderer.ts'
import { ofPurpose } from './purpose.ts'
import { inForce, noticesOf, purposeFile, refusalOf, seenIn, seenMark, titleOf } from './purpose-file.ts'
import { changesOf, findingsOf, termsOf } from './purpose-findings.ts'
import { type PurposesDeps, purposePath } from './purposes-deps.ts'

/** The last look, and the act itself. What is posted names what was looked at: anything newer is shown first. */
export function publishRoutes(deps: PurposesDeps): readonly Route[] {
  const show = async (request: PageRequest, id: string, extras?: PageExtras): Promise<Answer> => {
    const file = await purposeFile(deps, id)
    const { copy, record, registry } = file
    if (copy === undefined) return seeOther(purposePath(id))
    const language = deps.renderer.languageOf(request)
    const current = inForce(record)
    return deps.renderer.show(
      request,
      PurposePublishView,
      {
        title: titleOf(file, language),
        version: (record?.versions.at(-1)?.version ?? 0) + 1,
        ...(current === undefined ? {} : { before: current.version }),
        href: purposePath(id),
        seen: seenMark(file),
        impact: await impactOfPublishing({ counts: deps.counts, registry }, copy.document.purpose),
        findings: findingsOf(copy.document, registry, language),
        terms: {
          ...(current === undefined
            ? {}
            : { before: termsOf({ purpose: current.proposed }, registry, language) }),
          after: termsOf(copy.document, registry, language),
        },
        changes: changesOf(noticesOf(registry, id, current?.version), copy.document.notices),
      },
      extras,
    )
  }
  const caller = { who: 'staff', power: 'notice.publish' } as const
  return [
    defineRoute({
      name: 'dpo.purpose.publish',
      method: 'GET',
      path: '/dpo/purposes/:purpose/publish',
      caller,
      params: ofPurpose,
      answers: [200, 303],
      handle: async (request) => show(request, request.params.purpose),
    }),
    defineRoute({
      name: 'dpo.purpose.publish.confirm',
      method: 'POST',
      path: '/dpo/purposes/:purpose/publish',
      caller,
      params: ofPurpose,
      body: {
        type: 'form',
        schema: z.strictObject({
          seen: z.string().max(100).default(''),
          despite: z.string().max(10).default(''),
        }),
      },
      answers: [303, 422],
      handle: async (request) => {
        const { purpose } = request.params
        const { registry } = await purposeFile(deps, purpose)
        try {
          await publishWorkingCopy(
            { ...deps, registry },
            {
              actor: request.actor,
              evidence: request.evidence,
              purpose,
              seen: seenIn(request.body.seen),
              despiteFindings: request.body.despite === 'yes',
            },
          )
        } catch (error) {
          const { code } = refusalOf(error)
          if (code !== 'notice-not-plain') return show(request, purpose, { formError: { code } })
          const fieldErrors = fieldErrorsOf([{ field: 'despite', code: 'findings-unconfirmed' }])
          return show(request, purpose, { fieldErrors })
        }
        await deps.registry.refresh()
        return seeOther(`${purposePath(purpose)}?done=published`)
      },
    }),
  ]
}
