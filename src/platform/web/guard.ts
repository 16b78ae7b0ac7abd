import type { Context } from 'koa'
import type { Clock } from '../../kernel/clock.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import { seeOther } from './answer.ts'
import { languageCookie, readCookie } from './cookies.ts'
import type { CsrfGuard } from './csrf.ts'
import { establishActor } from './establish-actor.ts'
import { answerOnce, type IdempotencyStore } from './idempotency.ts'
import type { Gatekeepers, Surface } from './ports.ts'
import { problemOf } from './problem.ts'
import { readBody } from './read-body.ts'
import type { RequestContext } from './request-context.ts'
import type { Route } from './route.ts'
import { type House, statusOfAnswer, writeAnswer } from './write-answer.ts'

export interface GuardOptions extends House {
  readonly clock: Clock
  readonly csrf: CsrfGuard
  readonly gatekeepers: Gatekeepers
  readonly idempotency: IdempotencyStore
  /** True in tests and development: an undeclared status throws. In production it is logged and sent. */
  readonly strict: boolean
  readonly onUndeclaredStatus: (route: string, status: number) => void
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Browser name without version: tells an app from a kiosk in evidence without becoming a fingerprint. */
function userAgentFamily(userAgent: string): string {
  return /(Firefox|Edg|OPR|Chrome|Safari|okhttp|Dart|CFNetwork)/.exec(userAgent)?.[1] ?? 'other'
}

/** What the page is in: asked for in the address, chosen before, or what the browser prefers. The same order as the pages'. */
function languageOf(ctx: Context): string {
  const chosen = [ctx.query['lang'], readCookie(ctx.get('cookie'), languageCookie)]
  return chosen.find((one) => one === 'es' || one === 'en') ?? (ctx.acceptsLanguages('es', 'en') || 'es')
}

function evidenceOf(ctx: Context, context: RequestContext, surface: Surface): Evidence {
  return {
    channel: surface.channel,
    surface: surface.surface,
    language: languageOf(ctx),
    network: context.network,
    userAgentFamily: userAgentFamily(ctx.get('user-agent')),
    requestId: context.requestId,
  }
}

function csrfTokenOf(ctx: Context, body: unknown): string | undefined {
  const header = ctx.get('x-csrf-token')
  if (header !== '') return header
  const field = typeof body === 'object' && body !== null && '_csrf' in body ? body._csrf : undefined
  return typeof field === 'string' ? field : undefined
}

function withoutToken(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('_csrf' in body)) return body
  const { _csrf, ...rest } = body
  return rest
}

/**
 * The order in which a request is let in, visible in one place: headers (already set) → body → cross-site check →
 * actor → shapes → handler → declared status → answer.
 */
export function guard(route: Route, surface: Surface, options: GuardOptions) {
  return async (ctx: Context & { params?: unknown }, context: RequestContext): Promise<void> => {
    const unsafe = !safe.has(ctx.method)
    const sent =
      unsafe && route.body !== undefined
        ? await readBody(ctx, route.body.type, route.body.maxBytes)
        : undefined
    if (unsafe && route.caller.who !== 'client' && route.authority !== 'address') {
      options.csrf.check({
        browserId: context.browserId,
        token: csrfTokenOf(ctx, sent),
        secFetchSite: ctx.get('sec-fetch-site') || undefined,
        origin: ctx.get('origin') || undefined,
      })
    }
    const exchange = { req: ctx.req, res: ctx.res }
    const body = withoutToken(sent)
    const found = await establishActor(route.caller, exchange, options.gatekeepers, options.clock).catch(
      async (error: unknown) => {
        if (route.afterPause === undefined || problemOf(error).code !== 'staff-session-idle') throw error
        const cookie = (name: string) => readCookie(ctx.get('cookie'), name)
        const fields = route.body === undefined ? { ...ctx.query } : body
        return { instead: await route.afterPause({ path: ctx.path, fields, cookie }) }
      },
    )
    if ('instead' in found) return writeAnswer(ctx, found.instead, options)
    const { actor, touchpoint } = found
    const said = { params: ctx.params ?? {}, query: { ...ctx.query }, body }
    const run = () =>
      route.run(said, {
        actor,
        evidence: {
          ...evidenceOf(ctx, context, surface),
          ...(touchpoint === undefined ? {} : { touchpoint }),
        },
        requestId: context.requestId,
        path: ctx.path,
        url: ctx.url,
        get csrf() {
          return context.csrf
        },
        network: context.network,
        get callerKey() {
          return context.callerKey
        },
        cookie: (name) => readCookie(ctx.get('cookie'), name),
        header: (name) => ctx.get(name) || undefined,
        exchange,
      })
    const answer =
      route.idempotency === 'required'
        ? await answerOnce(
            options.idempotency,
            { actor, key: ctx.get('idempotency-key') || undefined, route: route.name, said },
            run,
          )
        : await run()
    const status = statusOfAnswer(answer)
    if (!route.answers.includes(status)) {
      if (options.strict)
        throw new Error(`Route ${route.name} answered ${status}, which it does not declare.`)
      options.onUndeclaredStatus(route.name, status)
    }
    writeAnswer(ctx, answer, options)
  }
}

/** A person without the session or the proof a page asks for is sent to get it, and comes back. Programs get 401. */
export function signInInstead(ctx: Context, route: Route, error: unknown, options: GuardOptions): boolean {
  const person = ctx.method === 'GET' && ctx.accepts('json', 'html') === 'html'
  if (!person || problemOf(error).status !== 401) return false
  const location = options.gatekeepers.signInLocation(route.caller, ctx.url, problemOf(error).code)
  if (location === undefined) return false
  writeAnswer(ctx, seeOther(location), options)
  return true
}

/** Tells a client what its token lacks, in the words of RFC 6750 3. */
export function challenge(ctx: Context, route: Route, error: unknown): void {
  if (route.caller.who !== 'client') return
  const { status } = problemOf(error)
  const sentToken = ctx.get('authorization') !== ''
  if (status === 401) ctx.set('WWW-Authenticate', sentToken ? 'Bearer error="invalid_token"' : 'Bearer')
  if (status === 403) {
    ctx.set('WWW-Authenticate', `Bearer error="insufficient_scope", scope="${route.caller.scope}"`)
  }
}
