import { load } from 'cheerio'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { people } from '../../../demo/seed/people.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { openBrowser } from '../admin-console/console-app.ts'
import { subjectCookie } from '../matrix-visitor.ts'

let app: TestApp
const cookies = new Map<string, string>()
beforeAll(async () => {
  app = await startTestApp({ people: true, environment: { PLACET_RECEIPT_SD_JWT: 'on' } })
  for (const key of ['ana', 'bruno']) {
    const person = people.find((one) => one.key === key)
    const { cookie = '' } = await subjectCookie(app.origin, person?.email ?? '', person?.password ?? '')
    cookies.set(key, cookie)
  }
})
afterAll(() => app?.close())

const get = (key: string, path: string, accept = '*/*') =>
  fetch(`${app.origin}${path}`, { headers: { cookie: cookies.get(key) ?? '', accept } })

/** What her receipt page offers, in the order it stands there: the whole credential, and the one decision. */
async function offered(): Promise<readonly [string, string]> {
  const history = load(await (await get('ana', '/privacy/history', 'text/html')).text())
  const receipt = history('a[href^="/privacy/receipts/"]:not([href$=".jws"])').first().attr('href') ?? ''
  const page = load(await (await get('ana', receipt, 'text/html')).text())
  const links = page('a[href*=".sd-jwt"]')
    .map((_, link) => page(link).attr('href'))
    .get()
  const [whole = '', one = ''] = links
  expect(links).toHaveLength(2)
  return [whole, one]
}

test('Ana downloads a receipt as a credential and shows one decision to somebody who checks it here', async () => {
  const [whole, one] = await offered()
  const answer = await get('ana', whole)
  expect(answer.headers.get('content-type')).toBe('application/dc+sd-jwt')
  expect(answer.headers.get('content-disposition')).toMatch(
    /attachment; filename="?placet-[0-9a-f-]+\.sd-jwt/,
  )
  expect((await answer.text()).split('~').length).toBeGreaterThan(3)

  const shown = await (await get('ana', one)).text()
  expect(shown.split('~')).toHaveLength(3)
  const stranger = openBrowser(app.origin)
  await stranger.open('/verify')
  const verdict = load((await stranger.submit('/verify', { receipt: shown })).text)
  expect(verdict('[data-verdict]').text()).toContain('El justificante es auténtico')
  expect(verdict('[data-verdict]').text()).toContain('Su titular elige qué decisiones enseña')
  expect(verdict('[data-verdict] section.card')).toHaveLength(1)
  const [jws = '', disclosure = ''] = shown.split('~')
  const forged = Buffer.from(
    Buffer.from(disclosure, 'base64url')
      .toString()
      .replace(/"state":"\w+"/, '"state":"confirmed"'),
  ).toString('base64url')
  expect(forged).not.toBe(disclosure)
  const refused = load((await stranger.submit('/verify', { receipt: `${jws}~${forged}~` })).text)
  expect(refused('[data-verdict]').text()).toContain('no es auténtico')
})

test('a program that knows only the credential finds the keys and what the type means, as the draft has it', async () => {
  const [, one] = await offered()
  const [jws = ''] = (await (await get('ana', one)).text()).split('~')
  const { iss = '', vct } = decodeJwt<{ vct: string }>(jws)
  expect(iss).toBe(app.origin)
  const issuer = await (await fetch(`${iss}/.well-known/jwt-vc-issuer`)).json()
  expect(issuer).toEqual({ issuer: iss, jwks_uri: `${iss}/.well-known/placet-receipt-keys` })
  const keys = createRemoteJWKSet(new URL(issuer.jwks_uri))
  const { protectedHeader } = await jwtVerify(jws, keys, { issuer: iss, typ: 'dc+sd-jwt' })
  expect(protectedHeader.alg).toBe('ES256')
  const type = await fetch(vct)
  expect(type.headers.get('content-type')).toMatch(/^application\/json/)
  expect(type.headers.get('cache-control')).toContain('max-age=3600')
  const metadata = await type.json()
  expect(metadata.vct).toBe(vct)
  expect(metadata.display.map(({ locale }: { locale: string }) => locale)).toEqual(['es', 'en'])
})

test('Bruno, and whoever is not signed in, gets none of it (R104)', async () => {
  for (const path of await offered()) {
    expect((await get('ana', path)).status).toBe(200)
    expect((await get('bruno', path)).status).toBe(404)
    expect((await get('nobody', path, 'application/json')).status).toBe(401)
  }
  const [whole] = await offered()
  expect((await get('ana', `${whole}?event=0199a1b2-0000-7000-8000-000000000001`)).status).toBe(404)
  expect((await get('ana', `${whole}?event=everything`)).status).toBe(422)
})
