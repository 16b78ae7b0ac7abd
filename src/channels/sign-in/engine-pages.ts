import {
  type BrandModel,
  negotiateLanguage,
  type PageContext,
  renderPage,
  translator,
} from '../../../views/page.tsx'
import { SignOutView } from '../../../views/sign-in/sign-out.tsx'
import { SignedOutView } from '../../../views/sign-in/signed-out.tsx'

interface LanguageHints {
  readonly acceptLanguage: string | undefined
  readonly cookie: string | undefined
  readonly uiLocales: string | undefined
}

/**
 * The engine's own two pages, drawn by our views: it hands over what its form must send back, and puts the document into
 * its answer. The pages carry no token of ours, because they post to the engine, which has its own.
 */
export interface EnginePages {
  logout(page: {
    readonly action: string
    readonly xsrf: string
    readonly clientName: string | undefined
    readonly language: LanguageHints
  }): string
  loggedOut(page: { readonly clientName: string | undefined; readonly language: LanguageHints }): string
}

export function enginePages(brand: BrandModel): EnginePages {
  const contextOf = (hints: LanguageHints, clientName: string | undefined): PageContext => {
    const language = negotiateLanguage(hints.cookie, hints.uiLocales, hints.acceptLanguage)
    return {
      language,
      t: translator(language),
      csrf: '',
      brand,
      path: '/',
      languages: [],
      ...(clientName === undefined ? {} : { clientName }),
    }
  }
  return {
    logout: ({ action, xsrf, clientName, language }) =>
      renderPage(
        SignOutView,
        // `logout` is the engine's word for "yes, end the session".
        { apps: clientName === undefined ? [] : [clientName], action, hidden: { xsrf, logout: 'yes' } },
        contextOf(language, clientName),
      ),
    loggedOut: ({ clientName, language }) =>
      renderPage(SignedOutView, { apps: [] }, contextOf(language, clientName)),
  }
}
