import { z } from 'zod'
import { TouchpointView } from '../../../views/staff/touchpoint.tsx'
import { type NewPlaceFields, TouchpointsView } from '../../../views/staff/touchpoints.tsx'
import { findStaffSession, may, type StaffDirectory } from '../../features/staff/index.ts'
import {
  type CachedTouchpoints,
  changeTouchpoint,
  closeTouchpoint,
  issueTerminalCode,
  mayLieIn,
  registerTouchpoint,
  revokeTerminals,
  type TerminalReads,
  type TouchpointParts,
  type TouchpointStores,
  touchpointKinds,
} from '../../features/touchpoints/index.ts'
import { notFound, unauthenticated } from '../../kernel/errors.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import type { Channel } from '../channel.ts'
import { fieldErrorsOf, type PageExtras, type PageRenderer } from '../page-renderer.ts'
import { sessionCookieName } from './session-cookie.ts'
import {
  changesOf,
  closeForm,
  draftOf,
  newPlaceForm,
  placeForm,
  revokeForm,
  wrongIn,
} from './touchpoint-changes.ts'
import { type Allowed, consoleRoot, hrefOf, placeModel, placesOf, type Typed } from './touchpoint-places.ts'

export interface TouchpointConsoleDeps<Tx extends TouchpointStores> {
  readonly renderer: PageRenderer
  readonly directory: StaffDirectory
  readonly https: boolean
  readonly touchpoints: CachedTouchpoints
  readonly terminals: TerminalReads
  readonly places: TouchpointParts<Tx>
  /** Said after terminals came or went, so that this process knows at once. */
  readonly reloadClients: () => Promise<void>
}

type Request = GuardedRequest<unknown, unknown, unknown>

const blank: NewPlaceFields = {
  id: '',
  kind: 'store',
  parent: '',
  name: '',
  city: '',
  country: '',
  networks: '',
}
const one = z.strictObject({ touchpoint: z.string().max(64) })
const done = z.object({ done: z.string().max(40).optional() })
const notices = {
  added: { kind: 'success', key: 'flash.touchpoint-added' },
  changed: { kind: 'success', key: 'flash.touchpoint-changed' },
  closed: { kind: 'success', key: 'flash.touchpoint-closed' },
  revoked: { kind: 'success', key: 'flash.terminals-revoked' },
} as const
const noticeOf = (name: string | undefined): PageExtras =>
  name !== undefined && Object.hasOwn(notices, name) ? { notice: notices[name as keyof typeof notices] } : {}

/** Pages of the tree: who configures the house sees all of it, who runs a store their own. */
export const touchpointConsole = <Tx extends TouchpointStores>(deps: TouchpointConsoleDeps<Tx>): Channel => ({
  id: 'web',
  name: 'admin-console',
  routes: touchpointRoutes(deps),
})

