import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})

afterAll(() => app?.close())

/** Requests counted so far, by the name of their route. */
async function countedByRoute(): Promise<Readonly<Record<string, number>>> {
  const text = (await app.house.platform.metrics.expose()).body
  const lines = text.matchAll(/^placet_http_request_seconds_count\{[^}]*route="([^"]+)"[^}]*\} (\d+)$/gm)
  const counted: Record<string, number> = {}
  for (const [, route = '', count] of lines) counted[route] = (counted[route] ?? 0) + Number(count)
  return counted
}

it('every endpoint of the protocol is counted under its own name, and what is none of ours under one', async () => {
  const ask = (path: string, method = 'GET') =>
    fetch(`${app.origin}${path}`, { method, redirect: 'manual', headers: { 'sec-fetch-site': 'none' } })
  await ask('/.well-known/openid-configuration')
  await ask('/oidc/jwks')
  await ask('/oidc/auth?client_id=nobody')
  await ask('/oidc/auth/some-sign-in')
  await ask('/oidc/token', 'POST')
  // The engine answers both spellings, so neither may hide.
  await ask('/oidc/Introspect/', 'POST')
  await ask('/oidc/introspect', 'POST')
  await ask('/oidc/me')
  await ask('/oidc/nothing-here')
  await ask('/nothing/here')
  await expect.poll(countedByRoute).toEqual({
    'oidc.discovery': 1,
    'oidc.jwks': 1,
    'oidc.authorization': 1,
    'oidc.resume': 1,
    'oidc.token': 1,
    'oidc.introspection': 2,
    'oidc.userinfo': 1,
    unknown: 2,
  })
})
