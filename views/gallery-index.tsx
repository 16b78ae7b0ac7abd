import type { View } from './page-context.ts'
import { Heading } from './parts/heading.tsx'

export interface GalleryIndexModel {
  readonly pages: readonly {
    readonly id: string
    readonly states: readonly {
      readonly name: string
      readonly links: readonly { readonly language: string; readonly href: string }[]
    }[]
  }[]
}

/** Table of contents of the development gallery. */
export const GalleryIndexView: View<GalleryIndexModel> = {
  id: 'gallery-index',
  title: (_, { t }) => t('gallery.title'),
  layout: 'plain',
  wide: true,
  body: ({ model, page }) => (
    <>
      <Heading title={page.t('gallery.title')}>
        <p class="lead">{page.t('gallery.lead')}</p>
      </Heading>
      {model.pages.map(({ id, states }) => (
        <section key={id} class="stack stack--close">
          <h2>{id}</h2>
          <ul>
            {states.map(({ name, links }) => (
              <li key={name}>
                {name}{' '}
                {links.map(({ language, href }) => (
                  <>
                    {' '}
                    <a key={language} href={href}>
                      {language}
                    </a>
                  </>
                ))}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  ),
}
