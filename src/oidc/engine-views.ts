import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider'
import type { LanguageHints, OidcViews } from './ports.ts'

const languageOf = (ctx: KoaContextWithOIDC): LanguageHints => {
  const locales: unknown = ctx.oidc.params?.['ui_locales'] ?? ctx.query['ui_locales']
  const cookie = /(?:^|;\s*)placet_language=([^;]*)/.exec(ctx.get('cookie'))?.[1]
  return {
    acceptLanguage: ctx.get('accept-language') || undefined,
    cookie,
    uiLocales: typeof locales === 'string' ? locales : undefined,
  }
}

const page = (ctx: KoaContextWithOIDC, html: string) => {
  ctx.type = 'text/html; charset=utf-8'
  ctx.body = html
}

/** The engine's own pages, drawn by our views. */
export const engineViews = (views: OidcViews) => ({
  renderError: async (ctx: KoaContextWithOIDC, out: ErrorOut, _error: unknown) => {
    page(
      ctx,
      await views.error({ error: out.error, description: out.error_description, language: languageOf(ctx) }),
    )
  },
  logoutSource: async (ctx: KoaContextWithOIDC, _form: string) => {
    const state: unknown = ctx.oidc.session?.state
    const xsrf = typeof state === 'object' && state !== null && 'secret' in state ? String(state.secret) : ''
    page(
      ctx,
      await views.logout({
        action: ctx.oidc.urlFor('end_session_confirm'),
        xsrf,
        clientName: ctx.oidc.client?.clientName,
        language: languageOf(ctx),
      }),
    )
  },
  postLogoutSuccessSource: async (ctx: KoaContextWithOIDC) => {
    page(ctx, await views.loggedOut({ clientName: ctx.oidc.client?.clientName, language: languageOf(ctx) }))
  },
})
