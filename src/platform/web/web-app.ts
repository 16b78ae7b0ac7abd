import Router from '@koa/router'
import Koa, { type Context, type Middleware } from 'koa'
import type { Entropy } from '../../kernel/ids.ts'
import { readCookie } from './cookies.ts'
import { type GuardOptions, guard, signInInstead } from './guard.ts'
import type { Answered, ErrorPage, Surface, WebLog } from './ports.ts'
import { problemDetails, problemOf } from './problem.ts'
import { type RequestContext, requestContexts } from './request-context.ts'
import { speakableReference } from './request-reference.ts'
import type { Route } from './route.ts'
import { securityHeaders } from './security-headers.ts'

export interface WebAppOptions extends GuardOptions {
  readonly issuer: URL
  readonly hosts: readonly string[]
  readonly trustedProxies: readonly string[]
  readonly entropy: Entropy
  readonly log: WebLog
  readonly errorPage: ErrorPage
  readonly onAnswered: (answered: Answered) => void
  readonly surfaces: readonly { readonly surface: Surface; readonly routes: readonly Route[] }[]
  /** The protocol engine: it answers the paths that no route of ours has. */
  readonly engine?: Middleware
}

interface RouteSeen {
  routeName: string
  routePath?: string
}

declare module 'koa' {
  interface DefaultContext {
    placet?: RequestContext & RouteSeen
  }
}

const wantsHtml = (ctx: Context) => !ctx.path.startsWith('/api/') && ctx.accepts('json', 'html') === 'html'

/** Turns whatever was thrown into a page or into problem details, in this one place; see problem.ts for the statuses. */
function answerProblem(ctx: Context, error: unknown, options: WebAppOptions): void {
  const problem = problemOf(error)
  const context = ctx['placet']
  const requestId = context?.requestId ?? ''
  const reference = speakableReference(requestId)
  const route = context?.routePath
  const fields = {
    requestId,
    reference,
    status: problem.status,
    code: problem.code,
    ...(route === undefined ? {} : { route }),
  }
  if (problem.status >= 500) options.log.error('http.failed', fields, error)
  else options.log.info('http.refused', fields)
  ctx.status = problem.status
  ctx.set('Cache-Control', 'no-store')
  if (problem.retryAfterSeconds !== undefined)
    ctx.set('Retry-After', String(Math.ceil(problem.retryAfterSeconds)))
  if (wantsHtml(ctx)) {
    ctx.type = 'text/html; charset=utf-8'
    ctx.body = options.errorPage(problem, {
      reference,
      path: ctx.path,
      csrf: context?.csrf ?? '',
      acceptLanguage: ctx.get('accept-language') || undefined,
      languageCookie: readCookie(ctx.get('cookie'), 'placet_language'),
    })
    return
  }
  ctx.type = 'application/problem+json'
  ctx.body = JSON.stringify(problemDetails(problem, options.issuer.origin, requestId, reference))
}

/** An address that is not ours gets 421 and never reaches a link, a cookie or the engine (R114). */
function isOurHost(ctx: Context, hosts: readonly string[]): boolean {
  return hosts.includes((ctx.req.headers.host ?? '').toLowerCase())
}

export function webApp(options: WebAppOptions): Koa {
  const app = new Koa({ proxy: false })
  const contextOf = requestContexts(options)
  const headers = securityHeaders(options.https)
  const router = new Router()

  for (const { surface, routes } of options.surfaces) {
    for (const route of routes) {
      const enter = guard(route, surface, options)
      router.register(route.path, [route.method], async (ctx: Context) => {
        const context = ctx['placet'] as RequestContext & RouteSeen
        context.routeName = route.name
        context.routePath = route.path
        await headers(ctx, route.policy ?? 'own-pages')
        try {
          await enter(ctx, context)
        } catch (error) {
          if (!signInInstead(ctx, route, error, options.gatekeepers, options.https)) throw error
        }
      })
    }
  }

  app.use(async (ctx, next) => {
    const started = process.hrtime.bigint()
    try {
      ctx['placet'] = { ...contextOf(ctx), routeName: 'unknown' }
      await headers(ctx, 'redirects-to-clients')
      if (!isOurHost(ctx, options.hosts)) {
        ctx.status = 421
        ctx.type = 'text/plain'
        ctx.body = `This server answers for ${options.issuer.origin} only.\n`
        return
      }
      await next()
      if (ctx.status === 404 && ctx.body === undefined && ctx.respond !== false) ctx.throw(404)
    } catch (error) {
      answerProblem(ctx, error, options)
    } finally {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9
      options.onAnswered({
        route: ctx['placet']?.routeName ?? 'unknown',
        method: ctx.method,
        status: ctx.status,
        seconds,
      })
    }
  })
  app.use(router.routes())
  if (options.engine !== undefined) app.use(options.engine)
  return app
}
