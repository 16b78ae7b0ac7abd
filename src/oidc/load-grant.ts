import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import { parseId } from '../kernel/ids.ts'
import type { Allowed } from './allowed.ts'
import { type Asks, asksIn } from './asks.ts'
import type { Allows } from './interactions.ts'
import type { OidcStorage } from './pg-adapter.ts'

type ClaimsByScope = Readonly<Record<string, readonly string[]>>

/**
 * A Grant is derived, never the source: for our own clients from what they ask, because what may leave is the ledger's
 * word at the moment of release; for others from what the person allowed them. One per session and client, so that
 * signing out here leaves the phone alone.
 */
export const loadExistingGrant =
  (storage: OidcStorage, claimsByScope: () => ClaimsByScope) =>
  async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { client, account, session, provider } = ctx.oidc
    if (client === undefined || account === undefined || session === undefined) return undefined
    const grantId = session.grantIdFor(client.clientId)
    const found = grantId === undefined ? undefined : await provider.Grant.find(grantId)
    const existing =
      found !== undefined && found.accountId === account.accountId && found.clientId === client.clientId
        ? found
        : undefined
    const make = () => new provider.Grant({ accountId: account.accountId, clientId: client.clientId })

    if (client['first_party'] === true) return asAsked(ctx, existing ?? make())

    const subjectId = parseId<'subject'>(account.accountId)
    if (subjectId === undefined) return undefined
    const unit = storage.unitOf(ctx)
    const choice = choiceOf(ctx.oidc.result)
    if (choice === undefined) {
      if (existing !== undefined) return existing
      const allowed = await unit.allowedBy(subjectId, client.clientId)
      if (allowed === undefined) return undefined
      const grant = make()
      give(grant, allowed)
      await grant.save()
      return grant
    }
    // A new answer replaces the old one, and with it whatever was issued under the old one.
    if (existing !== undefined) {
      unit.put('dropFamily', existing.jti, [existing.jti])
      await existing.destroy()
    }
    const before = await unit.allowedBy(subjectId, client.clientId)
    const allowed = merge(before, choice, shownOf(ctx), claimsByScope())
    const grant = make()
    give(grant, allowed)
    await grant.save()
    unit.put('authorization', `${subjectId}|${client.clientId}`, [
      subjectId,
      client.clientId,
      JSON.stringify(allowed),
    ])
    return grant
  }

/** What the page showed; words that are no scopes of ours stand for nothing. */
function shownOf(ctx: KoaContextWithOIDC): Asks {
  const { prompt, params } = ctx.oidc.entities.Interaction ?? {}
  const shown = asksIn(prompt, params)
  return { ...shown, scopes: shown.scopes.filter((scope) => ctx.oidc.requestParamOIDCScopes.has(scope)) }
}

function askedOf(ctx: KoaContextWithOIDC): Asks {
  const resources = Object.entries(ctx.oidc.resourceServers ?? {}).map(([indicator, server]) => [
    indicator,
    [...ctx.oidc.requestParamScopes].filter((scope) => server.scopes.has(scope)),
  ])
  return {
    scopes: [...ctx.oidc.requestParamOIDCScopes],
    claims: [...ctx.oidc.requestParamClaims],
    resources: Object.fromEntries(resources),
  }
}

/** Only grows, and is only written when it grew: a repeated sign-in costs no write. Tokens still carry what was asked. */
async function asAsked(ctx: KoaContextWithOIDC, grant: Grant): Promise<Grant> {
  const asked = askedOf(ctx)
  const hasScopes = new Set(grant.getOIDCScope().split(' '))
  const hasClaims = new Set(grant.getOIDCClaims())
  const missing =
    asked.scopes.some((scope) => !hasScopes.has(scope)) ||
    asked.claims.some((claim) => !hasClaims.has(claim)) ||
    Object.entries(asked.resources).some(([indicator, scopes]) => {
      const has = new Set(grant.getResourceScope(indicator).split(' '))
      return scopes.some((scope) => !has.has(scope))
    })
  if (missing || grant.jti === undefined) {
    give(grant, { ...asked, refusedScopes: [], refusedClaims: [] })
    await grant.save()
  }
  return grant
}

function give(grant: Grant, allowed: Allowed): void {
  if (allowed.scopes.length > 0) grant.addOIDCScope([...allowed.scopes].join(' '))
  if (allowed.claims.length > 0) grant.addOIDCClaims([...allowed.claims])
  for (const [indicator, scopes] of Object.entries(allowed.resources)) {
    if (scopes.length > 0) grant.addResourceScope(indicator, scopes.join(' '))
  }
  if (allowed.refusedScopes.length > 0) grant.rejectOIDCScope(allowed.refusedScopes.join(' '))
  if (allowed.refusedClaims.length > 0) grant.rejectOIDCClaims([...allowed.refusedClaims])
}

/** The newest answer counts for what it was about; what it was not about stays as it was answered before. */
export function merge(
  before: Allowed | undefined,
  choice: Allows,
  asked: Asks,
  claimsByScope: ClaimsByScope = {},
): Allowed {
  const join = (old: readonly string[], about: readonly string[], chosen: readonly string[]) => [
    ...new Set([
      ...old.filter((name) => !about.includes(name)),
      ...about.filter((name) => chosen.includes(name)),
    ]),
  ]
  const not = (old: readonly string[], about: readonly string[], chosen: readonly string[]) => [
    ...new Set([
      ...old.filter((name) => !about.includes(name)),
      ...about.filter((name) => !chosen.includes(name) && name !== 'openid'),
    ]),
  ]
  const scopes = ['openid', ...choice.scopes]
  const claimsShown = [...asked.claims, ...asked.scopes.flatMap((scope) => claimsByScope[scope] ?? [])]
  const indicators = new Set([...Object.keys(before?.resources ?? {}), ...Object.keys(asked.resources)])
  return {
    scopes: join(before?.scopes ?? [], asked.scopes, scopes),
    claims: join(before?.claims ?? [], asked.claims, choice.claims),
    resources: Object.fromEntries(
      [...indicators].map((indicator) => [
        indicator,
        join(
          before?.resources[indicator] ?? [],
          asked.resources[indicator] ?? [],
          choice.resources[indicator] ?? [],
        ),
      ]),
    ),
    refusedScopes: not(before?.refusedScopes ?? [], asked.scopes, scopes),
    refusedClaims: [
      ...new Set([
        ...not(before?.refusedClaims ?? [], claimsShown, claimsShown),
        ...not([], asked.claims, choice.claims),
        ...(choice.refusedClaims ?? []),
      ]),
    ],
  }
}

/** What the person chose on the page, as `Interactions.authorize` left it in the interaction. */
function choiceOf(result: unknown): Allows | undefined {
  if (typeof result !== 'object' || result === null || !('consent' in result)) return undefined
  const { consent } = result
  if (typeof consent !== 'object' || consent === null) return undefined
  const { scopes, claims, resources, refusedClaims } = consent as Partial<Allows>
  return {
    scopes: scopes ?? [],
    claims: claims ?? [],
    resources: resources ?? {},
    refusedClaims: refusedClaims ?? [],
  }
}
