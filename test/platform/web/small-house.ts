import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import type { Middleware } from 'koa'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'
import { csrfGuard } from '../../../src/platform/web/csrf.ts'
import type { IdempotencyStore } from '../../../src/platform/web/idempotency.ts'
import { listen } from '../../../src/platform/web/listen.ts'
import type { Answered, ErrorPage, Gatekeepers } from '../../../src/platform/web/ports.ts'
import type { Route } from '../../../src/platform/web/route.ts'
import { webApp } from '../../../src/platform/web/web-app.ts'

export const ana = '0198c0de-0000-7000-8000-00000000a0a0' as SubjectId
export const noon = new Date('2026-11-22T12:00:00Z')

const noKeys: IdempotencyStore = {
  claim: async () => ({ state: 'fresh' }),
  complete: async () => {},
  release: async () => {},
}

export interface HouseOptions {
  readonly routes: readonly Route[]
  /** The address in the configuration; the server itself always speaks plain HTTP on a port of its own. */
  readonly issuer?: string
  readonly trustedProxies?: readonly string[]
  readonly gatekeepers?: Partial<Gatekeepers>
  readonly idempotency?: IdempotencyStore
  readonly errorPage?: ErrorPage
  readonly engine?: Middleware
  readonly strict?: boolean
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly cookies: readonly string[]
  readonly text: string
}

/** The web of a house with a few rooms: real server, real guard, routes of the test. */
export async function openHouse(options: HouseOptions) {
  let handle: ReturnType<ReturnType<typeof webApp>['callback']> | undefined
  const server = await listen((req, res) => void handle?.(req, res), 0, '127.0.0.1')
  const issuer = new URL(options.issuer ?? `http://localhost:${server.port}`)
  const csrf = csrfGuard(new Uint8Array(32).fill(7), issuer.origin)
  const seen: { answered: Answered[]; logged: unknown[][]; undeclared: unknown[][] } = {
    answered: [],
    logged: [],
    undeclared: [],
  }
  const note =
    (level: string) =>
    (...line: unknown[]) =>
      void seen.logged.push([level, ...line])
  const app = webApp({
    issuer,
    hosts: [issuer.host],
    https: issuer.protocol === 'https:',
    trustedProxies: options.trustedProxies ?? [],
    clock: { now: () => noon },
    entropy: systemEntropy,
    csrf,
    gatekeepers: {
      subject: async () => undefined,
      staff: async () => undefined,
      client: async () => undefined,
      staffMay: () => false,
      clientMay: () => false,
      signInLocation: () => undefined,
      ...options.gatekeepers,
    },
    idempotency: options.idempotency ?? noKeys,
    strict: options.strict ?? true,
    onUndeclaredStatus: (...what) => void seen.undeclared.push(what),
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    errorPage: options.errorPage ?? ((problem) => `<h1>${problem.code}</h1>`),
    onAnswered: (answered) => void seen.answered.push(answered),
    surfaces: [{ surface: { channel: 'web', surface: 'test' }, routes: options.routes }],
    ...(options.engine === undefined
      ? {}
      : { engine: { middleware: options.engine, routeNameOf: () => undefined } }),
  })
  handle = app.callback()

  /** Sends exactly these headers, Host included, as no browser would let a page do. */
  const send = (
    path: string,
    init: {
      method?: string
      headers?: Record<string, string | string[]>
      body?: string | Uint8Array
    } = {},
  ) =>
    new Promise<Reply>((resolve, reject) => {
      const outgoing = httpRequest(
        {
          host: '127.0.0.1',
          port: server.port,
          path,
          method: init.method ?? 'GET',
          setHost: false,
          agent: false,
          headers: { host: issuer.host, ...init.headers },
        },
        (answer) => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('error', reject)
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              cookies: answer.headers['set-cookie'] ?? [],
              text: Buffer.concat(chunks).toString(),
            }),
          )
        },
      )
      outgoing.on('error', reject)
      outgoing.end(init.body)
    })

  const browserCookie = issuer.protocol === 'https:' ? '__Host-placet_browser' : 'placet_browser'
  const browserId = 'AAAAAAAAAAAAAAAAAAAAAA'
  /** What Ana's own browser sends with a form of ours. */
  const ownForm = {
    cookie: `${browserCookie}=${browserId}`,
    'sec-fetch-site': 'same-origin',
    'x-csrf-token': csrf.tokenFor(browserId),
  }
  const post = (path: string, fields: string, headers: Record<string, string> = {}) =>
    send(path, {
      method: 'POST',
      headers: { ...ownForm, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: fields,
    })
  const postJson = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    send(path, {
      method: 'POST',
      headers: { ...ownForm, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  return { issuer, server, send, post, postJson, ownForm, csrf, browserId, browserCookie, seen }
}

export type House = Awaited<ReturnType<typeof openHouse>>
