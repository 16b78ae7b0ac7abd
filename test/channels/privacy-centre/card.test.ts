import { load } from 'cheerio'
import { encode } from 'uqr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeLoyaltyCode } from '../../../src/features/store-visits/loyalty-code.ts'
import { loyaltyKeyring } from '../../../src/features/store-visits/loyalty-keyring.ts'
import { personCalled } from '../../house/visitor.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { subjectCookie } from '../matrix-visitor.ts'

let app: TestApp
let cookie: string
/** The clock of the house, moved by hand. */
let later = 0

beforeAll(async () => {
  app = await startTestApp({ people: true, clock: { now: () => new Date(Date.now() + later) } })
  const { email, password } = personCalled('ana')
  cookie = (await subjectCookie(app.origin, email, password))['cookie'] ?? ''
}, 60_000)
afterAll(() => app?.close())

const open = async (path: string, accept = 'text/html') => {
  const answer = await fetch(`${app.origin}${path}`, { redirect: 'manual', headers: { accept, cookie } })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, $: load(text) }
}
const ask = async () => {
  const page = await open('/privacy/card')
  const csrf = page.$('input[name=_csrf]').first().attr('value') ?? ''
  const crumb = page.headers.getSetCookie().map((line) => line.split(';')[0])
  return fetch(`${app.origin}/privacy/card`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie: [cookie, ...crumb].join('; '),
      origin: app.origin,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ _csrf: csrf }).toString(),
  })
}
const cardNumber = (page: Awaited<ReturnType<typeof open>>) => page.$('.big-code').text().replaceAll(' ', '')

/** Which second, of those that may have been, a drawing says, and what else it says of the session. */
function readDrawing(
  path: string,
  card: string,
): { readonly ownPhone: boolean; readonly age: number } | undefined {
  const keyring = loyaltyKeyring([app.house.platform.keys.current('loyalty-codes').bytes])
  const now = Math.floor((Date.now() + later) / 1000)
  for (let age = -1; age < 60; age += 1) {
    for (const ownPhone of [true, false]) {
      const madeAt = now - age
      const text = makeLoyaltyCode(keyring.signing(madeAt, undefined), { card, madeAt, ownPhone })
      const { data } = encode(text, { ecc: 'M', border: 4 })
      const drawn = data
        .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
        .join('')
      if (drawn === path) return { ownPhone, age }
    }
  }
  return undefined
}

describe('Ana’s card in the privacy centre', () => {
  test('is offered, given when she asks for it, and stays the one she has however often she asks', async () => {
    expect((await open('/privacy/card')).text).toContain('Todavía no tienes tarjeta')
    expect((await open('/privacy/card/code', 'application/json')).status).toBe(404)
    const answers = await Promise.all([ask(), ask(), ask()])
    for (const answer of answers) {
      expect(answer.status).toBe(303)
      expect(answer.headers.get('location')).toBe('/privacy/card?done=issued')
    }
    const page = await open('/privacy/card?done=issued')
    expect(page.text).toContain('Ya tienes tarjeta.')
    expect(cardNumber(page)).toMatch(/^29\d{11}$/)
    await ask()
    expect(cardNumber(await open('/privacy/card'))).toBe(cardNumber(page))
  })

  test('shows a code of this second that is drawn without script, dark on white, and is loaded anew', async () => {
    const page = await open('/privacy/card')
    const svg = page.$('[data-loyalty-code] svg')
    expect(svg.find('rect').attr('fill')).toBe('#fff')
    expect(svg.find('path').attr('fill')).toBe('#000')
    expect(svg.attr('aria-label')).toContain('QR')
    const said = readDrawing(svg.find('path').attr('d') ?? '', cardNumber(page))
    // She signed in with her password a moment ago, on this very device.
    expect(said).toMatchObject({ ownPhone: true })
    expect(page.$('noscript').html()).toContain('30; url=/privacy/card')
    expect(page.$('script[src="/assets/loyalty-card.js"]')).toHaveLength(1)
    expect(page.headers.get('cache-control')).toContain('no-store')
  })

  test('gives the module the next code with the seconds it is good for, and says no more of a sign-in minutes ago', async () => {
    later = 6 * 60_000
    const { status, text, headers } = await open('/privacy/card/code', 'application/json')
    const body = JSON.parse(text)
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toContain('no-store')
    expect(Object.keys(body).sort()).toEqual(['good_for', 'path', 'size'])
    expect(body.size).toBe(49)
    expect(body.good_for).toBeGreaterThan(55)
    expect(body.good_for).toBeLessThanOrEqual(60)
    const card = cardNumber(await open('/privacy/card'))
    expect(readDrawing(body.path, card)).toMatchObject({ ownPhone: false })
  })

  test('is nobody else’s, and a store that nobody knows makes no difference', async () => {
    const stranger = await fetch(`${app.origin}/privacy/card/code`, {
      headers: { accept: 'application/json' },
    })
    expect(stranger.status).toBe(401)
    expect((await open('/privacy/card?store=nowhere')).text).toContain(
      'Vale en cualquiera de nuestras tiendas.',
    )
    expect((await open('/privacy/card?store=%3Cscript%3E')).status).toBe(200)
  })

  test('is a line of her activity, and in what she is told is held of her', async () => {
    later = 0
    expect((await open('/privacy/security')).text).toContain('Te dimos una tarjeta')
    const data = await open('/privacy/your-data')
    expect(data.text).toContain(cardNumber(await open('/privacy/card')))
    // We issued it; nobody told us of it.
    const card = data
      .$('.list > div')
      .filter((_, one) => data.$(one).find('p').first().text() === 'Tarjeta de socio')
    expect(card.text()).toContain('Te lo dimos el')
    expect(card.text()).toContain('Reconocerte')
    expect(data.text).not.toContain('loyalty_card')
  })
})
