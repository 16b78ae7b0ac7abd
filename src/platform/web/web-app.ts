import Router from '@koa/router'
import Koa, { type Context, type Middleware } from 'koa'
import type { Entropy } from '../../kernel/ids.ts'
import { answerProblem } from './answer-problem.ts'
import { challenge, type GuardOptions, guard, signInInstead } from './guard.ts'
import { HttpRefusal } from './http-refusal.ts'
import type { Answered, ErrorPage, Surface, WebLog } from './ports.ts'
import { type RequestContext, requestContexts } from './request-context.ts'
import { checkTarget, isAddressedToUs } from './request-target.ts'
import type { Route } from './route.ts'
import { securityHeaders } from './security-headers.ts'

export interface WebAppOptions extends GuardOptions {
  readonly hosts: readonly string[]
  readonly trustedProxies: readonly string[]
  readonly entropy: Entropy
  readonly log: WebLog
  readonly errorPage: ErrorPage
  readonly onAnswered: (answered: Answered) => void
  readonly surfaces: readonly { readonly surface: Surface; readonly routes: readonly Route[] }[]
  readonly engine?: Engine
}

/** The protocol engine: it answers its own paths and passes on every other. */
export interface Engine {
  readonly middleware: Middleware
  /** What a path of its own is called in the log and the metrics: one of a few names, whatever was asked for. */
  routeNameOf(path: string): string | undefined
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

/** Two routes under one address, or an open route that remembers answers for anybody, are faults found at the start. */
function checkRoutes(routes: readonly Route[]): void {
  const seen = new Set<string>()
  for (const { method, path, name, caller, idempotency } of routes) {
    if (seen.has(`${method} ${path}`)) throw new Error(`Two routes answer ${method} ${path}.`)
    seen.add(`${method} ${path}`)
    if (idempotency === 'required' && caller.who === 'anyone') {
      throw new Error(`Route ${name} keeps answers by caller, and its callers have no name.`)
    }
  }
}

function routesOf(options: WebAppOptions, headers: ReturnType<typeof securityHeaders>): Router {
  const router = new Router({ sensitive: true })
  checkRoutes(options.surfaces.flatMap(({ routes }) => routes))
  for (const { surface, routes } of options.surfaces) {
    for (const route of routes) {
      const enter = guard(route, surface, options)
      router.register(route.path, [route.method], async (ctx: Context) => {
        const context = ctx['placet'] as RequestContext & RouteSeen
        context.routeName = route.name
        context.routePath = route.path
        headers(ctx, route.policy ?? 'own-pages')
        try {
          await enter(ctx, context)
        } catch (error) {
          if (signInInstead(ctx, route, error, options)) return
          challenge(ctx, route, error)
          throw error
        }
      })
    }
  }
  return router
}

/** A path of ours asked in a way that none of its routes answers. Without it the engine would call the path unknown. */
function refuseMethod(router: Router): Middleware {
  return async (ctx, next) => {
    const methods = router.match(ctx.path, ctx.method).path.flatMap((layer) => layer.methods)
    if (methods.length === 0) return next()
    const allow = [...new Set(methods)].sort().join(', ')
    throw new HttpRefusal(405, 'method-not-allowed', `This address takes ${allow}.`, { Allow: allow })
  }
}

export function webApp(options: WebAppOptions): Koa {
  const app = new Koa({ proxy: false })
  const contextOf = requestContexts(options)
  const headers = securityHeaders(options.https)
  const router = routesOf(options, headers)
  const { log, issuer } = options

  // Answers that broke on the way out. Koa would print the error itself, message and all (R101).
  app.on('error', (error: unknown) => log.warn('http.broken', {}, error))
  app.use(async (ctx, next) => {
    const started = process.hrtime.bigint()
    try {
      const addressedToUs = isAddressedToUs(ctx.req, options.hosts)
      ctx['placet'] = Object.assign(contextOf(ctx, addressedToUs), { routeName: 'unknown' })
      headers(ctx, 'redirects-to-clients')
      if (!addressedToUs) {
        ctx.status = 421
        ctx.type = 'text/plain; charset=utf-8'
        ctx.body = `This server answers for ${issuer.origin} only.\n`
        return
      }
      checkTarget(ctx.url)
      await next()
      if (ctx.status === 404 && ctx.body === undefined && ctx.respond !== false) {
        throw new HttpRefusal(404, 'page-not-found', 'Nothing is to be found under this address.')
      }
    } catch (error) {
      await answerProblem(ctx, error, options, headers)
    } finally {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9
      const { routeName = 'unknown' } = ctx['placet'] ?? {}
      options.onAnswered({ route: routeName, method: ctx.method, status: ctx.status, seconds })
    }
  })
  // The engine knows its paths by their prefix; asking a hundred routes first would cost it more than its own work.
  const { engine } = options
  if (engine !== undefined) {
    app.use((ctx, next) => {
      const routeName = engine.routeNameOf(ctx.path)
      if (routeName !== undefined && ctx['placet'] !== undefined) ctx['placet'].routeName = routeName
      return engine.middleware(ctx, next)
    })
  }
  app.use(router.routes())
  app.use(refuseMethod(router))
  return app
}
