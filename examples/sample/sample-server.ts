import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Reply =
  | { readonly html: string; readonly status?: number; readonly cookie?: string }
  | { readonly location: string; readonly cookie?: string }
  | { readonly status: number; readonly text: string }

export interface SampleRequest {
  readonly method: string
  readonly url: URL
  readonly cookie: (name: string) => string | undefined
  readonly form: () => Promise<URLSearchParams>
}

export interface SampleServer {
  readonly port: number
  close(): Promise<void>
}

const stylesheet = readFile(new URL('./sample.css', import.meta.url))

async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of req) {
    text += String(chunk)
    if (text.length > 65_536) throw new Error('form too large')
  }
  return new URLSearchParams(text)
}

/** The few lines of HTTP a sample application needs; a real one uses its own framework. */
export async function serveSample(
  origin: string,
  port: number,
  answer: (request: SampleRequest) => Promise<Reply>,
): Promise<SampleServer> {
  const server = createServer(async (req, res) => {
    try {
      const url = new URL(req.url ?? '/', origin)
      if (url.pathname === '/sample.css') {
        res
          .writeHead(200, { 'content-type': 'text/css', 'cache-control': 'max-age=300' })
          .end(await stylesheet)
        return
      }
      const reply = await answer({
        method: req.method ?? 'GET',
        url,
        cookie: (name) => new RegExp(`(?:^|; )${name}=([^;]+)`).exec(req.headers.cookie ?? '')?.[1],
        form: () => readForm(req),
      })
      const headers: Record<string, string> = { 'cache-control': 'no-store' }
      if ('cookie' in reply && reply.cookie !== undefined) headers['set-cookie'] = reply.cookie
      if ('location' in reply) res.writeHead(303, { ...headers, location: reply.location }).end()
      else if ('html' in reply) {
        res
          .writeHead(reply.status ?? 200, { ...headers, 'content-type': 'text/html; charset=utf-8' })
          .end(reply.html)
      } else res.writeHead(reply.status, { ...headers, 'content-type': 'text/plain' }).end(reply.text)
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
