import { z } from 'zod'
import { PlacetError, unauthenticated } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { ProvenTerminal } from '../../oidc/index.ts'
import type { GuardedRequest } from '../../platform/web/route.ts'
import type { KioskDeps } from './kiosk-deps.ts'

/** As which client a terminal asks; that it is this one is for its proof to show. */
export const clientIdShape = z.string().max(80)

/** One answer for whatever opens no visit: which of the reasons it was is nobody's business on a public screen. */
export const noVisit = () =>
  unauthenticated('kiosk-token-refused', 'This opens no visit: ask for a new code.')

type Deps = Pick<KioskDeps, 'limiter' | 'visits' | 'issuer' | 'addressOf'>

/** Which terminal asks, by a proof of its key over this very request. How often it may is for the caller to count first. */
export async function terminalBehind(
  deps: Deps,
  request: GuardedRequest,
  named: string,
  at: string,
): Promise<ProvenTerminal> {
  const proof = request.header('dpop')
  const terminal =
    proof &&
    (await deps.visits.terminalOf({
      clientId: named,
      proof,
      method: 'POST',
      url: `${deps.issuer.origin}${at}`,
      address: deps.addressOf(request.exchange.req),
    }))
  if (!terminal) throw noVisit()
  return terminal
}

/**
 * Takes the proof of this request once (RFC 9449 11.1), in all processes of the house: whoever caught it on the way does
 * nothing with it. For what changes something; what is only looked at may be looked at again.
 */
export async function onlyOnce({ limiter }: Pick<Deps, 'limiter'>, terminal: ProvenTerminal): Promise<void> {
  const { keyThumbprint, proofId } = terminal
  await limiter.consume(`${keyThumbprint} ${proofId}`, 'kiosk-proof').catch((error: unknown) => {
    throw error instanceof PlacetError && error.failure === 'too-many' ? noVisit() : error
  })
}

/** For whatever opens a visit, or leads to one: all kiosks of a store behind one address are counted together. */
export async function terminalSigningIn(
  deps: Deps,
  request: GuardedRequest,
  named: string,
  at: string,
): Promise<ProvenTerminal> {
  await deps.limiter.consume(request.callerKey, 'visit-start-caller')
  const terminal = await terminalBehind(deps, request, named, at)
  await onlyOnce(deps, terminal)
  return terminal
}

/** What happens at a terminal before anybody is known says where it was. */
export const evidenceAt = (request: GuardedRequest, terminal: ProvenTerminal): Evidence => ({
  ...request.evidence,
  touchpoint: terminal.touchpointId,
  clientId: terminal.clientId,
})
