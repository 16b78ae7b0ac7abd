import { z } from 'zod'
import { ApiReferenceView } from '../../../../views/developers/api-reference.tsx'
import { type ProblemCodeModel, ProblemCodeView } from '../../../../views/developers/problem-code.tsx'
import { ProblemCodesView } from '../../../../views/developers/problem-codes.tsx'
import type { Language } from '../../../../views/page.tsx'
import { notFound } from '../../../kernel/errors.ts'
import { json } from '../../../platform/web/answer.ts'
import { defineRoute } from '../../../platform/web/define-route.ts'
import type { Channel } from '../../channel.ts'
import type { PageRenderer } from '../../page-renderer.ts'
import { openApiDocument } from '../openapi.ts'
import { type ProblemEntry, problemCatalogue } from '../problems/catalogue.ts'
import { apiReference } from './reference-model.ts'

const shownIn = (
  code: string,
  { status, means, todo }: ProblemEntry,
  language: Language,
): ProblemCodeModel => ({
  code,
  status,
  means: (language === 'es' ? means.es : undefined) ?? means.en,
  todo: (language === 'es' ? todo.es : undefined) ?? todo.en,
})

/** What developers read, served by the product it is about: the reference, its document, and what each error code means. */
export function apiReferenceChannel(deps: {
  readonly renderer: PageRenderer
  readonly issuer: URL
}): Channel {
  const { renderer, issuer } = deps
  return {
    id: 'web',
    name: 'docs',
    routes: [
      defineRoute({
        name: 'docs.api',
        method: 'GET',
        path: '/docs/api',
        caller: { who: 'anyone' },
        answers: [200],
        handle: async (request) => renderer.show(request, ApiReferenceView, apiReference(issuer.origin)),
      }),
      defineRoute({
        name: 'docs.openapi',
        method: 'GET',
        path: '/docs/api/openapi.json',
        caller: { who: 'anyone' },
        answers: [200],
        handle: async () => json(openApiDocument()),
      }),
      defineRoute({
        name: 'docs.problems',
        method: 'GET',
        path: '/problems',
        caller: { who: 'anyone' },
        answers: [200],
        handle: async (request) => {
          const language = renderer.languageOf(request)
          const problems = Object.entries(problemCatalogue)
            .map(([code, entry]) => shownIn(code, entry, language))
            .sort((a, b) => (a.code < b.code ? -1 : 1))
          return renderer.show(request, ProblemCodesView, { problems })
        },
      }),
      defineRoute({
        name: 'docs.problem',
        method: 'GET',
        path: '/problems/:code',
        caller: { who: 'anyone' },
        params: z.strictObject({ code: z.string().max(80) }),
        answers: [200],
        handle: async (request) => {
          const { code } = request.params
          const entry = Object.hasOwn(problemCatalogue, code) ? problemCatalogue[code] : undefined
          if (entry === undefined) throw notFound('page-not-found', 'There is no such code.')
          return renderer.show(request, ProblemCodeView, shownIn(code, entry, renderer.languageOf(request)))
        },
      }),
    ],
  }
}
