import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.close())

it('guessing at the protocol endpoints is slowed down however their address is spelled (R108)', async () => {
  const spellings = [
    '/oidc/token',
    '/oidc/TOKEN',
    '/oidc/token/',
    '/oidc/Introspect',
    '/oidc/%74oken',
    '/oidc/revoke/',
  ]
  const guess = async (path: string) => {
    const answer = await fetch(`${app.origin}${path}`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('tienda-norte-web:wrong').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', token: 'x' }),
    })
    return answer.status
  }
  // Either the engine does not answer there at all, or every failure counts.
  const served = []
  for (const path of spellings) if ((await guess(path)) === 401) served.push(path)
  expect(served).toContain('/oidc/token')
  for (let tries = 0; tries < 240; tries += 20)
    await Promise.all(Array.from({ length: 20 }, () => guess('/oidc/token')))
  await expect.poll(() => guess('/oidc/token')).toBe(429)
  for (const path of served) expect(await guess(path), path).toBe(429)
})
