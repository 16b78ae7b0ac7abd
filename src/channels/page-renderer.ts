import {
  type BrandModel,
  type Language,
  negotiateLanguage,
  type PageContext,
  renderPage,
  translator,
  type View,
} from '../../views/page.tsx'
import type { Actor } from '../kernel/actor.ts'
import type { FieldIssue } from '../kernel/errors.ts'
import { type Answer, type Cookie, page } from '../platform/web/answer.ts'
import { languageCookie } from '../platform/web/cookies.ts'
import { ownPath } from '../platform/web/own-path.ts'
import type { GuardedRequest } from '../platform/web/route.ts'
import { menuFor } from './console-menu.ts'

export type PageExtras = Partial<Pick<PageContext, 'clientName' | 'notice' | 'formError' | 'fieldErrors'>> & {
  readonly status?: number
  readonly cookies?: readonly Cookie[]
  /** Languages asked for by whoever sent the person here (`ui_locales`), before the browser's own. */
  readonly uiLocales?: string
}

export interface PageRenderer {
  /** The page in the person's language. Status is 422 when there are field errors, unless said otherwise. */
  show<Model>(request: PageRequest, view: View<Model>, model: Model, extras?: PageExtras): Answer
  languageOf(request: PageRequest, uiLocales?: string): Language
}

/** The part of a request that a page needs. */
export type PageRequest = Pick<GuardedRequest, 'csrf' | 'path' | 'url' | 'cookie' | 'header'> & {
  /** Whose menu stands above the pages of staff. */
  readonly actor?: Actor
}

const names: Readonly<Record<Language, string>> = { es: 'Español', en: 'English' }

const base = 'http://here'

/** The query of an address; empty for one that browsers could read as another host's (R113). */
const queryOf = (url: string): URLSearchParams => new URL(ownPath(url) ?? '/', base).searchParams

/** The same address in another language: everything else in the query stays, so no form or sign-in is lost. */
function inLanguage(url: string, language: Language): string {
  const target = new URL(ownPath(url) ?? '/', base)
  target.searchParams.set('lang', language)
  return `${target.pathname}${target.search}`
}

export function pageRenderer(brand: BrandModel): PageRenderer {
  const languageOf = (request: PageRequest, uiLocales?: string): Language => {
    const asked = queryOf(request.url).get('lang')
    return negotiateLanguage(
      asked ?? undefined,
      request.cookie(languageCookie),
      uiLocales,
      request.header('accept-language'),
    )
  }
  return {
    languageOf,
    show: (request, view, model, extras = {}) => {
      const { status, cookies, uiLocales, ...context } = extras
      const language = languageOf(request, uiLocales)
      const chosen = queryOf(request.url).get('lang')
      const remembered: readonly Cookie[] =
        chosen === language ? [{ name: languageCookie, value: language, maxAgeSeconds: 31_536_000 }] : []
      const menu = view.layout === 'staff' ? menuFor(request.actor, request.path) : undefined
      const html = renderPage(view, model, {
        language,
        t: translator(language, brand.timeZone),
        csrf: request.csrf,
        brand,
        path: request.url,
        languages: (['es', 'en'] as const).map((code) => ({
          code,
          name: names[code],
          href: inLanguage(request.url, code),
        })),
        ...(menu === undefined ? {} : { menu }),
        ...context,
      })
      const wrong = (context.fieldErrors ?? []).length > 0 || context.formError !== undefined
      return page(html, status ?? (wrong ? 422 : 200), [...remembered, ...(cookies ?? [])])
    },
  }
}

/** Issues of a closed error, as the fields of a page. */
export const fieldErrorsOf = (issues: readonly FieldIssue[]) =>
  issues.map(({ field, code }) => ({ field, code }))
