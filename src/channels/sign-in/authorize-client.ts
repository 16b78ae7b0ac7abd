import { z } from 'zod'
import { AuthorizeClientView } from '../../../views/sign-in/authorize-client.tsx'
import { ContinuingView } from '../../../views/sign-in/continuing.tsx'
import { gone } from '../../kernel/errors.ts'
import type { Route } from '../../platform/web/route.ts'
import type { Allows, Asks, ClaimPreview } from './engine.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { stepRoutes, type Visit } from './visit.ts'

const claimIds = z.array(z.string().max(100)).max(100)
const body = z.strictObject({
  decision: z.enum(['share', 'refuse']).optional(),
  claim: z
    .union([
      z
        .string()
        .max(100)
        .transform((one) => [one]),
      claimIds,
    ])
    .default([]),
})

/** Someone else asks for data of the person: who, what, with today's values, and as easy a no as a yes. */
export function authorizeClientRoutes(deps: SignInDeps): readonly Route[] {
  const route = stepRoutes(deps)
  const show = async (visit: Visit) => {
    const preview = await previewOf(deps, visit)
    const { domain, privacyHref, purpose, duration } = preview
    return visit.show(AuthorizeClientView, {
      client: {
        name: visit.open.clientName,
        domain,
        ...(privacyHref === undefined ? {} : { privacyHref }),
      },
      claims: preview.claims.map(({ id, label, value, optional }) => ({
        id,
        label: { text: label },
        optional,
        ...(value === undefined ? {} : { value }),
      })),
      purpose,
      duration,
    })
  }
  return [
    route(
      {
        step: 'authorize-client',
        name: 'authorize-client',
        method: 'GET',
        page: 'authorize-client',
        answers: [200],
      },
      show,
    ),
    route(
      {
        step: 'authorize-client',
        name: 'authorize-client.answer',
        method: 'POST',
        page: 'authorize-client',
        body,
        answers: [200],
      },
      async (visit, { decision, claim: ticked }) => {
        const { exchange } = visit.request
        // Whatever is not a clear yes shows the question again: no answer means no.
        if (decision === undefined) return show(visit)
        const href =
          decision === 'refuse'
            ? await deps.interactions.abort(exchange)
            : await deps.interactions.authorize(
                exchange,
                allowedOf(visit.open.asks, await previewOf(deps, visit), ticked),
              )
        return visit.show(ContinuingView, { href, clientName: visit.open.clientName })
      },
    ),
  ]
}

function previewOf(deps: SignInDeps, { open, language }: Visit): Promise<ClaimPreview> {
  if (open.subjectId === undefined) throw gone('interaction-expired', 'Nobody is signed in here.')
  return deps.previewClaims(open.subjectId, open.clientId, open.asks, language)
}

/**
 * What was asked for, less what stands for an optional line that was not ticked and for no line that stays. Where a scope
 * stands for several lines of which some stay, the claims of the others are refused by name.
 */
export function allowedOf(asks: Asks, preview: ClaimPreview, ticked: readonly string[]): Allows {
  const stays = preview.claims.filter(({ optional, id }) => !optional || ticked.includes(id))
  const goes = preview.claims.filter((claim) => !stays.includes(claim))
  const kept = (asked: readonly string[], of: (claim: (typeof stays)[number]) => readonly string[]) =>
    asked.filter(
      (name) =>
        stays.some((claim) => of(claim).includes(name)) || !goes.some((claim) => of(claim).includes(name)),
    )
  const scopes = kept(asks.scopes, (claim) => claim.scopes)
  const refusedClaims = goes
    .filter((claim) => claim.scopes.some((scope) => scopes.includes(scope)))
    .flatMap(({ claims }) => claims)
  return {
    scopes,
    claims: kept(asks.claims, ({ claims }) => claims),
    resources: asks.resources,
    ...(refusedClaims.length > 0 ? { refusedClaims } : {}),
  }
}