function touchpointRoutes<Tx extends TouchpointStores>(deps: TouchpointConsoleDeps<Tx>): readonly Route[] {
  const { renderer, touchpoints, places } = deps
  const cookie = sessionCookieName(deps.https)

  /** What they hold of a power at this moment, place by place. The use cases ask again, in their own unit. */
  const powersOf = async (request: Request) => {
    const session = await findStaffSession(deps, request.cookie(cookie))
    if (session === undefined)
      throw unauthenticated('staff-sign-in-needed', 'Sign in as staff to see this page.')
    const tree = touchpoints.tree()
    return (power: Parameters<typeof may>[1], at: string | undefined) => may(session, power, at, tree).allowed
  }
  const keysOf = async () =>
    new Map((await deps.terminals.list()).map((terminal) => [terminal.touchpointId, terminal]))

  const showAll = async (request: Request, fields: NewPlaceFields, extras?: PageExtras) => {
    const holds = await powersOf(request)
    const parents = touchpoints
      .list()
      .filter(({ kind, state }) => state === 'open' && touchpointKinds.some((child) => mayLieIn(child, kind)))
      .filter(({ id }) => holds('touchpoint.change', id))
    return renderer.show(
      request,
      TouchpointsView,
      {
        places: placesOf(touchpoints, await keysOf(), (id) => holds('touchpoint.list', id)),
        add:
          parents.length > 0 || holds('touchpoint.change', undefined)
            ? { action: consoleRoot, fields, parents: parents.map(({ id, name }) => ({ id, name })) }
            : undefined,
      },
      extras,
    )
  }
  const showOne = async (
    request: Request,
    id: string,
    extras?: PageExtras,
    shown: {
      readonly typed?: Typed
      readonly code?: { readonly text: string; readonly expiresAt: Date }
    } = {},
  ) => {
    const holds = await powersOf(request)
    const found = touchpoints.find(id)
    // A place elsewhere is answered like one that is not there.
    if (found === undefined || !holds('touchpoint.list', id)) {
      throw notFound('page-not-found', 'Nothing is to be found under this address.')
    }
    const allowed: Allowed = {
      change: holds('touchpoint.change', id),
      enrol: holds('terminal.register', id),
    }
    const model = placeModel(touchpoints, found, (await keysOf()).get(id), allowed, shown)
    return renderer.show(request, TouchpointView, model, extras)
  }
  const told = async (id: string, what: keyof typeof notices) => {
    await Promise.all([touchpoints.refresh(), deps.reloadClients()])
    return seeOther(`${hrefOf(id)}?done=${what}`)
  }
  const at = `${consoleRoot}/:touchpoint`

  return [
    defineRoute({
      name: 'staff.touchpoints',
      method: 'GET',
      path: consoleRoot,
      caller: { who: 'staff', power: 'touchpoint.list' },
      answers: [200],
      handle: async (request) => showAll(request, blank),
    }),
    defineRoute({
      name: 'staff.touchpoints.add',
      method: 'POST',
      path: consoleRoot,
      caller: { who: 'staff', power: 'touchpoint.change' },
      body: { type: 'form', schema: newPlaceForm },
      answers: [303, 422],
      handle: async (request) => {
        const { actor, evidence, body } = request
        const touchpoint = draftOf(body)
        try {
          await registerTouchpoint(places, { actor, evidence, touchpoint })
        } catch (error) {
          return showAll(request, body, { fieldErrors: fieldErrorsOf(wrongIn(error)) })
        }
        return told(touchpoint.id, 'added')
      },
    }),
    defineRoute({
      name: 'staff.touchpoint',
      method: 'GET',
      path: at,
      caller: { who: 'staff', power: 'touchpoint.list' },
      params: one,
      query: done,
      answers: [200],
      handle: async (request) => showOne(request, request.params.touchpoint, noticeOf(request.query.done)),
    }),
    defineRoute({
      name: 'staff.touchpoint.change',
      method: 'POST',
      path: at,
      caller: { who: 'staff', power: 'touchpoint.change' },
      params: one,
      body: { type: 'form', schema: placeForm },
      answers: [303, 422],
      handle: async (request) => {
        const { actor, evidence, body, params } = request
        const id = params.touchpoint
        try {
          await changeTouchpoint(places, { actor, evidence, id, changes: changesOf(body) })
        } catch (error) {
          return showOne(request, id, { fieldErrors: fieldErrorsOf(wrongIn(error)) }, { typed: body })
        }
        return told(id, 'changed')
      },
    }),
    defineRoute({
      name: 'staff.touchpoint.close',
      method: 'POST',
      path: `${at}/close`,
      caller: { who: 'staff', power: 'touchpoint.change' },
      params: one,
      body: { type: 'form', schema: closeForm },
      answers: [303, 422],
      handle: async (request) => {
        const { actor, evidence, body, params } = request
        const id = params.touchpoint
        try {
          await closeTouchpoint(places, { actor, evidence, id, reason: body.close_reason })
        } catch (error) {
          return showOne(request, id, { fieldErrors: fieldErrorsOf(wrongIn(error, 'close_reason')) })
        }
        return told(id, 'closed')
      },
    }),
    defineRoute({
      // Answered at once and not by a redirect: the code is in this answer alone.
      name: 'staff.touchpoint.code',
      method: 'POST',
      path: `${at}/code`,
      caller: { who: 'staff', power: 'terminal.register' },
      params: one,
      body: { type: 'form', schema: z.strictObject({}) },
      answers: [200],
      handle: async (request) => {
        const { actor, evidence, params } = request
        const { code, expiresAt } = await issueTerminalCode(places, {
          actor,
          evidence,
          touchpointId: params.touchpoint,
        })
        return showOne(request, params.touchpoint, {}, { code: { text: code, expiresAt } })
      },
    }),
    defineRoute({
      name: 'staff.touchpoint.revoke',
      method: 'POST',
      path: `${at}/revoke`,
      caller: { who: 'staff', power: 'touchpoint.list' },
      params: one,
      body: { type: 'form', schema: revokeForm },
      answers: [303, 422],
      handle: async (request) => {
        const { actor, evidence, body, params } = request
        const id = params.touchpoint
        try {
          await revokeTerminals(places, { actor, evidence, at: id, reason: body.revoke_reason })
        } catch (error) {
          return showOne(request, id, { fieldErrors: fieldErrorsOf(wrongIn(error, 'revoke_reason')) })
        }
        return told(id, 'revoked')
      },
    }),
  ]
}
