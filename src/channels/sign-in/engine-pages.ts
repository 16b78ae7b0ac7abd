import {
  type BrandModel,
  negotiateLanguage,
  type PageContext,
  renderPage,
  translator,
} from '../../../views/page.tsx'
import { FormPostView } from '../../../views/sign-in/form-post.tsx'
import { SignOutView } from '../../../views/sign-in/sign-out.tsx'
import { SignedOutView } from '../../../views/sign-in/signed-out.tsx'

interface LanguageHints {
  readonly acceptLanguage: string | undefined
  readonly cookie: string | undefined
  readonly uiLocales: string | undefined
}

/**
 * The engine's own pages, drawn by our views: it hands over what its form must send back, and puts the document into
 * its answer. The pages carry no token of ours, because they post to the engine, which has its own, or to a client.
 */
export interface EnginePages {
  logout(page: {
    readonly action: string
    readonly xsrf: string
    readonly clientName: string | undefined
    readonly apps: readonly string[]
    readonly language: LanguageHints
  }): string
  loggedOut(page: {
    readonly onlyFrom: string | undefined
    readonly signOutAction: string
    readonly language: LanguageHints
  }): string
  formPost(page: {
    readonly action: string
    readonly fields: Readonly<Record<string, string>>
    readonly clientName: string
    readonly language: LanguageHints
  }): string
}

export function enginePages(brand: BrandModel): EnginePages {
  const contextOf = (hints: LanguageHints, clientName: string | undefined): PageContext => {
    const language = negotiateLanguage(hints.cookie, hints.uiLocales, hints.acceptLanguage)
    return {
      language,
      t: translator(language, brand.timeZone),
      csrf: '',
      brand,
      path: '/',
      languages: [],
      ...(clientName === undefined ? {} : { clientName }),
    }
  }
  return {
    logout: ({ action, xsrf, clientName, apps, language }) =>
      renderPage(
        SignOutView,
        {
          apps,
          action,
          ...(clientName === undefined ? {} : { clientName }),
          hidden: { xsrf },
          // `logout` is the engine's word for "yes, end the session"; without it only the client that asks is left.
          hiddenForAll: { logout: 'yes' },
        },
        contextOf(language, clientName),
      ),
    loggedOut: ({ onlyFrom, signOutAction, language }) =>
      renderPage(
        SignedOutView,
        {
          apps: [],
          ...(onlyFrom === undefined ? {} : { only: { clientName: onlyFrom, signOutHref: signOutAction } }),
        },
        contextOf(language, onlyFrom),
      ),
    formPost: ({ action, fields, clientName, language }) =>
      renderPage(FormPostView, { action, fields, clientName }, contextOf(language, clientName)),
  }
}
