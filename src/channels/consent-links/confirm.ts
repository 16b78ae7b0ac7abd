import { type ConfirmModel, ConfirmView } from '../../../views/consent-links/confirm.tsx'
import {
  awaitingConfirmation,
  confirmConsent,
  openConfirmationLink,
  purposeTitle,
} from '../../features/consent/index.ts'
import { gone } from '../../kernel/errors.ts'
import type { Answer } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import { type ConsentLinksDeps, tokenParams } from './links-deps.ts'

type LinkRequest = GuardedRequest<{ token: string }, unknown, unknown>

const linkOf = (deps: ConsentLinksDeps, { params }: LinkRequest) => {
  const link = openConfirmationLink(deps.sealedTokens, params.token, deps.clock.now())
  if (link === undefined) throw gone('link-expired', 'This link is no longer valid.')
  return link
}

/** How the yeses of the message stand now, read from the ledger and not from what was sent. */
async function modelOf(deps: ConsentLinksDeps, request: LinkRequest): Promise<ConfirmModel> {
  const { subjectId, confirmationId } = linkOf(deps, request)
  const [known, rows] = await Promise.all([
    deps.ledger.facts.find(subjectId),
    deps.confirmations.confirmations.of(subjectId),
  ])
  const ids = new Set(
    rows.filter((row) => row.confirmationId === confirmationId).map(({ eventId }) => eventId),
  )
  const registry = deps.ledger.registry.current()
  const language = deps.renderer.languageOf(request)
  const titles = (purposes: readonly string[]) => [
    ...new Set(purposes.map((purpose) => purposeTitle(registry, purpose, language))),
  ]
  if (known === undefined || known.facts.subject.state !== 'active')
    return { state: 'overtaken', purposes: [] }
  const waiting = awaitingConfirmation(known.facts, registry, deps.clock.now().getTime())
    .filter(({ event }) => ids.has(event.id))
    .map(({ event }) => event.purpose)
  if (waiting.length > 0) return { state: 'waiting', purposes: titles(waiting) }
  const confirmed = known.facts.events
    .filter(({ type, confirms }) => type === 'confirmed' && confirms !== undefined && ids.has(confirms))
    .map(({ purpose }) => purpose)
  return confirmed.length > 0
    ? { state: 'confirmed', purposes: titles(confirmed) }
    : { state: 'overtaken', purposes: [] }
}

/** The page confirms by its button alone; pressed again it says that it is confirmed. */
export const confirmRoutes = (deps: ConsentLinksDeps): readonly Route[] => [
  defineRoute({
    name: 'consent-links.confirm',
    method: 'GET',
    path: '/confirm/:token',
    caller: { who: 'anyone' },
    params: tokenParams,
    answers: [200],
    handle: async (request) => deps.renderer.show(request, ConfirmView, await modelOf(deps, request)),
  }),
  defineRoute({
    name: 'consent-links.confirm.answer',
    method: 'POST',
    path: '/confirm/:token',
    caller: { who: 'anyone' },
    authority: 'address',
    params: tokenParams,
    answers: [200],
    handle: async (request): Promise<Answer> => {
      const link = linkOf(deps, request)
      await deps.limiter.consume(request.params.token, 'consent-link')
      const { state } = await modelOf(deps, request)
      if (state === 'waiting') {
        const language = deps.renderer.languageOf(request)
        await confirmConsent(
          {
            ...deps.ledger,
            confirmations: deps.confirmations.confirmations,
            closing: deps.confirmations.work,
          },
          { link, evidence: { ...request.evidence, surface: 'confirmation-link', language } },
        )
      }
      return deps.renderer.show(request, ConfirmView, await modelOf(deps, request))
    },
  }),
]
