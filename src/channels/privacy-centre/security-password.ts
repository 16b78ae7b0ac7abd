import { z } from 'zod'
import { SetPasswordView } from '../../../views/sign-in/set-password.tsx'
import {
  describeSubject,
  emailIndex,
  type SubjectDescription,
  setPassword,
  verifiedEmails,
  verifyPassword,
} from '../../features/identity/index.ts'
import { invalid, notFound, PlacetError } from '../../kernel/errors.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import { fieldErrorsOf, type PageExtras } from '../page-renderer.ts'
import type { SecurityDeps } from './security-deps.ts'
import { type Owner, ownerOf, proveFirst, securityPath, silenceOthers } from './security-visit.ts'

const path = `${securityPath}/password`
const password = z.string().max(4000)
const body = z.strictObject({
  username: z.string().max(1000).optional(),
  current_password: password.optional(),
  password,
})

/**
 * The current password is asked of whoever came in with it: a session left open must not be enough. Who came by code has
 * forgotten it, and who used a passkey has proven more.
 */
const asksCurrent = (subject: SubjectDescription, { proof }: Owner) =>
  subject.password !== undefined && proof.assurance === 'password'

const reasonFor = (subject: SubjectDescription, { proof }: Owner) => {
  if (subject.password === undefined) return 'new'
  return proof.assurance === 'code' ? 'recovery' : 'change'
}

async function visitOf(deps: SecurityDeps, request: GuardedRequest) {
  const owner = await ownerOf(deps, request)
  const subject = await describeSubject(deps, owner.subjectId)
  if (subject === undefined) throw notFound('subject-unknown', 'There is no such account.')
  return { owner, subject, request }
}

type PasswordVisit = Awaited<ReturnType<typeof visitOf>>

const show = (
  deps: SecurityDeps,
  { owner, subject, request }: PasswordVisit,
  extras: PageExtras = {},
): Answer =>
  deps.renderer.show(
    request,
    SetPasswordView,
    {
      email: subject.email ?? '',
      minLength: deps.passwordMinLength,
      reason: reasonFor(subject, owner),
      askCurrent: asksCurrent(subject, owner),
      backHref: securityPath,
    },
    extras,
  )

export const passwordRoutes = (deps: SecurityDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.security.password',
    method: 'GET',
    path,
    caller: { who: 'subject', maxAgeSeconds: 300 },
    answers: [200],
    handle: async (request) => show(deps, await visitOf(deps, request)),
  }),
  defineRoute({
    name: 'privacy-centre.security.set-password',
    method: 'POST',
    path,
    caller: { who: 'subject' },
    body: { type: 'form', schema: body },
    answers: [303, 422, 429],
    handle: async (request) => {
      const visit = await visitOf(deps, request)
      try {
        return await changePassword(deps, visit, request.body)
      } catch (error) {
        if (error instanceof PlacetError && error.failure === 'invalid') {
          return show(deps, visit, { fieldErrors: fieldErrorsOf(error.issues) })
        }
        if (error instanceof PlacetError && error.failure === 'too-many') {
          const minutes = Math.max(1, Math.ceil((error.retryAfterSeconds ?? 60) / 60))
          return show(deps, visit, {
            status: 429,
            formError: { code: 'too-many-attempts', values: { minutes } },
          })
        }
        return proveFirst(error)
      }
    },
  }),
]

const wrong = (field: string, code: string) =>
  invalid(code, 'The password was not changed.', [{ field, code }])

/** Everybody else who is in is put out (R33), and the person is told everywhere (R76). */
async function changePassword(
  deps: SecurityDeps,
  { owner, subject, request }: PasswordVisit,
  typed: z.infer<typeof body>,
) {
  const { subjectId, proof, sessionRef } = owner
  const { evidence } = request
  if (typed.password === '') throw wrong('password', 'password-required')
  if (asksCurrent(subject, owner)) {
    const identity = { ...deps, passwords: deps.reads.passwords, failures: deps.artefacts.failures }
    const known = await verifyPassword(identity, { subjectId, password: typed.current_password ?? '' })
    if (!known) throw wrong('current_password', 'current-password-wrong')
    if (typed.password === typed.current_password) throw wrong('password', 'password-same')
  }
  const emails = verifiedEmails(subject.identifiers)
  await setPassword(
    { ...deps, failures: deps.artefacts.failures },
    {
      subjectId,
      proof,
      evidence,
      password: typed.password,
      words: emails,
      language: subject.language,
      identifierIndexes: emails.map((email) => emailIndex(deps.blindIndex, email)),
    },
  )
  await silenceOthers(deps, request, owner, 'credentials-changed')
  await deps.sessions.endOthers(subjectId, sessionRef)
  const event = subject.password === undefined ? 'password-set' : 'password-changed'
  deps.later(() => deps.tell(subjectId, { event, at: deps.clock.now(), evidence }))
  return seeOther(`${securityPath}?done=password-changed`)
}
