import { createHash } from 'node:crypto'
import { load } from 'cheerio'
import type { Knex } from 'knex'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { people } from '../../../demo/seed/people.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { openBrowser } from '../admin-console/console-app.ts'
import { subjectCookie } from '../matrix-visitor.ts'

let app: TestApp
let owner: Knex
const browser = () => openBrowser(app.origin)
const cookies = new Map<string, string>()
beforeAll(async () => {
  app = await startTestApp({ people: true })
  owner = openLane(app.database.connection, 'test', 2)
  for (const key of ['ana', 'bruno']) {
    const person = people.find((one) => one.key === key)
    const { cookie = '' } = await subjectCookie(app.origin, person?.email ?? '', person?.password ?? '')
    cookies.set(key, cookie)
  }
})
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
})

const as = async (key: string, path: string) => {
  const answer = await fetch(`${app.origin}${path}`, {
    headers: { cookie: cookies.get(key) ?? '', accept: 'application/json' },
  })
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
}

async function receiptOfAna(): Promise<string> {
  const history = await fetch(`${app.origin}/privacy/history`, {
    headers: { cookie: cookies.get('ana') ?? '', accept: 'text/html' },
  })
  const id = /\/privacy\/receipts\/([0-9a-f-]{36})/.exec(await history.text())?.[1]
  if (id === undefined) throw new Error('Ana has no receipt.')
  return id
}

test('Ana downloads a receipt with its proof, and anybody can check it without an account', async () => {
  const id = await receiptOfAna()
  const early = JSON.parse((await as('ana', `/receipts/${id}/proof`)).text)
  expect(early).toMatchObject({ proofs: [] })
  expect(early.waiting.length).toBeGreaterThan(0)

  await app.house.consentProofs.keeper.checkpoint()
  const proof = JSON.parse((await as('ana', `/receipts/${id}/proof`)).text)
  expect(proof.waiting).toEqual([])
  const file = await as('ana', `/privacy/receipts/${id}.json`)
  expect(file.status).toBe(200)
  expect(JSON.parse(file.text)).toMatchObject({ format: 'placet-receipt/1', checkpoint: proof.checkpoint })

  const stranger = browser()
  await stranger.open('/verify')
  const verdict = load((await stranger.submit('/verify', { receipt: file.text })).text)
  expect(verdict('[data-verdict]').text()).toContain('El justificante es auténtico')
  const altered = file.text.replace('"path"', '"Path"')
  expect((await stranger.submit('/verify', { receipt: altered })).text).toContain(
    'Esto no es un justificante',
  )
  const page = load((await stranger.submit('/verify', { receipt: 'no receipt' })).text)
  expect(page('textarea[name=receipt]').val()).toBe('no receipt')
})

test('without script a file of hundreds of decisions is taken, and one too long for it is told in her own words', async () => {
  const send = async (receipt: string, language: string) => {
    const stranger = browser()
    await stranger.open(`/verify?lang=${language}`)
    return stranger.submit('/verify', { receipt })
  }
  // 300 KiB on the way, five times what a form of ours takes elsewhere.
  const long = await send('a'.repeat(300 * 1024), 'es')
  expect(long.status).toBe(200)
  expect(load(long.text)('[data-verdict]').text()).toContain('Esto no es un justificante')

  for (const [language, title, todo] of [
    ['es', 'Es demasiado largo', 'Vuelve atrás'],
    ['en', 'That is too long', 'Go back'],
  ] as const) {
    const refused = await send('a'.repeat(512 * 1024 + 1), language)
    expect(refused.status).toBe(413)
    const page = load(refused.text)
    expect(page('html').attr('lang')).toBe(language)
    expect(page('h1').text()).toBe(title)
    expect(page('main').text()).toContain(todo)
  }
})

test('her receipt page shows the place in the log and leads to the verifier', async () => {
  await app.house.consentProofs.keeper.checkpoint()
  const id = await receiptOfAna()
  const answer = await fetch(`${app.origin}/privacy/receipts/${id}`, {
    headers: { cookie: cookies.get('ana') ?? '', accept: 'text/html' },
  })
  const $ = load(await answer.text())
  expect($('main').text()).toMatch(/comercial-norte-s-l\/consent\/1, entrada \d+ de \d+/)
  expect($('a[href="/verify"]')).toHaveLength(1)
  expect($(`a[href="/privacy/receipts/${id}.json"]`)).toHaveLength(1)
  expect($(`a[href="/privacy/receipts/${id}.jws"]`)).toHaveLength(1)
  expect($(`a[href="/privacy/receipts/${id}.jsonld"]`)).toHaveLength(1)
})

