import { Pool } from 'undici'

export interface HttpAnswer {
  readonly status: number
  readonly text: string
  readonly location: string | undefined
  readonly setCookies: readonly string[]
}

export interface HttpRequest {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Http {
  readonly origin: string
  /** Path with query, or an address of this origin. The body is always read to its end, or the connection is lost. */
  send(where: string, request?: HttpRequest): Promise<HttpAnswer>
  close(): Promise<void>
}

/** One origin over so many keep-alive connections; more requests wait for one to be free, and are timed while they wait. */
export function openHttp(origin: string, connections: number): Http {
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    keepAliveTimeout: 60_000,
    headersTimeout: 20_000,
    bodyTimeout: 20_000,
  })
  return {
    origin,
    async send(where, { method = 'GET', headers = {}, body } = {}) {
      const path = where.startsWith(origin) ? where.slice(origin.length) || '/' : where
      const answer = await pool.request({ path, method, headers, ...(body === undefined ? {} : { body }) })
      const text = await answer.body.text()
      const { location, 'set-cookie': cookies = [] } = answer.headers
      return {
        status: answer.statusCode,
        text,
        location: typeof location === 'string' ? location : undefined,
        setCookies: typeof cookies === 'string' ? [cookies] : cookies,
      }
    },
    close: () => pool.close(),
  }
}

export const form = (fields: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined)
  return new URLSearchParams(given).toString()
}

export const formType = { 'content-type': 'application/x-www-form-urlencoded' } as const

/** RFC 6749, 2.3.1: id and secret are form-encoded before they are joined. */
export const basic = ({ id, secret }: { readonly id: string; readonly secret: string }): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`
