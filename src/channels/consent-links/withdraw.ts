import { WithdrawView } from '../../../views/consent-links/withdraw.tsx'
import { WithdrawnView } from '../../../views/privacy-centre/withdrawn.tsx'
import {
  openWithdrawalLink,
  purposeTitle,
  type WithdrawalLink,
  withdrawByLink,
} from '../../features/consent/index.ts'
import { gone } from '../../kernel/errors.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import { type ConsentLinksDeps, tokenParams } from './links-deps.ts'

type LinkRequest = GuardedRequest<{ token: string }, unknown, unknown>

const linkOf = (deps: ConsentLinksDeps, { params }: LinkRequest): WithdrawalLink => {
  const link = openWithdrawalLink(deps.sealedTokens, params.token, deps.clock.now())
  if (link === undefined) throw gone('link-expired', 'This link is no longer valid.')
  return link
}

const toldOf = (
  deps: ConsentLinksDeps,
  request: LinkRequest,
  { purpose, contactChannel }: WithdrawalLink,
) => ({
  purpose: purposeTitle(deps.ledger.registry.current(), purpose, deps.renderer.languageOf(request)),
  contactChannel,
})

/** A browser says where a form came from; a mail provider's one click says nothing. */
const surfaceOf = (request: LinkRequest): string =>
  request.header('sec-fetch-site') === undefined && request.header('origin') === undefined
    ? 'one-click'
    : 'withdrawal-link'

/**
 * One page with one button, and the same address for a mail provider's POST (RFC 8058): whatever it sends along is not read,
 * because the address says it all. The answer is the same whoever the link was for and however things stand: who had the
 * data is told by name in the privacy centre alone, because mails are passed on.
 */
export const withdrawRoutes = (deps: ConsentLinksDeps): readonly Route[] => [
  defineRoute({
    name: 'consent-links.withdraw',
    method: 'GET',
    path: '/withdraw/:token',
    caller: { who: 'anyone' },
    params: tokenParams,
    answers: [200],
    handle: async (request) =>
      deps.renderer.show(request, WithdrawView, toldOf(deps, request, linkOf(deps, request))),
  }),
  defineRoute({
    name: 'consent-links.withdraw.answer',
    method: 'POST',
    path: '/withdraw/:token',
    caller: { who: 'anyone' },
    authority: 'address',
    params: tokenParams,
    answers: [200],
    handle: async (request) => {
      const link = linkOf(deps, request)
      await deps.limiter.consume(request.params.token, 'consent-link')
      const language = deps.renderer.languageOf(request)
      await withdrawByLink(deps.ledger, {
        link,
        evidence: { ...request.evidence, surface: surfaceOf(request), language },
      })
      return deps.renderer.show(request, WithdrawnView, {
        at: deps.clock.now(),
        withdrawn: [toldOf(deps, request, link)],
      })
    },
  }),
]
