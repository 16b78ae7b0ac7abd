import { z } from 'zod'
import { GuardianYesView } from '../../../views/consent-links/guardian-yes.tsx'
import {
  childName,
  type GuardianYesLink,
  guardianYeses,
  nameOfYes,
  openGuardianYesLink,
  purposeTitle,
  receiptWithProof,
  withdrawAsGuardian,
} from '../../features/consent/index.ts'
import { gone } from '../../kernel/errors.ts'
import type { Answer } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import { type ConsentLinksDeps, tokenParams } from './links-deps.ts'

type LinkRequest = GuardedRequest<{ token: string }, unknown, unknown>

const linkOf = (deps: ConsentLinksDeps, { params }: LinkRequest): GuardianYesLink => {
  const link = openGuardianYesLink(deps.sealedTokens, params.token, deps.clock.now())
  if (link === undefined) throw gone('link-expired', 'This link is no longer valid.')
  return link
}

const partsOf = (deps: ConsentLinksDeps) => ({ ...deps.ledger, guardians: deps.guardians.guardians })

async function show(deps: ConsentLinksDeps, request: LinkRequest, withdrawn: boolean): Promise<Answer> {
  const link = linkOf(deps, request)
  const yeses = await guardianYeses(partsOf(deps), deps.house, link)
  const registry = deps.ledger.registry.current()
  const language = deps.renderer.languageOf(request)
  return deps.renderer.show(request, GuardianYesView, {
    child: yeses.length === 0 ? '' : await childName(deps.guardians, link.subjectId),
    yeses: yeses.map(({ choice }) => ({
      name: nameOfYes(choice),
      purpose: purposeTitle(registry, choice.key.purpose, language),
      contactChannel: choice.key.contactChannel,
    })),
    withdrawn,
  })
}

/** What a guardian has of their yes for as long as it stands: the file that proves it, and one button that takes it back. */
export const guardianYesRoutes = (deps: ConsentLinksDeps): readonly Route[] => [
  defineRoute({
    name: 'consent-links.guardian-yes',
    method: 'GET',
    path: '/guardian/yes/:token',
    caller: { who: 'anyone' },
    params: tokenParams,
    answers: [200],
    handle: async (request) => show(deps, request, false),
  }),
  defineRoute({
    name: 'consent-links.guardian-yes.withdraw',
    method: 'POST',
    path: '/guardian/yes/:token',
    caller: { who: 'anyone' },
    params: tokenParams,
    body: { type: 'form', schema: z.strictObject({ only: z.string().max(200).optional() }) },
    answers: [200],
    handle: async (request) => {
      await deps.limiter.consume(request.params.token, 'consent-link')
      const language = deps.renderer.languageOf(request)
      await withdrawAsGuardian(partsOf(deps), {
        link: linkOf(deps, request),
        ...deps.house,
        only: request.body.only,
        evidence: { ...request.evidence, surface: 'guardian-link', language },
      })
      return show(deps, request, true)
    },
  }),
  defineRoute({
    name: 'consent-links.guardian-yes.receipt',
    method: 'GET',
    path: '/guardian/yes/:token/receipt',
    caller: { who: 'anyone' },
    params: tokenParams,
    answers: [200],
    handle: async (request) => {
      const { subjectId, receiptId } = linkOf(deps, request)
      const found = await receiptWithProof(deps.proofs, { subjectId, receiptId })
      if (found === undefined) throw gone('link-expired', 'This link is no longer valid.')
      return {
        kind: 'file',
        status: 200,
        type: 'application/json',
        body: JSON.stringify(found.file, null, 2),
        downloadAs: `placet-receipt-${receiptId}.json`,
      }
    },
  }),
]
