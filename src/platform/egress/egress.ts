import { Agent, fetch as send } from 'undici'
import { PlacetError, refused, unavailable } from '../../kernel/errors.ts'
import { usualPorts, type WayOut, whyNotAllowed } from './allowed-url.ts'
import { guardedConnector, type ResolveHost, systemResolve } from './guarded-connect.ts'

export type { ResolveHost } from './guarded-connect.ts'

export interface EgressOptions {
  /** Exact origins exempt from scheme, port and address rules, such as `http://localhost:4011`; for demo and tests. */
  readonly allow?: readonly string[]
  readonly ports?: readonly number[]
  readonly timeoutMs?: number
  /** Longest answer read, in bytes after decompression. */
  readonly maxBytes?: number
  readonly resolve?: ResolveHost
}

export interface Egress {
  /**
   * Like the platform's `fetch`, and usable wherever one is asked for (the protocol engine's option included). The body
   * is read whole before it resolves. Rejects with a PlacetError: `refused` for what will never be allowed, with code
   * `egress-url-refused` or `egress-address-refused`; `unavailable` for what may work another time.
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  close(): Promise<void>
}

export function createEgress(options: EgressOptions = {}): Egress {
  const { ports = usualPorts, timeoutMs = 3000, maxBytes = 64 * 1024, resolve = systemResolve } = options
  const exempt = new Set((options.allow ?? []).map(exactOrigin))
  const agent = new Agent({
    connect: guardedConnector(resolve, exempt, timeoutMs),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 4000,
    connections: 16,
    maxHeaderSize: 16 * 1024,
  })

  return {
    async fetch(input, init) {
      const request = new Request(checkedUrl(input, { exempt, ports }), asInit(input, init))
      const deadline = AbortSignal.timeout(timeoutMs)
      const signal = AbortSignal.any([deadline, request.signal])
      const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer())
      try {
        const answer = await send(request.url, {
          method: request.method,
          headers: [...request.headers],
          body,
          redirect: 'manual',
          signal,
          dispatcher: agent,
        })
        if (answer.status >= 300 && answer.status < 400 && answer.status !== 304) {
          await answer.body?.cancel()
          throw unavailable(
            'egress-redirected',
            'the host answered with a redirect, which is not followed',
            3600,
          )
        }
        const bytes = await readAtMost(answer.body, maxBytes)
        return rebuilt(answer, bytes)
      } catch (error) {
        throw explained(error, deadline)
      }
    },
    close: () => agent.destroy(),
  }
}

function exactOrigin(text: string): string {
  const url = URL.parse(text)
  if (url === null || url.origin !== text) throw new Error(`not an exact origin: ${text}`)
  return text
}

function checkedUrl(input: string | URL | Request, out: WayOut): string {
  const url = URL.parse(input instanceof Request ? input.url : String(input))
  const why = url === null ? 'not an absolute URL' : whyNotAllowed(url, out)
  if (url === null || why !== undefined) throw refused('egress-url-refused', why ?? '')
  return url.href
}

/** What of a caller's wishes counts. A dispatcher of their own would be a way around the guard, so it does not. */
function asInit(input: string | URL | Request, init: RequestInit = {}): RequestInit {
  const from = input instanceof Request ? input : undefined
  const body = init.body ?? from?.body ?? null
  return {
    method: init.method ?? from?.method ?? 'GET',
    headers: new Headers(init.headers ?? from?.headers),
    signal: init.signal ?? from?.signal ?? null,
    ...(body === null ? {} : { body, duplex: 'half' as const }),
  }
}

async function readAtMost(body: AsyncIterable<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.byteLength
    // Leaving the loop cancels the stream, and with it the connection.
    if (length > maxBytes) throw unavailable('egress-too-large', 'the answer is too long', 3600)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

type Answer = Awaited<ReturnType<typeof send>>

function rebuilt(answer: Answer, bytes: Uint8Array): Response {
  const headers = new Headers([...answer.headers])
  // They spoke of the bytes on the wire; these are decoded.
  headers.delete('content-encoding')
  headers.delete('content-length')
  const empty = [204, 205, 304].includes(answer.status)
  const body = empty ? null : new Uint8Array(bytes)
  return new Response(body, { status: answer.status, statusText: answer.statusText, headers })
}

function explained(error: unknown, deadline: AbortSignal): PlacetError {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (at instanceof PlacetError) return at
  if (deadline.aborted) return unavailable('egress-timeout', 'the host did not answer in time', 30, error)
  return unavailable('egress-failed', 'the host could not be reached', 30, error)
}
