import type { Context } from 'koa'
import { languageCookie, readCookie } from './cookies.ts'
import { HttpRefusal } from './http-refusal.ts'
import type { ErrorPage, WebLog } from './ports.ts'
import { type Problem, problemDetails, problemOf } from './problem.ts'
import { speakableReference } from './request-reference.ts'
import type { securityHeaders } from './security-headers.ts'

interface ProblemOptions {
  readonly issuer: URL
  readonly log: WebLog
  readonly errorPage: ErrorPage
}

const wantsHtml = (ctx: Context) => !ctx.path.startsWith('/api/') && ctx.accepts('json', 'html') === 'html'

/** Turns whatever was thrown into a page or into problem details, in this one place; see problem.ts for the statuses. */
export async function answerProblem(
  ctx: Context,
  error: unknown,
  options: ProblemOptions,
  headers: ReturnType<typeof securityHeaders>,
): Promise<void> {
  const problem = problemOf(error)
  const requestId = ctx['placet']?.requestId ?? ''
  const reference = speakableReference(requestId)
  const route = ctx['placet']?.routePath
  const fields = {
    requestId,
    reference,
    status: problem.status,
    code: problem.code,
    ...(route === undefined ? {} : { route }),
  }
  if (problem.status >= 500) options.log.error('http.failed', fields, error)
  else options.log.info('http.refused', fields)
  if (ctx.headerSent) {
    // Half an answer is out. A broken connection says so; anything written now would be taken for its second half.
    ctx.respond = false
    if (!ctx.res.writableEnded) ctx.res.destroy()
    return
  }
  ctx.respond = true
  headers(ctx, 'own-pages')
  ctx.remove('ETag')
  ctx.remove('Content-Disposition')
  if (error instanceof HttpRefusal) ctx.set({ ...error.headers })
  const { retryAfterSeconds } = problem
  if (retryAfterSeconds !== undefined)
    ctx.set('Retry-After', String(Math.max(1, Math.ceil(retryAfterSeconds))))
  ctx.status = problem.status
  const html = wantsHtml(ctx) ? pageOf(ctx, problem, reference, options) : undefined
  if (html !== undefined) {
    ctx.type = 'text/html; charset=utf-8'
    ctx.body = html
    return
  }
  ctx.body = JSON.stringify(problemDetails(problem, options.issuer.origin, requestId, reference))
  ctx.type = 'application/problem+json'
}

/** Undefined when the page itself fails: the problem is then told plainly rather than not at all. */
function pageOf(
  ctx: Context,
  problem: Problem,
  reference: string,
  options: ProblemOptions,
): string | undefined {
  try {
    return options.errorPage(problem, {
      reference,
      path: ctx.path,
      csrf: ctx['placet']?.csrf ?? '',
      acceptLanguage: ctx.get('accept-language') || undefined,
      languageCookie: readCookie(ctx.get('cookie'), languageCookie),
    })
  } catch (error) {
    options.log.error('http.error-page-failed', { reference }, error)
    return undefined
  }
}
