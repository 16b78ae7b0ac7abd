import { z } from 'zod'
import { EnterPasswordView } from '../../../views/sign-in/enter-password.tsx'
import {
  emailIndex,
  parseEmailAddress,
  recordFailedSignIn,
  signInWithPassword,
} from '../../features/identity/index.ts'
import { gone, tooMany } from '../../kernel/errors.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import { withProof } from './flow.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { mended, stepRoutes, type Visit } from './visit.ts'

const body = z.strictObject({ username: z.string().max(1000).optional(), password: z.string().max(4000) })

const showEnterPassword = (visit: Visit, extras: PageExtras = {}) =>
  visit.show(
    EnterPasswordView,
    {
      email: visit.flow.email ?? '',
      changeHref: visit.path('identify'),
      sendCodeAction: visit.path('send-code'),
    },
    extras,
  )

/** The address is the flow's, never the form's (R106). Wrong password, no password and no account read the same (R63). */
export function enterPasswordRoutes(deps: SignInDeps): readonly Route[] {
  const route = stepRoutes(deps)
  return [
    route(
      {
        step: 'enter-password',
        name: 'enter-password',
        method: 'GET',
        page: 'enter-password',
        answers: [200],
      },
      async (visit) => showEnterPassword(visit),
    ),
    route(
      {
        step: 'enter-password',
        name: 'enter-password.answer',
        method: 'POST',
        page: 'enter-password',
        body,
        limit: 'sign-in-network',
        answers: [403, 422, 429, 503],
      },
      async (visit, { password }) => {
        if (password === '') {
          return showEnterPassword(visit, { fieldErrors: [{ field: 'password', code: 'password-required' }] })
        }
        try {
          return await tryPassword(deps, visit, password)
        } catch (error) {
          return showEnterPassword(visit, mended(error))
        }
      },
    ),
  ]
}

async function tryPassword(deps: SignInDeps, visit: Visit, password: string) {
  const { flow, evidence, request } = visit
  const address = flow.email === undefined ? undefined : parseEmailAddress(flow.email)
  if (address === undefined) throw gone('interaction-expired', 'The address is missing.')
  const tried = await signInWithPassword(
    {
      ...deps,
      work: deps.entrances,
      passwords: deps.reads.passwords,
      passkeys: deps.reads.passkeys,
      failures: deps.artefacts.failures,
    },
    {
      identifierIndex: emailIndex(deps.blindIndex, address),
      password,
      evidence,
      visitorMayTry: visit.counted(),
      knownBrowser: (subjectId) => visit.known.markFor(request, subjectId),
    },
  )
  switch (tried.outcome) {
    case 'signed-in':
      return visit.advance(withProof(flow, tried))
    case 'locked':
      throw tooMany('too-many-attempts', 'The password is locked for a while.', tried.retryAfterSeconds)
    case 'wrong': {
      const { subjectId } = tried
      deps.later(async () => {
        if (subjectId !== undefined) await recordFailedSignIn(deps, { subjectId, evidence })
      })
      return showEnterPassword(visit, { formError: { code: 'credentials-wrong' } })
    }
  }
}
