import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider'
import { languageOf, showPage } from './own-pages.ts'
import type { OidcViews } from './ports.ts'

/** The engine's own pages, drawn by our views; the page of `form_post` is in form-post.ts. */
export const engineViews = (views: OidcViews) => ({
  renderError: async (ctx: KoaContextWithOIDC, out: ErrorOut, _error: unknown) => {
    showPage(
      ctx,
      await views.error({ error: out.error, description: out.error_description, language: languageOf(ctx) }),
    )
  },
  logoutSource: async (ctx: KoaContextWithOIDC, _form: string) => {
    const state: unknown = ctx.oidc.session?.state
    const xsrf = typeof state === 'object' && state !== null && 'secret' in state ? String(state.secret) : ''
    showPage(
      ctx,
      await views.logout({
        action: ctx.oidc.urlFor('end_session_confirm'),
        xsrf,
        clientName: nameOf(ctx),
        apps: await appsOf(ctx),
        language: languageOf(ctx),
      }),
    )
  },
  postLogoutSuccessSource: async (ctx: KoaContextWithOIDC) => {
    showPage(
      ctx,
      await views.loggedOut({
        onlyFrom: nameOf(ctx),
        signOutAction: ctx.oidc.urlFor('end_session'),
        language: languageOf(ctx),
      }),
    )
  },
})

const nameOf = ({ oidc: { client } }: KoaContextWithOIDC) => client?.clientName ?? client?.clientId

/** Names of the clients of this session, the one that asks first. Those gone or disabled since have none. */
async function appsOf(ctx: KoaContextWithOIDC): Promise<readonly string[]> {
  const { provider, session, client: asking } = ctx.oidc
  const clientIds = Object.keys(session?.authorizations ?? {})
  const first = clientIds.toSorted((a, b) => Number(b === asking?.clientId) - Number(a === asking?.clientId))
  const found = await Promise.all(first.map((clientId) => provider.Client.find(clientId)))
  return [
    ...new Set(
      found.flatMap((client) => (client === undefined ? [] : [client.clientName ?? client.clientId])),
    ),
  ]
}
