import type { Context } from 'koa'
import { invalid } from '../../kernel/errors.ts'
import { HttpRefusal } from './http-refusal.ts'

/** Enough for any form of ours, too little to hurt (R108). The engine reads its own bodies; this runs on our routes only. */
const ordinaryBytes = 64 * 1024
const maxDepth = 20
const maxFields = 1_000

const contentTypes = { form: 'application/x-www-form-urlencoded', json: 'application/json' } as const
const malformed = (code: string, detail: string) => new HttpRefusal(400, code, detail)

/**
 * The body of a request as data. A form becomes a flat record: each name exactly as it was sent (`choice.newsletter` is
 * one name), with a string, or a list of them where the name was sent more than once. Nothing is repaired on the way:
 * bytes that are not UTF-8, escapes that are none and text the database could not keep are refused.
 */
export async function readBody(
  ctx: Context,
  type: 'form' | 'json',
  maxBytes = ordinaryBytes,
): Promise<unknown> {
  checkType(ctx, contentTypes[type])
  const text = decode(await readBytes(ctx, maxBytes))
  const body = type === 'form' ? parseForm(text) : parseJson(text)
  inspect(body, 0)
  return body
}

function checkType(ctx: Context, expected: string): void {
  if (typeof ctx.request.is(expected) !== 'string') {
    throw new HttpRefusal(415, 'wrong-content-type', `Send the body as ${expected}.`)
  }
  if (!['', 'utf-8'].includes(ctx.request.charset.toLowerCase())) {
    throw new HttpRefusal(415, 'wrong-charset', 'Send the body in UTF-8.')
  }
  if (!['', 'identity'].includes(ctx.get('content-encoding').toLowerCase())) {
    throw new HttpRefusal(415, 'wrong-content-encoding', 'Send the body uncompressed.')
  }
}

async function readBytes(ctx: Context, maxBytes: number): Promise<Buffer> {
  const tooLarge = () =>
    new HttpRefusal(413, 'body-too-large', `Send at most ${maxBytes / 1024} KiB in a body.`)
  if (Number(ctx.get('content-length')) > maxBytes) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  try {
    // The rest of a body that is too large is dropped by the server; destroying it would take the answer along.
    for await (const chunk of ctx.req.iterator({ destroyOnReturn: false })) {
      size += chunk.length
      if (size > maxBytes) throw tooLarge()
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof HttpRefusal) throw error
    throw malformed('body-interrupted', 'The body ended before it was complete.')
  }
  return Buffer.concat(chunks)
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw malformed('body-not-utf8', 'The body is not UTF-8 text.')
  }
}

function parseForm(text: string): Record<string, string | readonly string[]> {
  const fields = new Map<string, string | readonly string[]>()
  const pairs = text.split('&').filter((pair) => pair !== '')
  if (pairs.length > maxFields) throw malformed('too-many-fields', `A form has at most ${maxFields} fields.`)
  for (const pair of pairs) {
    const [name = '', ...rest] = pair.split('=')
    const key = unescapeField(name)
    const value = unescapeField(rest.join('='))
    const before = fields.get(key)
    fields.set(key, before === undefined ? value : [...[before].flat(), value])
  }
  return Object.fromEntries(fields)
}

function unescapeField(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw malformed('body-not-a-form', 'The form has an escape that stands for no character.')
  }
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Told below: what the parser says may quote what was sent.
  }
  throw malformed('body-not-json', 'The body is not a JSON object or array.')
}

/** NUL and half surrogate pairs are no text to PostgreSQL; `__proto__` is a name to nobody with good intentions. */
function inspect(value: unknown, depth: number): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) {
      throw malformed('body-not-text', 'The body has characters that no text has.')
    }
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (depth >= maxDepth) throw invalid('body-too-deep', `The body is nested deeper than ${maxDepth} levels.`)
  for (const [name, inner] of Object.entries(value)) {
    if (name === '__proto__') throw malformed('body-not-text', 'The body has a name that no field has.')
    inspect(name, depth + 1)
    inspect(inner, depth + 1)
  }
}