test('unless the house says so, there are no credentials and no page leads to any', async () => {
  const id = await receiptOfAna()
  const page = await fetch(`${app.origin}/privacy/receipts/${id}`, {
    headers: { cookie: cookies.get('ana') ?? '', accept: 'text/html' },
  })
  expect(await page.text()).not.toContain('sd-jwt')
  for (const path of [
    `/privacy/receipts/${id}.sd-jwt`,
    '/credentials/consent-receipt/1',
    '/.well-known/jwt-vc-issuer',
  ]) {
    expect((await as('ana', path)).status, path).toBe(404)
  }
})

test('Bruno, and whoever is not signed in, gets none of it, not even the proof (R104)', async () => {
  const id = await receiptOfAna()
  for (const path of [
    `/receipts/${id}/proof`,
    `/privacy/receipts/${id}.json`,
    `/privacy/receipts/${id}.jsonld`,
  ]) {
    expect((await as('ana', path)).status).toBe(200)
    expect((await as('bruno', path)).status).toBe(404)
    expect((await as('nobody', path)).status).toBe(401)
  }
})

test('as linked data it has its own type', async () => {
  const linked = await as('ana', `/privacy/receipts/${await receiptOfAna()}.jsonld`)
  expect(linked.type).toMatch(/^application\/ld\+json/)
  expect(JSON.parse(linked.text)['@context'].dpv).toBe('https://w3id.org/dpv#')
})

test('the keys of receipts stay published when they have left the issuer’s own list', async () => {
  const published = async () => JSON.parse((await as('nobody', '/.well-known/placet-receipt-keys')).text)
  const { keys } = await published()
  expect(keys.length).toBeGreaterThan(0)
  for (const key of keys) expect(Object.keys(key).sort()).not.toContain('d')
  const id = await receiptOfAna()
  const { keys: used } = JSON.parse((await as('ana', `/privacy/receipts/${id}.json`)).text)
  const [signer] = used.keys
  await owner('signing_keys').where({ kid: signer.kid }).update({ state: 'removed' })
  try {
    expect((await published()).keys.map(({ kid }: { kid: string }) => kid)).toContain(signer.kid)
    const stranger = browser()
    await stranger.open('/verify')
    const file = await as('ana', `/privacy/receipts/${id}.json`)
    const verdict = await stranger.submit('/verify', { receipt: file.text })
    expect(verdict.text).toContain('El justificante es auténtico')
    const others = await stranger.submit('/verify', { receipt: file.text, keys: '{"keys":[]}' })
    expect(others.text).toContain('una clave que no está en la lista')
  } finally {
    await owner('signing_keys').where({ kid: signer.kid }).update({ state: 'active' })
  }
})

test('the newest checkpoint is published for whoever wants to keep it', async () => {
  const signed = await app.house.consentProofs.keeper.checkpoint()
  const answer = await as('nobody', '/.well-known/placet-ledger-checkpoint')
  expect(answer.text).toBe(signed?.jws)
})

test('the page to keep loads and sends nothing: its own policy holds it to what it brought along', async () => {
  const answer = await fetch(`${app.origin}/verify/placet-verifier.html?lang=en`)
  expect(answer.headers.get('content-disposition')).toContain('attachment')
  const html = await answer.text()
  const $ = load(html)
  const policy = $('meta[http-equiv]').attr('content') ?? ''
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain(`script-src ${hash($('script').text())}`)
  expect(policy).toContain(`style-src ${hash($('style').text())}`)
  expect($('script[src], link, img, iframe, a[href]')).toHaveLength(0)
  expect($('script').text()).not.toMatch(/\b(import|export)\b .*from|fetch\(|XMLHttpRequest/)
  expect($('h1').text()).toBe('Check a receipt')
  expect(JSON.parse($('form').attr('data-keys') ?? '').keys.length).toBeGreaterThan(0)
})
