import { z } from 'zod'
import { PermissionsView } from '../../../views/privacy-centre/permissions.tsx'
import {
  consentOverview,
  inLanguage,
  noticeFor,
  objectToPurpose,
  purposeTitle,
  recordChoices,
} from '../../features/consent/index.ts'
import { notFound } from '../../kernel/errors.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import { choicesBody, formAddress, formQuery, readChoices, spent, withTyped } from '../choices-form.ts'
import type { PageExtras } from '../page-renderer.ts'
import { purposeCards } from '../purpose-cards.ts'
import { basisWords } from './basis-words.ts'
import { evidenceOf, type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'

export const permissionsPath = '/privacy/permissions'

const done = {
  unchanged: 'flash.nothing-changed',
  objected: 'flash.objection-made',
} as const

const query = z.object({ done: z.enum(['unchanged', 'objected']).optional().catch(undefined) })

async function showPermissions(
  deps: PrivacyCentreDeps,
  request: GuardedRequest,
  typed: ReadonlyMap<string, 'yes' | 'no'> = new Map(),
  extras: PageExtras = {},
): Promise<Answer> {
  const subjectId = subjectOf(request)
  const language = deps.renderer.languageOf(request)
  const overview = await consentOverview(deps.ledger, { subjectId, ...deps.house })
  if (overview === undefined) throw notFound('subject-unknown', 'There is no such account.')
  const registry = deps.ledger.registry.current()
  const namesOf = (purpose: string) =>
    (registry.active.get(purpose)?.recipients ?? []).flatMap((id) => registry.systemNames.get(id)?.name ?? [])
  return deps.renderer.show(
    { ...request, url: formAddress(request.url, permissionsPath, deps.entropy) },
    PermissionsView,
    {
      purposes: withTyped(purposeCards(overview.choices, registry, language), typed),
      legitimateInterests: overview.interests.map(({ purpose, objected }) => ({
        id: purpose.replaceAll('.', '-'),
        title: purposeTitle(registry, purpose, language),
        summary: noticeFor(registry, purpose, language)?.summary ?? '',
        recipients: namesOf(purpose),
        objected,
        objectAction: `${permissionsPath}/${purpose}/object`,
      })),
      necessary: overview.necessary.map(({ purpose, basis }) => ({
        id: purpose,
        title: purposeTitle(registry, purpose, language),
        basis: `${basisWords(basis, language)}. ${inLanguage(registry.active.get(purpose)?.retention ?? {}, language)}`,
      })),
    },
    extras,
  )
}

/** See and change what may be done, purpose by purpose. Taking back is the same form and the same click as giving. */
export const permissionsRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.permissions',
    method: 'GET',
    path: permissionsPath,
    caller: { who: 'subject' },
    query,
    answers: [200],
    handle: async (request) => {
      const told = request.query.done
      return showPermissions(
        deps,
        request,
        undefined,
        told === undefined ? {} : { notice: { kind: 'info', key: done[told] } },
      )
    },
  }),
  defineRoute({
    name: 'privacy-centre.permissions.save',
    method: 'POST',
    path: permissionsPath,
    caller: { who: 'subject' },
    query: formQuery,
    body: { type: 'form', schema: choicesBody },
    answers: [303, 422],
    handle: async (request) => {
      const read = readChoices(request.body, { unanswered: 'not-answered' })
      if (read.issues.length > 0) {
        return showPermissions(deps, request, read.typed, { fieldErrors: read.issues })
      }
      if (read.choices.length === 0) return seeOther(`${permissionsPath}?done=unchanged`)
      // One more round trip on a page that a person sends by hand; see the limit.
      await deps.limiter.consume(subjectOf(request), 'choices-account')
      const outcome = await recordChoices(deps.ledger, {
        subjectId: subjectOf(request),
        actor: request.actor,
        evidence: evidenceOf(request, deps.renderer.languageOf(request)),
        idempotencyKey: request.query.once ?? deps.entropy.id<'form'>(),
        ...deps.house,
        choices: read.choices,
      }).catch(spent)
      switch (outcome.outcome) {
        case 'spent':
          return showPermissions(deps, request, read.typed, { formError: { code: 'conflict' } })
        case 'stale':
          return showPermissions(deps, request, read.typed, { formError: { code: 'notice-changed' } })
        case 'unchanged':
          return seeOther(`${permissionsPath}?done=unchanged`)
        case 'recorded':
          return seeOther(`${permissionsPath}/saved/${outcome.receiptId}`)
      }
    },
  }),
  defineRoute({
    name: 'privacy-centre.permissions.object',
    method: 'POST',
    path: `${permissionsPath}/:purpose/object`,
    caller: { who: 'subject' },
    params: z.strictObject({ purpose: z.string().max(100) }),
    body: { type: 'form', schema: z.strictObject({}) },
    answers: [303],
    handle: async (request) => {
      await objectToPurpose(deps.ledger, {
        subjectId: subjectOf(request),
        actor: request.actor,
        evidence: evidenceOf(request, deps.renderer.languageOf(request)),
        idempotencyKey: deps.entropy.id<'form'>(),
        ...deps.house,
        purpose: request.params.purpose,
      })
      return seeOther(`${permissionsPath}?done=objected`)
    },
  }),
]
