import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { seeder } from '../../../demo/seed/seed-registry.ts'
import { commandHouse } from '../../../src/compose/command-house.ts'
import { publishNotice } from '../../../src/features/consent/index.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { launchBrowser } from '../../support/browser.ts'

export const terminal = 'gran-via-3'
/** The screen beside it. */
export const neighbour = 'gran-via-4'

export const heading = (page: Page, name: string, timeout = 20_000) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor({ timeout })
export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
export const words = async (page: Page) => (await page.locator('body').textContent()) ?? ''

/** A shop with a kiosk in it, and purposes that were written for kiosks. */
export async function arrangeShop(app: TestApp): Promise<void> {
  const { add } = commandHouse(app.house).touchpoints
  await add({ id: 'norte', kind: 'brand', name: 'Tienda Norte' })
  await add({ id: 'gran-via', kind: 'store', name: 'Tienda Gran Vía', parent: 'norte', city: 'Madrid' })
  await add({ id: terminal, kind: 'terminal', name: 'Quiosco 3', parent: 'gran-via' })
  await add({ id: neighbour, kind: 'terminal', name: 'Quiosco 4', parent: 'gran-via' })
  const { consoleWork, platform, registry } = app.house
  await publishNotice(
    { work: consoleWork, clock: platform.clock },
    {
      actor: seeder,
      notice: {
        id: 'marketing-direct-kiosk',
        version: 1,
        language: 'es',
        surface: 'kiosk',
        purpose: 'marketing.direct',
        purposeVersion: registry.current().active.get('marketing.direct')?.version ?? 0,
        title: 'Ofertas y novedades',
        summary: 'Recibir ofertas de Tienda Norte. Puedes dejar de recibirlas cuando quieras.',
        text: 'Comercial Norte, S. L. usará tu correo o tu móvil para enviarte ofertas de Tienda Norte.',
      },
    },
  )
  await registry.refresh()
}

/** Two browsers as they meet in a shop: the screen of a kiosk, and the phone of whoever stands in front of it. */
export interface KioskShop {
  readonly app: TestApp
  readonly owner: ReturnType<typeof openLane>
  readonly browser: Browser
  readonly screen: BrowserContext
  readonly kiosk: Page
  /** Another screen, with nothing in it yet. */
  newScreen(options?: BrowserContextOptions): Promise<{ screen: BrowserContext; kiosk: Page }>
  /** Brings a screen into service with a code of a member of staff. */
  enrol(page: Page, id?: string): Promise<void>
  newPhone(): Promise<{ context: BrowserContext; phone: Page }>
  /** What a touch on the language shows: the code, and the number that the phone will ask for. */
  askForCode(page?: Page): Promise<{ readonly code: string; readonly number: string }>
  close(): Promise<void>
}

export async function openKioskShop(clock: { now(): Date }): Promise<KioskShop> {
  const app = await startTestApp({ people: true, clock })
  const owner = openLane(app.database.connection, 'kiosk', 1)
  const browser = await launchBrowser()
  await arrangeShop(app)
  const newScreen: KioskShop['newScreen'] = async (options = {}) => {
    const screen = await browser.newContext({
      viewport: { width: 1080, height: 1920 },
      locale: 'es-ES',
      ...options,
    })
    return { screen, kiosk: await screen.newPage() }
  }
  const { screen, kiosk } = await newScreen()
  return {
    app,
    owner,
    browser,
    screen,
    kiosk,
    newScreen,
    enrol: async (page, id = terminal) => {
      const { code } = await commandHouse(app.house).terminals.code(id)
      await page.goto(`${app.origin}/kiosk/setup`)
      await page.locator('#code').fill(code)
      await press(page, 'Dar de alta')
      await page.getByText('El quiosco está dado de alta.').waitFor()
    },
    newPhone: async () => {
      const context = await browser.newContext({ viewport: { width: 390, height: 800 }, locale: 'es-ES' })
      return { context, phone: await context.newPage() }
    },
    askForCode: async (page = kiosk) => {
      await page.goto(`${app.origin}/kiosk`)
      await page.locator('[data-screen=attract] a[lang=es]').click()
      await heading(page, 'Apunta con la cámara de tu móvil')
      const shown = page.locator('[data-screen=code]')
      return {
        code: (await shown.locator('[data-code]').textContent()) ?? '',
        number: (await shown.locator('[data-number]').textContent()) ?? '',
      }
    },
    close: async () => {
      await browser.close()
      await owner.destroy()
      await app.close()
    },
  }
}

/** On the phone: whatever else is asked after a sign-in is put off, until the kiosk's page is there. */
export async function goOnToKiosk(phone: Page, title = '¿Tienes delante el Quiosco 3?'): Promise<void> {
  const asked = phone.getByRole('heading', { level: 1, name: title })
  for (const name of ['Ahora no', 'Decidirlo más tarde']) {
    const button = phone.getByRole('button', { name, exact: true })
    await button.or(asked).waitFor()
    if (await button.isVisible()) await button.click()
  }
  await asked.waitFor()
}

export async function signInOnPhone(
  phone: Page,
  person: { email: string; password: string },
  title?: string,
) {
  await phone.locator('input[name=email]').fill(person.email)
  await press(phone, 'Continuar')
  await phone.locator('input[type=password]').fill(person.password)
  await press(phone, 'Entrar')
  await goOnToKiosk(phone, title)
}
