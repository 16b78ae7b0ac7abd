import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Language, languageOf } from './language.ts'

/** A session cookie of the sample; without a value it is taken away. */
export interface SampleCookie {
  readonly name: string
  readonly value?: string
}

export type Reply =
  | { readonly html: string; readonly status?: number }
  | { readonly location: string; readonly cookies?: readonly SampleCookie[] }
  | { readonly status: number; readonly text: string }

export interface SampleRequest {
  readonly method: string
  readonly url: URL
  readonly language: Language
  readonly cookie: (name: string) => string | undefined
  readonly form: () => Promise<URLSearchParams>
}

export interface SampleServer {
  readonly port: number
  close(): Promise<void>
}

const stylesheet = Promise.all(
  ['./sample.css', './scenes.css'].map((file) => readFile(new URL(file, import.meta.url))),
).then((files) => Buffer.concat(files))

/** Nothing from elsewhere and no script at all. No form-action: Chromium applies it to redirects to the provider too. */
const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

const largestForm = 65_536

async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of req) {
    text += String(chunk)
    if (text.length > largestForm) throw new Error('form too large')
  }
  return new URLSearchParams(text)
}

const readCookie = (req: IncomingMessage, name: string): string | undefined =>
  new RegExp(`(?:^|; )${name}=([^;]+)`).exec(req.headers.cookie ?? '')?.[1]

const languageCookie = 'sample_language'

/** The few lines of HTTP a sample application needs; a real one uses its own framework. */
export async function serveSample(
  origin: string,
  port: number,
  answer: (request: SampleRequest) => Promise<Reply>,
): Promise<SampleServer> {
  const secure = origin.startsWith('https:') ? '; Secure' : ''
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${secure}`
  const written = ({ name, value }: SampleCookie) =>
    value === undefined ? `${name}=${attributes}; Max-Age=0` : `${name}=${value}${attributes}`

  const send = (res: ServerResponse, reply: Reply, remember: readonly SampleCookie[]) => {
    const more = 'location' in reply ? (reply.cookies ?? []) : []
    const cookies = [...remember, ...more].map(written)
    const headers = {
      'cache-control': 'no-store',
      ...(cookies.length === 0 ? {} : { 'set-cookie': cookies }),
    }
    if ('location' in reply) res.writeHead(303, { ...headers, location: reply.location }).end()
    else if ('html' in reply)
      res.writeHead(reply.status ?? 200, { ...headers, ...pageHeaders }).end(reply.html)
    else res.writeHead(reply.status, { ...headers, 'content-type': 'text/plain' }).end(reply.text)
  }

  const server = createServer(async (req, res) => {
    try {
      const url = new URL(req.url ?? '/', origin)
      if (url.pathname === '/sample.css') {
        res
          .writeHead(200, { 'content-type': 'text/css', 'cache-control': 'max-age=300' })
          .end(await stylesheet)
        return
      }
      const chosen = url.searchParams.get('lang') ?? undefined
      const language = languageOf(chosen, readCookie(req, languageCookie), req.headers['accept-language'])
      const reply = await answer({
        method: req.method ?? 'GET',
        url,
        language,
        cookie: (name) => readCookie(req, name),
        form: () => readForm(req),
      })
      send(res, reply, chosen === undefined ? [] : [{ name: languageCookie, value: language }])
    } catch (error) {
      res.writeHead(500, { 'content-type': 'text/plain' }).end(`This sample failed: ${String(error)}\n`)
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
