/**
 * Gallery: every page in every state it can be met in, for whoever draws or translates them. Development only: compose
 * leaves this room out of production, fixtures and all.
 */
import { z } from 'zod'
import type { GalleryEntry } from '../../../views/fixture.ts'
import { GalleryIndexView } from '../../../views/gallery-index.tsx'
import type { Language } from '../../../views/page.tsx'
import { notFound } from '../../kernel/errors.ts'
import { page } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Channel } from '../channel.ts'
import type { PageRenderer } from '../page-renderer.ts'

const base = '/__gallery'

export const galleryChannel = (gallery: readonly GalleryEntry[], renderer: PageRenderer): Channel => ({
  id: 'web',
  name: 'gallery',
  routes: [
    defineRoute({
      name: 'gallery.index',
      method: 'GET',
      path: base,
      caller: { who: 'anyone' },
      answers: [200],
      handle: async (request) =>
        renderer.show(request, GalleryIndexView, {
          pages: gallery.map(({ id, states }) => ({
            id,
            states: states.map((state) => ({
              name: state,
              links: (['es', 'en'] as const).map((language) => ({
                language,
                href: `${base}/${id}?${new URLSearchParams({ state, lang: language })}`,
              })),
            })),
          })),
        }),
    }),
    defineRoute({
      name: 'gallery.page',
      method: 'GET',
      path: `${base}/:folder/:page`,
      caller: { who: 'anyone' },
      params: z.strictObject({ folder: z.string().max(40), page: z.string().max(40) }),
      query: z.object({ state: z.string().max(80), lang: z.enum(['es', 'en']).default('es') }),
      answers: [200],
      handle: async ({ params, query }) => {
        const entry = gallery.find(({ id }) => id === `${params.folder}/${params.page}`)
        if (entry === undefined || !entry.states.includes(query.state)) {
          throw notFound('gallery-state-unknown', 'There is no such page in that state.')
        }
        return page(entry.render(query.state, query.lang satisfies Language))
      },
    }),
  ],
})
