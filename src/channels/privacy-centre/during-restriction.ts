import type { RestrictedUseModel } from '../../../views/privacy-centre/during-restriction.tsx'
import {
  noticeFor,
  type PublishedRegistry,
  purposeTitle,
  type RestrictedUse,
  recordChoices,
} from '../../features/consent/index.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { choicesBody, formQuery, paceYeses, readChoices, spent } from '../choices-form.ts'
import { shownAs } from '../purpose-cards.ts'
import { askToConfirm } from './missing-steps.ts'
import { permissionsPath } from './permissions-path.ts'
import { evidenceOf, type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'

const duringRestrictionPath = `${permissionsPath}/during-restriction`

/** Each use a restriction reaches, in the words in force; what cannot be told cannot be allowed. */
export const restrictedUseModels = (
  uses: readonly RestrictedUse[],
  registry: PublishedRegistry,
  language: string,
): readonly RestrictedUseModel[] =>
  uses.flatMap(({ key, allowedAt }) => {
    const notice = noticeFor(registry, key.purpose, language)
    if (notice === undefined) return []
    return [
      {
        key: `${key.purpose}.${key.contactChannel}`,
        title: purposeTitle(registry, key.purpose, language),
        contactChannel: key.contactChannel,
        notice: shownAs(notice),
        summary: notice.summary,
        action: duringRestrictionPath,
        ...(allowedAt === undefined ? {} : { allowedAt: new Date(allowedAt) }),
      },
    ]
  })

/**
 * Allowing one use while a restriction stands, and taking it back with the same click (GDPR Art. 18(2)). Each use is a form of
 * its own: what is agreed to in spite of a restriction is never agreed to along with something else.
 */
export const duringRestrictionRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.permissions.during-restriction',
    method: 'POST',
    path: duringRestrictionPath,
    caller: { who: 'subject' },
    query: formQuery,
    body: { type: 'form', schema: choicesBody },
    answers: [303],
    handle: async (request) => {
      const subjectId = subjectOf(request)
      const read = readChoices(request.body, { unanswered: 'not-answered' })
      const [choice] = read.choices
      if (read.issues.length > 0 || choice === undefined || read.choices.length > 1)
        return seeOther(`${permissionsPath}?done=unchanged`)
      await paceYeses(deps.limiter, subjectId, read.choices)
      const outcome = await recordChoices(deps.ledger, {
        subjectId,
        actor: request.actor,
        evidence: evidenceOf(request, deps.renderer.languageOf(request)),
        idempotencyKey: request.query.once ?? deps.entropy.id<'form'>(),
        ...deps.house,
        choices: [choice],
        duringRestriction: true,
      }).catch(spent)
      if (outcome.outcome !== 'recorded') {
        // The words changed meanwhile: the page shows the new ones, and nothing was recorded.
        const done = outcome.outcome === 'stale' ? 'words-changed' : 'unchanged'
        return seeOther(`${permissionsPath}?done=${done}`)
      }
      askToConfirm(deps, subjectId)
      return seeOther(`${permissionsPath}/saved/${outcome.receiptId}`)
    },
  }),
]
