import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Listening {
  readonly port: number
  /** Stops taking connections, lets what is under way finish, and gives up on the rest after the grace (P9). */
  close(graceMs?: number): Promise<void>
}

/** A server with limits set on purpose: slow or endless requests end, and headers stay small. */
export async function listen(handler: RequestListener, port: number, host: string): Promise<Listening> {
  const underWay = new Set<ServerResponse>()
  let closing: Promise<void> | undefined
  const server: Server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 },
    (req, res) => {
      underWay.add(res)
      res.once('close', () => underWay.delete(res))
      if (closing !== undefined) sayGoodbye(res)
      return handler(req, res)
    },
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: (graceMs = 8_000) => {
      closing ??= new Promise((resolve) => {
        const force = setTimeout(() => server.closeAllConnections(), graceMs)
        server.close(() => {
          clearTimeout(force)
          resolve()
        })
        server.closeIdleConnections()
        underWay.forEach(sayGoodbye)
      })
      return closing
    },
  }
}

/** A connection kept alive would hold the process until the grace is over: its last answer says that it is the last. */
function sayGoodbye(res: ServerResponse): void {
  if (!res.headersSent) res.setHeader('Connection', 'close')
}
