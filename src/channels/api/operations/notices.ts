import { z } from 'zod'
import { noticeFor, noticeSurfaces, type PublishedNotice } from '../../../features/consent/index.ts'
import { notFound } from '../../../kernel/errors.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { ownPurpose, ownPurposes } from '../asking.ts'
import { described, handled, operation, purposeField } from '../operation.ts'
import { noticeShape } from '../shapes.ts'

const example = {
  id: 'marketing-direct',
  version: 1,
  language: 'es',
  surface: 'screen',
  purpose: 'marketing.direct',
  purpose_version: 1,
  title: 'Novedades y ofertas',
  summary: 'Te escribimos por correo cuando hay rebajas o ropa nueva.',
  text: 'Usamos tu correo y tu nombre para contarte qué hay de nuevo en la tienda.',
  text_hash: 'q1Jm0Yp8hFv0pQ0m4c2m6fN3nJ1d1yq0o7iS2aVtq0E',
  published_at: '2026-11-22T10:00:00.000Z',
}

const language = described(
  z.string().min(2).max(35),
  'Preferred language; another is given where it has none.',
)
const surface = described(z.enum(noticeSurfaces), 'Where it will be shown or read aloud.')

export const readNotice = operation({
  name: 'api.notices',
  method: 'GET',
  path: '/api/v1/notices',
  caller: { who: 'client', scope: 'notices:read' },
  summary: 'Read the notice to show now',
  description:
    'The exact wording of a purpose in force. Show it unchanged and send its reference back with the answer: a consent to other words is none.',
  query: z.strictObject({
    purpose: purposeField,
    language: language.default('es'),
    surface: surface.default('screen'),
  }),
  answers: [200],
  responses: { 200: { description: 'The wording in force.', schema: noticeShape } },
  example: { query: { purpose: 'marketing.direct', language: 'es' }, status: 200, answer: example },
})

export const readNoticeVersion = operation({
  name: 'api.notice',
  method: 'GET',
  path: '/api/v1/notices/:id/:version/:language',
  caller: { who: 'client', scope: 'notices:read' },
  summary: 'Read a notice by its reference',
  description: 'A wording as it was published, in force or not. It never changes.',
  params: z.strictObject({
    id: z.string().min(1).max(100),
    version: z.string().regex(/^[1-9]\d{0,8}$/),
    language: z.string().min(2).max(35),
  }),
  query: z.strictObject({ surface: surface.default('screen') }),
  answers: [200],
  responses: { 200: { description: 'The wording.', schema: noticeShape } },
  example: {
    params: { id: 'marketing-direct', version: '1', language: 'es' },
    status: 200,
    answer: example,
  },
})

const shown = (notice: PublishedNotice) => ({
  id: notice.id,
  version: notice.version,
  language: notice.language,
  surface: notice.surface,
  purpose: notice.purpose,
  purpose_version: notice.purposeVersion,
  title: notice.title,
  summary: notice.summary,
  text: notice.text,
  text_hash: notice.textHash,
  published_at: new Date(notice.publishedAt).toISOString(),
})

const unknown = () => notFound('notice-unknown', 'There is no such notice among your purposes.')

export const noticeRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, readNotice, async (asking, { query }) => {
    const registry = deps.registry.current()
    const { purpose } = ownPurpose(asking, query.purpose, registry)
    const notice = noticeFor(registry, purpose, query.language, query.surface)
    if (notice === undefined) throw unknown()
    return json(shown(notice))
  }),
  handled(deps, readNoticeVersion, async (asking, { params, query }) => {
    const registry = deps.registry.current()
    const own = new Set(ownPurposes(asking, registry).map(({ purpose }) => purpose))
    const notice = registry.notices.find(
      (one) =>
        one.id === params.id &&
        String(one.version) === params.version &&
        one.language === params.language &&
        one.surface === query.surface,
    )
    if (notice === undefined || !own.has(notice.purpose)) throw unknown()
    return json(shown(notice))
  }),
]
