import type { RequestListener } from 'node:http'
import {
  adminConsoleChannel,
  staffGatekeeper,
  staffSignInLocation,
} from '../../../src/channels/admin-console/index.ts'
import { pageRenderer } from '../../../src/channels/page-renderer.ts'
import { assetRoutes } from '../../../src/compose/assets.ts'
import { holdsPower } from '../../../src/features/staff/index.ts'
import { csrfGuard } from '../../../src/platform/web/csrf.ts'
import { listen } from '../../../src/platform/web/listen.ts'
import { webApp } from '../../../src/platform/web/web-app.ts'
import { startStaffHouse } from '../../features/staff/staff-house.ts'

/** The console behind a real server, with the guard, cookies and headers of the product. */
export async function startConsole() {
  let handler: RequestListener = (_, res) => void res.writeHead(503).end()
  const server = await listen((req, res) => handler(req, res), 0, '127.0.0.1')
  const origin = `http://localhost:${server.port}`
  const staff = await startStaffHouse({ rpId: 'localhost', origin })
  const brand = { id: 'norte', name: 'Tienda Norte' }
  const tries: string[] = []
  const channel = adminConsoleChannel({
    ...staff.deps,
    limiter: {
      consume: async (_, limit) => void tries.push(limit),
      clear: async () => {},
    },
    renderer: pageRenderer(brand),
    https: false,
  })
  const app = webApp({
    issuer: new URL(origin),
    hosts: [`localhost:${server.port}`],
    https: false,
    trustedProxies: [],
    clock: staff.deps.clock,
    entropy: staff.deps.entropy,
    csrf: csrfGuard(new Uint8Array(32), origin),
    gatekeepers: {
      subject: async () => undefined,
      client: async () => undefined,
      staff: staffGatekeeper({ directory: staff.deps.directory, https: false }),
      staffMay: holdsPower,
      clientMay: () => false,
      signInLocation: (caller, to) => (caller.who === 'staff' ? staffSignInLocation(to) : undefined),
    },
    idempotency: {
      claim: async () => ({ state: 'fresh' }),
      complete: async () => {},
      release: async () => {},
    },
    strict: true,
    onUndeclaredStatus: () => {},
    log: {
      info: () => {},
      warn: () => {},
      error: (event, _, error) => void failures.push(`${event}: ${error}`),
    },
    errorPage: (problem) => `<h1>${problem.code}</h1>`,
    onAnswered: () => {},
    surfaces: [
      { surface: { channel: channel.id, surface: channel.name }, routes: channel.routes },
      { surface: { channel: 'web', surface: 'assets' }, routes: await assetRoutes(brand) },
    ],
  })
  const failures: unknown[] = []
  handler = app.callback()
  return {
    ...staff,
    origin,
    channel,
    failures,
    tries,
    stop: async () => {
      await server.close(100)
      await staff.stop()
    },
  }
}

export type Console = Awaited<ReturnType<typeof startConsole>>

/** A browser as far as the console can tell: keeps cookies, sends the token of the page, follows no redirect. */
export function openBrowser(origin: string) {
  const cookies = new Map<string, string>()
  let csrf = ''
  const send = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${origin}${path}`, {
      redirect: 'manual',
      ...init,
      headers: {
        accept: 'text/html',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...init.headers,
      },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (/Max-Age=0/.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    const text = await answer.text()
    csrf = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? csrf
    return { status: answer.status, text, location: answer.headers.get('location'), headers: answer.headers }
  }
  const unsafe = { origin, 'sec-fetch-site': 'same-origin' }
  return {
    cookies,
    open: (path: string) => send(path),
    submit: (path: string, fields: Record<string, string>) =>
      send(path, {
        method: 'POST',
        headers: { ...unsafe, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ _csrf: csrf, ...fields }).toString(),
      }),
    options: async (path: string) => {
      const answer = await send(path, {
        method: 'POST',
        headers: { ...unsafe, accept: 'application/json', 'x-csrf-token': csrf },
      })
      return { status: answer.status, body: JSON.parse(answer.text) }
    },
    send,
  }
}
