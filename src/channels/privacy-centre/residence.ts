import { z } from 'zod'
import { ResidenceView } from '../../../views/privacy-centre/residence.tsx'
import { moveSubject } from '../../features/consent/index.ts'
import { notFound } from '../../kernel/errors.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import { countriesIn } from '../countries.ts'
import type { PageExtras } from '../page-renderer.ts'
import { evidenceOf, type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'
import { residencePath, yourDataPath } from './your-data.ts'

async function residenceOf(deps: PrivacyCentreDeps, request: GuardedRequest): Promise<string> {
  const known = await deps.ledger.facts.find(subjectOf(request))
  if (known === undefined) throw notFound('subject-unknown', 'There is no such account.')
  return known.facts.subject.jurisdiction ?? ''
}

function showResidence(
  deps: PrivacyCentreDeps,
  request: GuardedRequest,
  country: string,
  extras: PageExtras = {},
) {
  const countries = countriesIn(deps.renderer.languageOf(request))
  return deps.renderer.show(request, ResidenceView, { country, countries, backHref: yourDataPath }, extras)
}

/** Saying that one lives in another country: its law decides from then on, about what was said before as well. */
export const residenceRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.residence',
    method: 'GET',
    path: residencePath,
    caller: { who: 'subject' },
    answers: [200],
    handle: async (request) => showResidence(deps, request, await residenceOf(deps, request)),
  }),
  defineRoute({
    name: 'privacy-centre.residence.save',
    method: 'POST',
    path: residencePath,
    caller: { who: 'subject' },
    body: { type: 'form', schema: z.strictObject({ country: z.string().max(10).default('') }) },
    answers: [303, 422],
    handle: async (request) => {
      const { country } = request.body
      if (!countriesIn('en').some(({ value }) => value === country)) {
        const fieldErrors = [{ field: 'country', code: 'choose-country' }]
        return showResidence(deps, request, country, { fieldErrors })
      }
      const { outcome } = await moveSubject(deps.moves, {
        subjectId: subjectOf(request),
        actor: request.actor,
        evidence: evidenceOf(request, deps.renderer.languageOf(request)),
        jurisdiction: country,
      })
      return seeOther(outcome === 'moved' ? `${yourDataPath}?done=moved` : yourDataPath)
    },
  }),
]
