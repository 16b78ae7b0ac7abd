import { z } from 'zod'
import { SecurityView } from '../../../views/privacy-centre/security.tsx'
import { describeSubject, passkeyProvider, userHandleText } from '../../features/identity/index.ts'
import { notFound } from '../../kernel/errors.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import { activityOf } from './security-activity.ts'
import type { SecurityDeps } from './security-deps.ts'
import { passkeyRoutes } from './security-passkeys.ts'
import { passwordRoutes } from './security-password.ts'
import { sessionRoutes } from './security-sessions.ts'
import { ownerOf, securityPath } from './security-visit.ts'

export type { SecurityDeps } from './security-deps.ts'

/** Credentials change only within five minutes of a proof (R76), so the page asks for one before it shows the buttons. */
const freshSeconds = 300
const shownLines = 15

const done = {
  'passkey-added': 'flash.passkey-added',
  'passkey-removed': 'flash.passkey-removed',
  'passkey-renamed': 'flash.passkey-renamed',
  'password-changed': 'flash.password-changed',
  'session-ended': 'flash.session-ended',
  'sessions-ended': 'flash.sessions-ended',
} as const

const query = z.object({
  done: z
    .enum([
      'passkey-added',
      'passkey-removed',
      'passkey-renamed',
      'password-changed',
      'session-ended',
      'sessions-ended',
    ])
    .optional()
    .catch(undefined),
})

/** "Seguridad" in the privacy centre: passkeys, password, sessions, what happened lately. */
export const securityRoutes = (deps: SecurityDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.security',
    method: 'GET',
    path: securityPath,
    caller: { who: 'subject', maxAgeSeconds: freshSeconds },
    query,
    answers: [200],
    handle: async (request) => {
      const told = request.query.done
      return showSecurity(
        deps,
        request,
        told === undefined ? {} : { notice: { kind: 'success', key: done[told] } },
      )
    },
  }),
  defineRoute({
    name: 'privacy-centre.security.confirm',
    method: 'GET',
    path: `${securityPath}/confirm`,
    caller: { who: 'subject', maxAgeSeconds: freshSeconds },
    answers: [303],
    handle: async () => seeOther(securityPath),
  }),
  defineRoute({
    name: 'privacy-centre.security.confirm-with-passkey',
    method: 'GET',
    path: `${securityPath}/confirm-with-passkey`,
    caller: { who: 'subject', assurance: 'passkey', maxAgeSeconds: freshSeconds },
    answers: [303],
    handle: async () => seeOther(securityPath),
  }),
  ...passkeyRoutes(deps, (request, extras) => showSecurity(deps, request, extras)),
  ...passwordRoutes(deps),
  ...sessionRoutes(deps),
]

async function showSecurity(deps: SecurityDeps, request: GuardedRequest, extras: PageExtras) {
  const { subjectId, sessionRef } = await ownerOf(deps, request)
  const subject = await describeSubject(deps, subjectId)
  if (subject === undefined) throw notFound('subject-unknown', 'There is no such account.')
  const [sessions, lines] = await Promise.all([
    deps.sessions.list(subjectId),
    deps.recentActivity(subjectId, shownLines),
  ])
  const passkeys = subject.passkeys.map(({ passkeyId, name, aaguid, createdAt, lastUsedAt, backedUp }) => {
    const provider = passkeyProvider(aaguid)
    return {
      id: passkeyId,
      name,
      createdAt,
      synced: backedUp,
      renameAction: `${securityPath}/passkeys/${passkeyId}/name`,
      removeAction: `${securityPath}/passkeys/${passkeyId}/remove`,
      ...(provider === undefined ? {} : { provider }),
      ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    }
  })
  const shown = await Promise.all(
    sessions.map(async ({ ref, deviceLabel, seenAt, clientIds }) => ({
      id: ref,
      device: deviceLabel ?? '—',
      lastSeenAt: seenAt,
      current: ref === sessionRef,
      apps: await deps.clientNames(clientIds),
      endAction: `${securityPath}/sessions/${ref}/end`,
    })),
  )
  return deps.renderer.show(
    // After a form that went wrong, the page's own forms and links are still those of the page.
    request.path === securityPath ? request : { ...request, url: securityPath },
    SecurityView,
    {
      passkeys,
      addPasskey: {
        optionsHref: `${securityPath}/passkeys/options`,
        action: `${securityPath}/passkeys`,
      },
      password: {
        href: `${securityPath}/password`,
        ...(subject.password === undefined ? {} : { changedAt: subject.password.changedAt }),
      },
      sessions: shown,
      endOthersAction: `${securityPath}/sessions/end-others`,
      calls: {
        notificationsHref: `${securityPath}/notifications`,
        callersHref: `${securityPath}/callers`,
      },
      activity: activityOf(lines, deps.placeName),
      signal: {
        rpId: deps.relyingParty.rpId,
        userId: userHandleText(subjectId),
        credentialIds: subject.passkeys.map(({ credentialId }) =>
          Buffer.from(credentialId).toString('base64url'),
        ),
      },
    },
    extras,
  )
}
