import { load } from 'cheerio'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { helpCallsOn } from '../../../src/compose/help-calls.ts'
import { personCalled } from '../../house/visitor.ts'
import { problemsOn } from '../../support/accessibility.ts'
import { giveCard } from './cards.ts'
import {
  goOnToKiosk,
  heading,
  type KioskShop,
  neighbour,
  openKioskShop,
  press,
  signInOnPhone,
  terminal,
  words,
} from './kiosk-shop.ts'

/* What else happens in front of a kiosk: other ways in, other ways out, and everything that does not go as planned. */
let shop: KioskShop
let app: KioskShop['app']
let owner: KioskShop['owner']
let screen: BrowserContext
let kiosk: Page
/** By how much the house's clock is ahead, in milliseconds. */
let ahead = 0
const ana = { ...personCalled('ana'), card: '2910000000014', phone: '+34600111222' }
const bruno = personCalled('bruno')

beforeAll(async () => {
  shop = await openKioskShop({ now: () => new Date(Date.now() + ahead) })
  ;({ app, owner, screen, kiosk } = shop)
  await shop.enrol(kiosk)
  await giveCard(app, ana.email, ana)
}, 90_000)
afterAll(() => shop?.close())
beforeEach(async () => {
  ahead = 0
  await owner('rate_limits').delete()
})

const help = (name: string) => kiosk.locator('[data-help]').getByRole('button', { name, exact: true })
const told = (name: string) => kiosk.locator('[data-help]').getByText(name, { exact: true })
const eventsOf = async (type: string) => owner('outbox_events').where({ type })

/** Time goes by, in the house as on a page whose clock the test moves. */
async function later(page: Page, seconds: number) {
  for (let passed = 0; passed < seconds; passed += 1) {
    ahead += 1_000
    await page.clock.runFor(1_000)
  }
}

describe('Whoever has no smartphone', () => {
  it('comes in with their card and a code by text message, and leaves nothing behind (R36, R46, R67)', {
    timeout: 60_000,
  }, async () => {
    await kiosk.goto(`${app.origin}/kiosk`)
    await press(kiosk, 'Usar mi tarjeta de cliente')
    await heading(kiosk, 'Tu tarjeta de cliente')
    const sizes = await kiosk
      .locator('.page--kiosk .button:visible')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height))
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(64)
    expect(await problemsOn(kiosk)).toEqual([])
    // On a screen without keys.
    for (const digit of ana.card) await kiosk.locator(`[data-keys=card-number] [data-key="${digit}"]`).click()
    expect(await kiosk.locator('#card-number').inputValue()).toBe(ana.card)
    await press(kiosk, 'Mandarme un código')
    await heading(kiosk, 'Escribe el código')
    expect(await problemsOn(kiosk)).toEqual([])
    expect(await words(kiosk)).not.toMatch(/600|222|Ana|ana@/)
    const sent = () => app.outbox.messages.filter(({ kind }) => kind === 'sms-kiosk-code')
    await expect.poll(() => sent().length).toBe(1)
    const code = /\b\d{6}\b/.exec(sent()[0]?.text ?? '')?.[0] ?? ''
    await kiosk.locator('#card-code').fill(code === '111111' ? '222222' : '111111')
    await press(kiosk, 'Entrar')
    await kiosk.getByText('Ese código no vale. Míralo otra vez o pide uno nuevo.').first().waitFor()
    await kiosk.locator('#card-code').fill(code)
    await press(kiosk, 'Entrar')
    await heading(kiosk, '¿Qué decides?')
    await kiosk.locator('input[name="choice.marketing.direct.sms"][value=yes]').check()
    await press(kiosk, 'Revisar mis respuestas')
    await press(kiosk, 'Guardar mis respuestas')
    await heading(kiosk, 'Guardado')
    expect(await owner('oidc_visits')).toMatchObject([{ assurance: 'code' }])
    await press(kiosk, 'Salir')
    await heading(kiosk, 'Hemos cerrado tu sesión')
    expect(await owner('oidc_visits')).toEqual([])
    await kiosk.goBack().catch(() => null)
    expect(await words(kiosk)).not.toMatch(/Guardado|SMS/)
    // A card number is typed anew by whoever comes next.
    await kiosk.goto(`${app.origin}/kiosk`)
    await press(kiosk, 'Usar mi tarjeta de cliente')
    expect(await kiosk.locator('#card-number').inputValue()).toBe('')
  })

  it('calls a person from any screen, is told who knows of it, and can take it back', async () => {
    await kiosk.goto(`${app.origin}/kiosk`)
    await help('Pedir ayuda a una persona').click()
    await told('Hemos avisado a una persona de la tienda.').waitFor()
    const calls = helpCallsOn(app.house.platform)
    const [call] = await calls.open(['gran-via'])
    expect(call).toMatchObject({ terminalId: terminal, storeId: 'gran-via' })
    expect(await eventsOf('help-call.raised')).toMatchObject([
      { payload: { callId: call?.id, storeId: 'gran-via', terminalId: terminal } },
    ])
    // On the next screen it is the same call.
    await press(kiosk, 'Usar mi tarjeta de cliente')
    await kiosk.reload()
    await told('Hemos avisado a una persona de la tienda.').waitFor()
    const [somebody] = await owner('staff').select('staff_id')
    if (call === undefined) throw new Error('nobody called')
    const staffId = somebody?.staff_id ?? app.house.platform.entropy.id<'staff'>()
    const by = { staffId, storeIds: ['gran-via'] }
    const took = await Promise.all([calls.take(call.id, by), calls.take(call.id, by)])
    expect(took.toSorted()).toEqual([false, true])
    await told('Ya viene alguien.').waitFor({ timeout: 15_000 })
    expect(await problemsOn(kiosk)).toEqual([])
    await help('Ya no hace falta').click()
    await help('Pedir ayuda a una persona').waitFor()
    expect(await calls.open(['gran-via'])).toEqual([])
    expect(await eventsOf('help-call.withdrawn')).toHaveLength(1)
  })
})

