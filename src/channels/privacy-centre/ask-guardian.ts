import { z } from 'zod'
import { AskGuardianView } from '../../../views/privacy-centre/ask-guardian.tsx'
import { inviteGuardian, purposeTitle, waitingForGuardian } from '../../features/consent/index.ts'
import { parseEmailAddress } from '../../features/identity/index.ts'
import { PlacetError } from '../../kernel/errors.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import { askGuardianPath } from './guardian-state.ts'
import { permissionsPath } from './permissions-path.ts'
import { evidenceOf, type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'

async function show(
  deps: PrivacyCentreDeps,
  request: GuardedRequest,
  email?: string,
  extras: PageExtras = {},
): Promise<Answer> {
  const subjectId = subjectOf(request)
  const now = deps.clock.now()
  const [known, invitation] = await Promise.all([
    deps.ledger.facts.find(subjectId),
    deps.guardians.guardians.latestInvitation(subjectId),
  ])
  const registry = deps.ledger.registry.current()
  const language = deps.renderer.languageOf(request)
  const open = invitation?.answeredAt === undefined && invitation !== undefined && invitation.expiresAt > now
  const waiting =
    known === undefined ? [] : waitingForGuardian(deps.house, known.facts, registry, now.getTime())
  return deps.renderer.show(
    { ...request, url: askGuardianPath },
    AskGuardianView,
    {
      purposes: [...new Set(waiting.map(({ key }) => purposeTitle(registry, key.purpose, language)))],
      ...(open ? { waitingUntil: invitation.expiresAt } : {}),
      ...(email === undefined ? {} : { email }),
    },
    extras,
  )
}

/** Where a child says who holds parental responsibility. What was typed goes to nobody else. */
export const askGuardianRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.ask-guardian',
    method: 'GET',
    path: askGuardianPath,
    caller: { who: 'subject' },
    answers: [200],
    handle: async (request) => show(deps, request),
  }),
  defineRoute({
    name: 'privacy-centre.ask-guardian.send',
    method: 'POST',
    path: askGuardianPath,
    caller: { who: 'subject' },
    body: { type: 'form', schema: z.strictObject({ email: z.string().max(320).default('') }) },
    answers: [303, 422, 429],
    handle: async (request) => {
      const typed = request.body.email
      const address = parseEmailAddress(typed)
      if (address === undefined) {
        return show(deps, request, typed, { fieldErrors: [{ field: 'email', code: 'email-invalid' }] })
      }
      try {
        await inviteGuardian(deps.guardians, {
          subjectId: subjectOf(request),
          actor: request.actor,
          evidence: evidenceOf(request, deps.renderer.languageOf(request)),
          address,
        })
      } catch (error) {
        if (!(error instanceof PlacetError)) throw error
        if (error.failure === 'too-many') {
          return show(deps, request, typed, { status: 429, formError: { code: 'too-many' } })
        }
        if (error.issues.length > 0) return show(deps, request, typed, { fieldErrors: error.issues })
        if (error.failure !== 'conflict') throw error
        return show(deps, request, typed, { formError: { code: error.code } })
      }
      return seeOther(`${permissionsPath}?done=guardian-asked`)
    },
  }),
]
