import type { AddressInfo } from 'node:net'
import Koa from 'koa'

/** What an HTTP exchange costs in this framework when nothing is done in it. */
export async function startKoaHello(): Promise<{ origin: string; close(): void }> {
  const app = new Koa()
  app.use((ctx) => {
    ctx.body = 'hello'
  })
  const server = app.listen(0, '127.0.0.1')
  await new Promise<void>((resolve) => server.once('listening', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