describe('A code on the screen', () => {
  it('gives way to the next within a minute; the old one is dead after its grace, and “Más tiempo” gives more (R39)', {
    timeout: 60_000,
  }, async () => {
    const { screen: other, kiosk: page } = await shop.newScreen()
    await page.clock.install()
    await shop.enrol(page, neighbour)
    const first = await shop.askForCode(page)
    const shown = page.locator('[data-screen=code] [data-code]')
    const left = () =>
      page.locator('[data-bar]').evaluate((bar) => Number((bar as HTMLProgressElement).value))
    await later(page, 30)
    expect(await left()).toBeLessThan(95)
    await press(page, 'Más tiempo')
    await later(page, 1)
    expect(await left()).toBeGreaterThan(110)
    expect(await shown.textContent()).toBe(first.code)
    await later(page, 29)
    await expect.poll(() => shown.textContent(), { timeout: 15_000 }).not.toBe(first.code)
    expect(await page.locator('[data-told]').first().textContent()).toBe(
      'Hay un código nuevo en la pantalla.',
    )
    await later(page, 16)
    const { context, phone } = await shop.newPhone()
    await phone.goto(`${app.origin}/device?${new URLSearchParams({ user_code: first.code })}`)
    await signInOnPhone(phone, bruno, 'Escribe el código del quiosco')
    // The one on the screen is alive.
    await phone.locator('input[name=user_code]').fill((await shown.textContent()) ?? '')
    await press(phone, 'Continuar')
    await heading(phone, '¿Tienes delante el Quiosco 4?')
    await press(phone, 'No continuar')
    await context.close()
    await other.close()
  })

  it('is asked about as slowly as the house says: `slow_down` adds five seconds (R45)', async () => {
    const { screen: other, kiosk: page } = await shop.newScreen()
    await page.clock.install()
    await shop.enrol(page, neighbour)
    let asked = 0
    await page.route('**/oidc/token', async (route) => {
      asked += 1
      const error = asked === 1 ? 'slow_down' : 'authorization_pending'
      await route.fulfill({ status: 400, json: { error } })
    })
    await shop.askForCode(page)
    await later(page, 7)
    await expect.poll(() => asked).toBe(1)
    // Negative control: without being told so it would have asked twice by now.
    await later(page, 7)
    expect(asked).toBe(1)
    await later(page, 5)
    await expect.poll(() => asked).toBe(2)
    await other.close()
  })

  it('that is declined on the phone is over on the screen as well (R43)', { timeout: 60_000 }, async () => {
    const { code } = await shop.askForCode()
    const { context, phone } = await shop.newPhone()
    await phone.goto(`${app.origin}/device?${new URLSearchParams({ user_code: code })}`)
    await signInOnPhone(phone, bruno)
    await heading(kiosk, 'Mira tu móvil')
    await press(phone, 'No continuar')
    await heading(kiosk, 'No ha entrado nadie')
    expect(await owner('oidc_visits')).toEqual([])
    await context.close()
  })

  it('leads a newcomer through a new account on the phone, and back to the kiosk (R41, R42)', {
    timeout: 90_000,
  }, async () => {
    const { code, number } = await shop.askForCode()
    const { context, phone } = await shop.newPhone()
    await phone.goto(`${app.origin}/device?${new URLSearchParams({ user_code: code })}`)
    await phone.getByRole('link', { name: 'Crear cuenta' }).click()
    const email = 'nuria@correo.example'
    await phone.locator('input[name=email]').fill(email)
    await press(phone, 'Continuar')
    const mails = () => app.outbox.messages.filter(({ recipients }) => recipients.includes(email))
    await expect.poll(() => mails().length).toBe(1)
    const proof = /\b\d{6}\b/.exec(mails()[0]?.text ?? '')?.[0] ?? ''
    await phone.locator('input[name=code]').fill(proof)
    await press(phone, 'Comprobar correo')
    await phone.locator('input[name=first_name]').fill('Nuria')
    await press(phone, 'Continuar')
    await press(phone, 'Crear cuenta')
    await goOnToKiosk(phone)
    expect(load(await phone.content())('main').text()).toContain(code)
    await phone.getByRole('radio', { name: number }).check()
    await press(phone, 'Sí, entrar en el Quiosco 3')
    await heading(kiosk, '¿Qué decides?', 30_000)
    await press(kiosk, 'Salir')
    await heading(kiosk, 'Hemos cerrado tu sesión')
    await context.close()
  })
})

