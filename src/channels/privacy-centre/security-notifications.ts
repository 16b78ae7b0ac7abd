import { z } from 'zod'
import { NotificationsView } from '../../../views/privacy-centre/notifications.tsx'
import {
  addPushBrowser,
  type IdentityStores,
  type PushBrowser,
  type PushBrowserId,
  type PushStores,
  parsePushSubscription,
  removePushBrowser,
} from '../../features/identity/index.ts'
import { meets } from '../../kernel/actor.ts'
import { PlacetError } from '../../kernel/errors.ts'
import { parseId, type SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import type { WebPush } from '../../platform/web-push/index.ts'
import type { PageExtras } from '../page-renderer.ts'
import { browserMarkOf } from './security-browser.ts'
import type { SecurityDeps } from './security-deps.ts'
import { type Owner, ownerOf, securityPath } from './security-visit.ts'

export interface NotificationsDeps extends SecurityDeps {
  readonly push: {
    readonly webPush: Pick<WebPush, 'currentKey'>
    readonly work: Work<PushStores & IdentityStores>
    readonly browsersOf: (subjectId: SubjectId) => Promise<readonly PushBrowser[]>
    /** Whether the house would ever send anything there. */
    readonly mayReach: (endpoint: string) => boolean
  }
}

const path = `${securityPath}/notifications`
const confirmPath = `${path}/confirm-with-passkey`
const caller = { who: 'subject' } as const
const freshSeconds = 300
const nothing = z.strictObject({})
const done = z.object({ done: z.enum(['on', 'off']).optional().catch(undefined) })
const told = { on: 'flash.notifications-on', off: 'flash.notifications-off' } as const

const isFresh = (deps: SecurityDeps, { proof }: Owner): boolean =>
  meets(proof.assurance, 'passkey') && deps.clock.now().getTime() - proof.at.getTime() <= freshSeconds * 1000

/** Only a passkey says yes on the telephone, and only a fresh one lets another browser ring (R76). */
async function turnOnOf(deps: NotificationsDeps, owner: Owner) {
  const key = await deps.push.webPush.currentKey()
  if (key === undefined) return undefined
  if ((await deps.reads.passkeys.list(owner.subjectId)).length === 0) {
    return { needs: 'passkey', href: securityPath } as const
  }
  if (!isFresh(deps, owner)) return { needs: 'proof', href: confirmPath } as const
  return { needs: 'nothing', action: path, key: key.publicKey } as const
}

async function show(
  deps: NotificationsDeps,
  request: GuardedRequest,
  extras: PageExtras = {},
): Promise<Answer> {
  const owner = await ownerOf(deps, request)
  const here = browserMarkOf(request, deps.https)
  const browsers = await deps.push.browsersOf(owner.subjectId)
  return deps.renderer.show(
    request,
    NotificationsView,
    {
      securityHref: securityPath,
      turnOn: browsers.some(({ mark }) => mark === here) ? undefined : await turnOnOf(deps, owner),
      browsers: browsers.map(({ browserId, label, mark, createdAt }) => ({
        id: browserId,
        label,
        since: createdAt,
        here: mark === here,
        offAction: `${path}/${browserId}/off`,
      })),
    },
    extras,
  )
}

/** "Avisos en este dispositivo": which browsers ring when somebody asks for a yes on the telephone. */
export const notificationsRoutes = (deps: NotificationsDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.notifications',
    method: 'GET',
    path,
    caller,
    query: done,
    answers: [200],
    policy: 'rings-this-browser',
    handle: async (request) => {
      const was = request.query.done
      return show(deps, request, was === undefined ? {} : { notice: { kind: 'success', key: told[was] } })
    },
  }),
  defineRoute({
    name: 'privacy-centre.notifications.confirm-with-passkey',
    method: 'GET',
    path: confirmPath,
    caller: { who: 'subject', assurance: 'passkey', maxAgeSeconds: freshSeconds },
    answers: [303],
    handle: async () => seeOther(path),
  }),
  defineRoute({
    name: 'privacy-centre.notifications.turn-on',
    method: 'POST',
    path,
    caller,
    body: { type: 'form', schema: z.strictObject({ subscription: z.string().max(4_000) }) },
    answers: [303, 422],
    policy: 'rings-this-browser',
    handle: async (request) => {
      const { body, evidence } = request
      const { subjectId, proof } = await ownerOf(deps, request)
      const subscription = parsePushSubscription(body.subscription)
      const key = await deps.push.webPush.currentKey()
      if (subscription === undefined || key === undefined || !deps.push.mayReach(subscription.endpoint)) {
        return show(deps, request, { formError: { code: 'push-subscription-refused' } })
      }
      try {
        await addPushBrowser(
          { ...deps, work: deps.push.work },
          {
            subjectId,
            subscription,
            keyId: key.keyId,
            mark: browserMarkOf(request, deps.https),
            label: evidence.userAgentFamily ?? 'other',
            proof,
            evidence,
          },
        )
      } catch (error) {
        if (error instanceof PlacetError && error.failure === 'needs-step-up') return seeOther(confirmPath)
        throw error
      }
      const at = deps.clock.now()
      deps.later(() => deps.tell(subjectId, { event: 'notifications-on', at, evidence }))
      return seeOther(`${path}?done=on`)
    },
  }),
  defineRoute({
    name: 'privacy-centre.notifications.turn-off',
    method: 'POST',
    path: `${path}/:browserId/off`,
    caller,
    params: z.strictObject({ browserId: z.string().max(64) }),
    body: { type: 'form', schema: nothing },
    answers: [303],
    handle: async (request) => {
      const { subjectId, proof } = await ownerOf(deps, request)
      const browserId: PushBrowserId | undefined = parseId<'push-browser'>(request.params.browserId)
      if (browserId !== undefined) {
        const { assurance } = proof
        // Looked for among this person's own: another's reference ends nothing (API1).
        await removePushBrowser(
          { work: deps.push.work, clock: deps.clock },
          { subjectId, browserId, assurance, evidence: request.evidence },
        )
      }
      return seeOther(`${path}?done=off`)
    },
  }),
]
