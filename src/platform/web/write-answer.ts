import type { Context } from 'koa'
import type { Answer } from './answer.ts'
import { serializeCookie } from './cookies.ts'

export function writeAnswer(ctx: Context, answer: Answer, https: boolean): void {
  for (const cookie of answer.cookies ?? []) ctx.append('Set-Cookie', serializeCookie(cookie, https))
  switch (answer.kind) {
    case 'html':
      ctx.status = answer.status
      ctx.type = 'text/html; charset=utf-8'
      ctx.body = answer.html
      return
    case 'redirect':
      ctx.status = 303
      ctx.set('Location', answer.location)
      ctx.body = ''
      return
    case 'json':
      ctx.status = answer.status
      ctx.type = 'application/json; charset=utf-8'
      ctx.body = JSON.stringify(answer.body)
      return
    case 'file':
      ctx.status = answer.status
      ctx.set('Content-Type', answer.type)
      if (answer.downloadAs !== undefined) {
        ctx.set(
          'Content-Disposition',
          `attachment; filename="${answer.downloadAs.replaceAll(/[^A-Za-z0-9._-]/g, '_')}"`,
        )
      }
      if (answer.publicFor !== undefined) ctx.set('Cache-Control', `public, max-age=${answer.publicFor}`)
      ctx.body = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body)
      return
    case 'nothing':
      ctx.status = 204
      ctx.body = null
  }
}

export const statusOfAnswer = (answer: Answer): number =>
  answer.kind === 'redirect' ? 303 : answer.kind === 'nothing' ? 204 : answer.status
