import { bodyParser } from '@koa/bodyparser'
import type { Context } from 'koa'
import { invalid } from '../../kernel/errors.ts'

/** Enough for any form of ours, too little to hurt (R108). The engine reads its own bodies; this runs on our routes only. */
const limit = '64kb'
const maxDepth = 20

const parsers = {
  form: bodyParser({ enableTypes: ['form'], formLimit: limit, encoding: 'utf-8' }),
  json: bodyParser({ enableTypes: ['json'], jsonLimit: limit, jsonStrict: true, encoding: 'utf-8' }),
}

const contentTypes = { form: 'application/x-www-form-urlencoded', json: 'application/json' } as const

function depthOf(value: unknown, depth = 0): number {
  if (depth > maxDepth || typeof value !== 'object' || value === null) return depth
  return Math.max(depth, ...Object.values(value).map((inner) => depthOf(inner, depth + 1)))
}

export async function readBody(ctx: Context, type: 'form' | 'json'): Promise<unknown> {
  if (ctx.request.is(contentTypes[type]) === false || ctx.request.is(contentTypes[type]) === null) {
    throw invalid('wrong-content-type', `Send the body as ${contentTypes[type]}.`)
  }
  await parsers[type](ctx as Parameters<(typeof parsers)['form']>[0], async () => {})
  const body: unknown = ctx.request.body
  if (depthOf(body) > maxDepth)
    throw invalid('body-too-deep', `The body is nested deeper than ${maxDepth} levels.`)
  return body
}
