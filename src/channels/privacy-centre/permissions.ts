import { z } from 'zod'
import { type PermissionsModel, PermissionsView } from '../../../views/privacy-centre/permissions.tsx'
import {
  type ConsentOverview,
  consentOverview,
  inLanguage,
  noticeFor,
  objectToPurpose,
  type PublishedRegistry,
  purposeTitle,
  recordChoices,
  whereAnswered,
} from '../../features/consent/index.ts'
import { notFound } from '../../kernel/errors.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import {
  choicesBody,
  formAddress,
  formQuery,
  paceYeses,
  readChoices,
  type ShownAgain,
  shownAgain,
  spent,
  withTyped,
} from '../choices-form.ts'
import type { PageExtras } from '../page-renderer.ts'
import { purposeCards } from '../purpose-cards.ts'
import { scopeWords } from '../scope-words.ts'
import { basisWords } from './basis-words.ts'
import { restrictedUseModels } from './during-restriction.ts'
import { askToConfirm, stepsMissing } from './missing-steps.ts'
import { permissionsPath } from './permissions-path.ts'
import { evidenceOf, type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'

const done = {
  unchanged: 'flash.nothing-changed',
  objected: 'flash.objection-made',
  'marketing-objected': 'flash.marketing-objected',
  'confirmation-sent': 'flash.confirmation-sent',
  'guardian-asked': 'flash.guardian-asked',
  'words-changed': 'flash.words-changed',
} as const

const told = [
  'unchanged',
  'objected',
  'marketing-objected',
  'confirmation-sent',
  'guardian-asked',
  'words-changed',
] as const
const query = z.object({ done: z.enum(told).optional().catch(undefined) })

/** What the form is shown again with, when it could not be saved as it was. */
type Again = Partial<Pick<ShownAgain, 'typed' | 'read' | 'overtaken'>>

const dated = <Name extends string>(name: Name, at: number | undefined) =>
  (at === undefined ? {} : { [name]: new Date(at) }) as { readonly [Key in Name]?: Date }

function interestsOf(
  overview: ConsentOverview,
  registry: PublishedRegistry,
  language: string,
): PermissionsModel['legitimateInterests'] {
  return overview.interests.map(({ purpose, objectedAt, overriddenAt, restricted }) => ({
    id: purpose.replaceAll('.', '-'),
    title: purposeTitle(registry, purpose, language),
    summary: noticeFor(registry, purpose, language)?.summary ?? '',
    recipients: (registry.active.get(purpose)?.recipients ?? []).flatMap(
      (id) => registry.systemNames.get(id)?.name ?? [],
    ),
    ...dated('objectedAt', objectedAt),
    ...dated('overriddenAt', overriddenAt),
    restricted,
    objectAction: `${permissionsPath}/${purpose}/object`,
  }))
}

async function showPermissions(
  deps: PrivacyCentreDeps,
  request: GuardedRequest,
  { typed = new Map(), ...again }: Again = {},
  extras: PageExtras = {},
): Promise<Answer> {
  const subjectId = subjectOf(request)
  const language = deps.renderer.languageOf(request)
  const [overview, where, steps] = await Promise.all([
    consentOverview(deps.ledger, { subjectId, ...deps.house }),
    whereAnswered(deps.ledger, subjectId),
    stepsMissing(deps, subjectId, language),
  ])
  if (overview === undefined) throw notFound('subject-unknown', 'There is no such account.')
  const registry = deps.ledger.registry.current()
  const alone = steps.guardian === undefined || steps.guardian.state === 'of-age'
  const cards = purposeCards(overview.choices, registry, language, {
    now: deps.clock.now(),
    where,
    alone,
    ...again,
  })
  return deps.renderer.show(
    { ...request, url: formAddress(request.url, permissionsPath, deps.entropy) },
    PermissionsView,
    {
      purposes: withTyped(cards, typed),
      legitimateInterests: interestsOf(overview, registry, language),
      necessary: overview.necessary.map(({ purpose, basis }) => ({
        id: purpose,
        title: purposeTitle(registry, purpose, language),
        basis: `${basisWords(basis, language)}. ${inLanguage(registry.active.get(purpose)?.retention ?? {}, language)}`,
      })),
      restrictions: overview.restrictions.map(({ since, scope }) => ({
        since: new Date(since),
        reaches: scope.flatMap((entry) => scopeWords(entry, registry, language)),
      })),
      restrictedUses: restrictedUseModels(overview.restricted, registry, language),
      marketing: {
        ...dated('objectedAt', overview.marketingObjectedAt),
        objectAction: `${permissionsPath}/object-to-marketing`,
      },
      ...steps,
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
      const { done: news } = request.query
      return showPermissions(
        deps,
        request,
        undefined,
        news === undefined ? {} : { notice: { kind: 'info', key: done[news] } },
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
        return showPermissions(deps, request, read, { fieldErrors: read.issues })
      }
      if (read.choices.length === 0) return seeOther(`${permissionsPath}?done=unchanged`)
      await paceYeses(deps.limiter, subjectOf(request), read.choices)
      const outcome = await recordChoices(deps.ledger, {
        subjectId: subjectOf(request),
        actor: request.actor,
        evidence: evidenceOf(request, deps.renderer.languageOf(request)),
        idempotencyKey: request.query.once ?? deps.entropy.id<'form'>(),
        ...deps.house,
        choices: read.choices,
      }).catch(spent)
      switch (outcome.outcome) {
        case 'recorded':
          askToConfirm(deps, subjectOf(request))
          return seeOther(`${permissionsPath}/saved/${outcome.receiptId}`)
        case 'unchanged':
          return seeOther(`${permissionsPath}?done=unchanged`)
        default: {
          const { formError, ...again } = shownAgain(outcome, read)
          return showPermissions(deps, request, again, { formError })
        }
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
