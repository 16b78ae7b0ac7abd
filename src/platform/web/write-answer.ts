import type { Context } from 'koa'
import type { Answer } from './answer.ts'
import { serializeCookie } from './cookies.ts'
import { ownPath } from './own-path.ts'

export interface House {
  readonly https: boolean
  readonly issuer: URL
}

export function writeAnswer(ctx: Context, answer: Answer, house: House): void {
  // Whatever can fail comes first: an answer that turns into a problem must not leave its cookies behind.
  const cookies = (answer.cookies ?? []).map((cookie) => serializeCookie(cookie, house.https))
  const destination = answer.kind === 'redirect' ? destinationOf(answer, house) : ''
  for (const cookie of cookies) ctx.append('Set-Cookie', cookie)
  switch (answer.kind) {
    case 'html':
      ctx.status = answer.status
      ctx.type = 'text/html; charset=utf-8'
      ctx.body = answer.html
      // Not "storage": that is where a terminal has its key. No cookie of this answer outlives it, so none is sent.
      if (answer.wipes === true) {
        ctx.set('Clear-Site-Data', '"cache", "cookies"')
        ctx.remove('Set-Cookie')
      }
      return
    case 'redirect':
      ctx.status = 303
      ctx.set('Location', destination)
      ctx.body = ''
      return
    case 'json':
      ctx.status = answer.status
      ctx.type = 'application/json; charset=utf-8'
      ctx.body = JSON.stringify(answer.body)
      return
    case 'file':
      writeFile(ctx, answer)
      return
    case 'nothing':
      ctx.status = 204
      ctx.body = null
  }
}

/** The last lock against open redirects (R113): whatever a handler made of what it was given, it cannot lead elsewhere. */
function destinationOf(answer: Extract<Answer, { kind: 'redirect' }>, { issuer }: House): string {
  if (answer.foreign === true) return new URL(answer.location).href
  const path = ownPath(answer.location, issuer.origin)
  if (path === undefined) throw new Error('A redirect led out of the house.')
  return path
}

function writeFile(ctx: Context, answer: Extract<Answer, { kind: 'file' }>): void {
  ctx.status = answer.status
  ctx.set('Content-Type', answer.type)
  if (answer.downloadAs !== undefined) {
    const name = answer.downloadAs.replaceAll(/[^A-Za-z0-9._-]/g, '_')
    ctx.set('Content-Disposition', `attachment; filename="${name}"`)
  }
  if (answer.publicFor !== undefined) {
    ctx.set('Cache-Control', `public, max-age=${answer.publicFor}`)
    // A shared cache would hand one browser's cookie, and with it its form token, to everybody.
    ctx.remove('Set-Cookie')
  }
  ctx.body = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body)
  if (answer.etag !== undefined) {
    ctx.set('ETag', answer.etag)
    if (ctx.fresh) ctx.status = 304
  }
}

export const statusOfAnswer = (answer: Answer): number =>
  answer.kind === 'redirect' ? 303 : answer.kind === 'nothing' ? 204 : answer.status
