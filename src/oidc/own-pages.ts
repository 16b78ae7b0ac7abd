import type { KoaContextWithOIDC } from 'oidc-provider'
import type { LanguageHints, OidcLog, OidcViews } from './ports.ts'

const drawnByUs = new WeakSet<object>()

export const languageOf = (ctx: KoaContextWithOIDC): LanguageHints => {
  const locales: unknown = ctx.oidc?.params?.['ui_locales'] ?? ctx.query['ui_locales']
  const cookie = /(?:^|;\s*)placet_language=([^;]*)/.exec(ctx.get('cookie'))?.[1]
  return {
    acceptLanguage: ctx.get('accept-language') || undefined,
    cookie,
    uiLocales: typeof locales === 'string' ? locales : undefined,
  }
}

/** The one way a page may leave the engine. */
export function showPage(ctx: KoaContextWithOIDC, html: string): void {
  ctx.set('Cache-Control', 'no-store')
  ctx.type = 'text/html; charset=utf-8'
  ctx.body = html
  drawnByUs.add(ctx)
}

/**
 * Whatever the engine wants to show that no view of ours drew does not leave: a page of an engine to come, or one of a
 * feature somebody switched on, is a fault and looks like one. A redirect goes without the page that would repeat the
 * address, and the code in it, in words.
 */
export const onlyOwnPages =
  (parts: { readonly views: OidcViews; readonly log: OidcLog }) =>
  async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next()
    if (ctx.status >= 300 && ctx.status < 400 && ctx.response.get('Location') !== '') {
      ctx.body = ''
      ctx.remove('Content-Type')
      return
    }
    if (drawnByUs.has(ctx) || !/^(text\/html|application\/xhtml)/.test(ctx.response.type)) return
    parts.log.error('oidc.page-without-a-view', {})
    ctx.status = 500
    showPage(
      ctx,
      await parts.views.error({
        error: 'server_error',
        description: undefined,
        language: languageOf(ctx),
      }),
    )
  }
