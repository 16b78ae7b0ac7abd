import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { type Assurance, meets } from '../../kernel/actor.ts'
import { fromAcr, leastOf } from '../assurance.ts'

/** The assurance a request asks for with `acr_values` or the `acr` claim, where it asks for one of ours. */
export function assuranceAsked(
  params: Readonly<Record<string, unknown>>,
  claims: unknown,
): Assurance | undefined {
  const listed = params['acr_values']
  const values = typeof listed === 'string' ? listed.split(' ').filter(Boolean) : []
  const acr = acrClaim(claims)
  return leastOf([...values, ...acr])
}

function acrClaim(claims: unknown): readonly string[] {
  if (typeof claims !== 'object' || claims === null || !('id_token' in claims)) return []
  const idToken = claims.id_token
  if (typeof idToken !== 'object' || idToken === null || !('acr' in idToken)) return []
  const request = idToken.acr
  if (typeof request !== 'object' || request === null) return []
  const { value, values } = request as { value?: unknown; values?: unknown }
  return [value, ...(Array.isArray(values) ? values : [])].filter(
    (one): one is string => typeof one === 'string',
  )
}

/** R15: a session that proved less than the request asks for leads to the sign-in page, or to `login_required`. */
export const stepUp = new interactionPolicy.Check(
  'assurance_too_low',
  'a stronger proof of identity is required',
  'login_required',
  (ctx: KoaContextWithOIDC) => {
    if (ctx.oidc.session?.accountId === undefined) return false
    const asked = assuranceAsked(ctx.oidc.params ?? {}, ctx.oidc.claims)
    return asked !== undefined && !meets(fromAcr(ctx.oidc.session.acr), asked)
  },
)
