import { translator } from './locales/translator.ts'
import { renderPage } from './page.tsx'
import type { BrandModel, Language, PageContext, View } from './page-context.ts'

/** A page in one of its states. Words that come from registries are given in the reader's language, as they would be. */
export type Fixture<Model> = (
  | { readonly model: Model }
  | { readonly modelIn: (language: Language) => Model }
) & { readonly page?: Visit }

type Visit = Partial<
  Pick<PageContext, 'clientName' | 'notice' | 'formError' | 'fieldErrors' | 'brand' | 'menu'>
>

export interface GalleryEntry {
  /** The page's name, such as `sign-in/identify`. */
  readonly id: string
  readonly layout: string
  readonly states: readonly string[]
  /** True when this state shows an error of the form. */
  readonly isWrong: (state: string) => boolean
  readonly render: (state: string, language: Language) => string
}

const exampleBrand: BrandModel = {
  id: 'tienda-norte',
  name: 'Tienda Norte',
  helpHref: 'https://tienda-norte.example/ayuda',
}

/** A brand with colours of its own, to see that tokens are enough. */
export const colourfulBrand: BrandModel = {
  id: 'casa-lumbre',
  name: 'Casa Lumbre',
  helpHref: 'https://casa-lumbre.example/ayuda',
  theme: { accent: '#8f2d14', accentText: '#ffffff', accentDark: '#f5ab93', accentTextDark: '#35100a' },
}

export const exampleBrands: readonly BrandModel[] = [exampleBrand, colourfulBrand]

/** The moment at which every example takes place. */
export const exampleNow = new Date('2026-11-22T10:15:30.000Z')

export const daysBefore = (days: number): Date => new Date(exampleNow.getTime() - days * 86_400_000)

const absent = (states: string, id: string): never => {
  throw new RangeError(`${id} has no state ${states}`)
}

/** Holds a view together with its states, and forgets the model's type so that all pages fit in one list. */
export function fixturesOf<Model>(
  view: View<Model>,
  states: Readonly<Record<string, Fixture<Model>>>,
): GalleryEntry {
  return {
    id: view.id,
    layout: view.layout,
    states: Object.keys(states),
    isWrong: (state) =>
      states[state]?.page?.formError !== undefined || states[state]?.page?.fieldErrors !== undefined,
    render: (state, language) => {
      const fixture = states[state] ?? absent(state, view.id)
      const model = 'model' in fixture ? fixture.model : fixture.modelIn(language)
      return renderPage(view, model, exampleContext(view.id, language, fixture.page))
    },
  }
}

function exampleContext(id: string, language: Language, page: Visit | undefined): PageContext {
  return {
    language,
    t: translator(language),
    csrf: 'example-token',
    brand: exampleBrand,
    path: `/__gallery/${id}`,
    languages: [
      { code: 'es', name: 'Español', href: '?lang=es' },
      { code: 'en', name: 'English', href: '?lang=en' },
    ],
    ...page,
  }
}