describe('A kiosk in trouble', () => {
  it('says honestly that there is no connection, also when it is reloaded, and comes back by itself', {
    timeout: 60_000,
  }, async () => {
    await kiosk.goto(`${app.origin}/kiosk`)
    await kiosk.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await screen.setOffline(true)
    await heading(kiosk, 'Ahora no hay conexión')
    await kiosk.reload()
    await kiosk.getByRole('heading', { name: 'There is no connection now' }).waitFor()
    expect(await words(kiosk)).toContain('no guardamos nada para luego')
    // One page and nothing else: no answer of the house is kept, and the worker reaches the kiosk's pages alone.
    const kept = await kiosk.evaluate(async () => ({
      caches: await caches.keys(),
      scopes: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname),
    }))
    expect(kept).toEqual({ caches: [], scopes: ['/kiosk'] })
    await screen.setOffline(false)
    await heading(kiosk, 'Tus permisos en Tienda Norte', 30_000)
  })

  it('wipes a visit that was left while there was no connection, and keeps no answer for later (R36, R46)', {
    timeout: 60_000,
  }, async () => {
    const { code, number } = await shop.askForCode()
    const { context, phone } = await shop.newPhone()
    await phone.goto(`${app.origin}/device?${new URLSearchParams({ user_code: code })}`)
    await signInOnPhone(phone, bruno)
    await phone.getByRole('radio', { name: number }).check()
    await press(phone, 'Sí, entrar en el Quiosco 3')
    await heading(kiosk, '¿Qué decides?', 30_000)
    const before = await owner('consent_events')
    await kiosk.locator('input[name="choice.marketing.direct.sms"][value=yes]').check()
    await screen.setOffline(true)
    await press(kiosk, 'Revisar mis respuestas')
    await kiosk.getByRole('heading', { name: 'Ahora no hay conexión' }).waitFor()
    await screen.setOffline(false)
    await kiosk.getByRole('heading', { name: '¿Qué decides?' }).waitFor({ timeout: 30_000 })
    // What was pressed is gone: the question is asked anew, and nothing was sent behind anybody's back.
    expect(await kiosk.locator('input[type=radio]:checked').count()).toBe(0)
    expect(await owner('consent_events')).toHaveLength(before.length)
    await screen.setOffline(true)
    await press(kiosk, 'Salir')
    await kiosk.getByRole('heading', { name: 'Ahora no hay conexión' }).waitFor()
    await screen.setOffline(false)
    await heading(kiosk, 'Hemos cerrado tu sesión', 30_000)
    expect((await screen.cookies()).filter(({ name }) => name.endsWith('placet_visit'))).toEqual([])
    await context.close()
  })

  it('whose clock is wrong by years shows codes all the same: it goes by the time of the house', async () => {
    const { screen: other, kiosk: page } = await shop.newScreen()
    await page.clock.setFixedTime(new Date('2011-02-03T04:05:06Z'))
    await shop.enrol(page, neighbour)
    const { code } = await shop.askForCode(page)
    expect(code).toMatch(/^[A-Z]{4}-[A-Z]{4}$/)
    await other.close()
  })
})
