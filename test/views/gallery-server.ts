import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brandStylesheet } from '../../views/brand.ts'
import { exampleBrands, gallery } from '../../views/gallery.ts'

/** The policy every page of ours is served under. */
const strictPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const kinds: Readonly<Record<string, string>> = {
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
}
const assets = new URL('../../views/assets/', import.meta.url)
const vendored: Readonly<Record<string, URL>> = {
  '/assets/vendor/simplewebauthn-browser.js': new URL(
    '../../node_modules/@simplewebauthn/browser/dist/bundle/index.umd.min.js',
    import.meta.url,
  ),
  '/assets/vendor/uqr.js': new URL('../../node_modules/uqr/dist/index.mjs', import.meta.url),
}

export interface GalleryServer {
  readonly origin: string
  readonly address: (id: string, state: string, language: string) => string
  readonly close: () => Promise<void>
}

/** Every page in every state over HTTP, under the strict policy: `/__gallery/<page>?state=…&lang=…`. */
export async function serveGallery(): Promise<GalleryServer> {
  const server = createServer((request, response) => {
    void answer(new URL(request.url ?? '/', 'http://localhost'), response).catch(() => {
      response.writeHead(404).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://localhost:${port}`
  return {
    origin,
    address: (id, state, language) =>
      `${origin}/__gallery/${id}?${new URLSearchParams({ state, lang: language })}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function answer(url: URL, response: ServerResponse): Promise<void> {
  const send = (type: string, body: string | Buffer) =>
    response
      .writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': strictPolicy })
      .end(body)
  const name = url.pathname.replace('/__gallery/', '')
  // Without content the browser stays where it is, so that a page that moves on can be looked at.
  if (name === 'landing') return void response.writeHead(204).end()
  const entry = gallery.find(({ id }) => id === name)
  if (entry) {
    const language = url.searchParams.get('lang') === 'en' ? 'en' : 'es'
    return void send('text/html', entry.render(url.searchParams.get('state') ?? 'default', language))
  }
  const vendor = vendored[url.pathname]
  if (vendor) return void send('text/javascript', await readFile(vendor))
  const brand = exampleBrands.find(({ id }) => url.pathname === `/assets/brand/${id}.css`)
  if (brand) return void send('text/css', brandStylesheet(brand))
  const file = /^\/assets\/([a-z-]+\.(css|js|svg))$/.exec(url.pathname)
  if (!file) return void response.writeHead(404).end()
  const [, path = '', extension = ''] = file
  send(kinds[extension] ?? 'text/plain', await readFile(new URL(path, assets)))
}
