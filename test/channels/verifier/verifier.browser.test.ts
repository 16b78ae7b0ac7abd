import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { calculateJwkThumbprint, exportJWK } from 'jose'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { people } from '../../../demo/seed/people.ts'
import { signJws } from '../../../src/platform/crypto/index.ts'
import { problemsOn } from '../../support/accessibility.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { launchBrowser } from '../../support/browser.ts'
import { subjectCookie } from '../matrix-visitor.ts'

let app: TestApp
let browser: Browser
let folder: string
let receipt = ''
beforeAll(async () => {
  ;[app, browser] = await Promise.all([startTestApp({ people: true }), launchBrowser()])
  folder = await mkdtemp(join(tmpdir(), 'placet-verifier-'))
  await app.house.consentProofs.keeper.checkpoint()
  const ana = people.find(({ key }) => key === 'ana')
  const headers = await subjectCookie(app.origin, ana?.email ?? '', ana?.password ?? '')
  const history = await fetch(`${app.origin}/privacy/history`, {
    headers: { ...headers, accept: 'text/html' },
  })
  const id = /\/privacy\/receipts\/([0-9a-f-]{36})/.exec(await history.text())?.[1]
  receipt = await (await fetch(`${app.origin}/privacy/receipts/${id}.json`, { headers })).text()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(address: string) {
  const context = await browser.newContext({ locale: 'es-ES' })
  const page = await context.newPage()
  const complaints: string[] = []
  const asked: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(address)
  page.on('request', (request) => asked.push(request.url()))
  return { context, page, complaints, asked }
}

async function check(page: Page, text: string): Promise<string> {
  await page.getByLabel('Justificante', { exact: true }).fill(text)
  await page.getByRole('button', { name: 'Comprobar', exact: true }).click()
  const heading = page.locator('[data-verdict] h2')
  await heading.waitFor()
  return (await heading.textContent()) ?? ''
}

test('a receipt is checked in the browser, under the strict policy, and nothing is sent (R110)', async () => {
  const { context, page, complaints, asked } = await open(`${app.origin}/verify`)
  expect(await check(page, receipt)).toBe('El justificante es auténtico')
  expect(await page.locator('[data-verdict] .card').count()).toBeGreaterThan(0)
  expect(await page.locator('[data-verdict]').textContent()).toContain(
    'Sí, probado con su recorrido hasta la raíz',
  )
  expect(await problemsOn(page)).toEqual([])
  expect(await check(page, receipt.replace(/"commit": "./, '"commit": "_'))).toBe(
    'El justificante no es auténtico o está alterado',
  )
  expect(asked).toEqual([])
  expect(complaints).toEqual([])
  await context.close()
})

test('a file is chosen instead of pasted, and checked at once', async () => {
  const { context, page, asked } = await open(`${app.origin}/verify`)
  const file = join(folder, 'receipt.json')
  await writeFile(file, receipt)
  await page.getByLabel('O elige el archivo').setInputFiles(file)
  await page.getByRole('heading', { name: 'El justificante es auténtico' }).waitFor()
  expect(asked).toEqual([])
  await context.close()
})

test('the saved page checks a receipt from the disk, without any server', async () => {
  const answer = await fetch(`${app.origin}/verify/placet-verifier.html?lang=es`)
  const saved = join(folder, 'placet-verifier.html')
  await writeFile(saved, await answer.text())
  expect((await readFile(saved, 'utf8')).length).toBeGreaterThan(10_000)
  const { context, page, complaints, asked } = await open(pathToFileURL(saved).href)
  await context.setOffline(true)
  expect(await check(page, receipt)).toBe('El justificante es auténtico')
  expect(await check(page, '{}')).toBe('Esto no es un justificante')
  expect(asked).toEqual([])
  expect(complaints).toEqual([])
  await context.close()
})

/** Ana's receipt as it would be had a system only claimed her yeses, and the key that signed it. */
async function claimedReceipt() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(jwk)
  const claims = JSON.parse(Buffer.from(JSON.parse(receipt).receipt.split('.')[1], 'base64url').toString())
  const [event] = claims.receipt.events
  const claimed = { ...event, state: 'given', event_state: 'https://w3id.org/dpv#ConsentUnknown' }
  const jws = await signJws(
    { ...claims, receipt: { ...claims.receipt, events: [claimed] } },
    { kid, algorithm: 'ES256', key: privateKey },
    'consent-receipt+jwt',
  )
  return { jws, keys: JSON.stringify({ keys: [{ ...jwk, kid, alg: 'ES256' }] }), purpose: event.purpose }
}

test('a yes that was only claimed is told as one, online and on the saved page, with what it was about', async () => {
  const { jws, keys, purpose } = await claimedReceipt()
  const saved = join(folder, 'placet-verifier-claims.html')
  await writeFile(saved, await (await fetch(`${app.origin}/verify/placet-verifier.html?lang=es`)).text())
  for (const address of [`${app.origin}/verify`, pathToFileURL(saved).href]) {
    const { context, page, complaints } = await open(address)
    await page.getByText('Comprobar con otras claves').click()
    await page.getByLabel('Otras claves públicas (JWKS)').fill(keys)
    expect(await check(page, jws)).toBe('El justificante es auténtico')
    const card = page.locator('[data-verdict] .card')
    expect(await card.getByRole('heading').textContent()).toBe('Lo afirma un sistema, sin prueba')
    for (const word of [purpose.id, purpose.brand, 'ConsentUnknown']) {
      expect(await card.textContent()).toContain(word)
    }
    expect(complaints).toEqual([])
    await context.close()
  }
})
