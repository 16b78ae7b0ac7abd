import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { defineRoute } from './define-route.ts'
import type { Route } from './route.ts'

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
}

/** Files read once at start and served from memory under exact paths: no path from outside ever reaches the disk. */
export async function staticFiles(
  files: Readonly<Record<string, URL>>,
  name: string,
): Promise<readonly Route[]> {
  const loaded = await Promise.all(
    Object.entries(files).map(async ([path, url]) => ({ path, body: await readFile(url) })),
  )
  return loaded.map(({ path, body }) => {
    const type = types[path.slice(path.lastIndexOf('.') + 1)]
    if (type === undefined) throw new Error(`No content type is known for ${path}.`)
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    return defineRoute({
      name: `${name}.${path.slice(path.lastIndexOf('/') + 1)}`,
      method: 'GET',
      path,
      caller: { who: 'anyone' },
      answers: [200],
      handle: async () => ({ kind: 'file', status: 200, type, body, publicFor: 300, etag }),
    })
  })
}
