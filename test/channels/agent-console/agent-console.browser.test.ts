import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandHouse } from '../../../src/compose/command-house.ts'
import { personCalled, Visitor } from '../../house/visitor.ts'
import { launchBrowser } from '../../support/browser.ts'
import { type ApiHouse, startApiHouse } from '../api/api-house.ts'
import { nameInMailing } from '../api/permission-list.ts'

/* Two browsers as they meet in a call: Lucía's at her desk, and the telephone of whoever is on the line. */
let norte: ApiHouse
let browser: Browser
let desk: Page
let phone: Page
/** The newsletter system, which reads what it may do before it does it. */
let newsletter: string
let rings = 0
const bruno = personCalled('bruno')

beforeAll(async () => {
  norte = await startApiHouse()
  await norte.sweep()
  browser = await launchBrowser()
  newsletter = await norte.token(
    await norte.machine({
      client_id: 'correo-norte-api',
      recipient_id: 'correo-norte',
      purpose_id: 'marketing.direct',
      contact_channel: 'email',
      channel: 'api',
    }),
  )
  desk = await pageOf({ width: 1280, height: 900 })
  phone = await phoneOf(bruno)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await norte?.close()
})

/** A browser of one's own, with an authenticator in it that already holds these keys. */
async function pageOf(
  viewport: { width: number; height: number },
  keys: Visitor['authenticator']['credentials'] = [],
): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'es-ES' })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  for (const { id, key, rpId, userHandle } of keys) {
    const credential = {
      credentialId: id.toString('base64'),
      isResidentCredential: true,
      rpId,
      privateKey: key.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
      userHandle: Buffer.from(userHandle, 'base64url').toString('base64'),
      signCount: 1,
      backupEligibility: true,
      backupState: true,
    }
    await devtools.send('WebAuthn.addCredential', { authenticatorId, credential })
  }
  return page
}

const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor({ timeout: 20_000 })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const words = async (page: Page) => (await page.locator('main').textContent()) ?? ''

const mailTo = (kind: string, count: number) =>
  expect
    .poll(
      () =>
        norte.app.outbox.messages.filter((one) => one.kind === kind && one.recipients.includes(bruno.email))
          .length,
      { timeout: 15_000 },
    )
    .toBe(count)
const linkIn = (kind: string, path: string) => {
  const mail = norte.app.outbox.messages.findLast(
    (one) => one.kind === kind && one.recipients.includes(bruno.email),
  )
  return new RegExp(`https?://\\S+/${path}/[\\w.-]+`).exec(mail?.text ?? '')?.[0] ?? ''
}

async function luciaSitsDown() {
  const { enrolmentToken } = await commandHouse(norte.app.house).staff.create({
    login: 'lucia',
    displayName: 'Lucía',
    roles: [{ role: 'agent', touchpointId: undefined }],
  })
  await desk.goto(`${norte.app.origin}/staff/enrol?token=${enrolmentToken}`)
  await press(desk, 'Crear llave de acceso')
  await desk.waitForURL('**/staff/sign-in?done=passkey-added')
  await press(desk, 'Usar mi llave de acceso')
  await desk.waitForURL('**/staff')
  await desk.getByRole('link', { name: 'Llamadas', exact: true }).first().click()
  await heading(desk, 'Tus llamadas')
}

/** The telephone of somebody who made a passkey on it some time ago. */
async function phoneOf(person: { email: string; password: string }): Promise<Page> {
  const earlier = new Visitor(norte.app.origin)
  await earlier.signIn('/privacy/security', person)
  const made = earlier.authenticator.create(await earlier.json('/privacy/security/passkeys/options'))
  await earlier.submit('/privacy/security/passkeys', { response: JSON.stringify(made) })
  return pageOf({ width: 390, height: 800 }, earlier.authenticator.credentials)
}

/** Bruno rings; Lucía opens his record and asks on his own device; he answers there. */
async function brunoIsVerified() {
  rings += 1
  await desk.goto(`${norte.app.origin}/staff/calls/pop?${new URLSearchParams({ call: `pbx-${rings}` })}`)
  await heading(desk, '¿Quién llama?')
  await desk.getByLabel('Correo, teléfono o tarjeta').fill(bruno.email)
  await press(desk, 'Buscar')
  await desk.locator('input[name=candidate]').check()
  await desk.getByLabel('Su privacidad').check()
  await press(desk, 'Abrir esta ficha')
  await heading(desk, 'Comprueba que es quien dice ser')
  expect(await words(desk)).not.toContain(bruno.email)
  const asked = norte.app.outbox.messages.filter(({ kind }) => kind === 'call-approval').length
  await press(desk, 'Preguntar en su dispositivo')
  await heading(desk, 'Esperando su respuesta')
  const readAloud = (await desk.locator('.aloud .big-code').textContent()) ?? ''
  await mailTo('call-approval', asked + 1)

  await phone.goto(linkIn('call-approval', 'call-approval'))
  const asks = phone.getByRole('heading', { level: 1, name: '¿Estás hablando con nosotros?' })
  const usePasskey = phone.getByRole('button', { name: /llave de acceso/ }).first()
  await asks.or(usePasskey).first().waitFor()
  // The telephone may have offered its passkey by itself meanwhile, and then there is nothing to press.
  if (!(await asks.isVisible())) await usePasskey.click({ timeout: 5_000 }).catch(() => undefined)
  await asks.waitFor()
  expect(await words(phone)).toContain(readAloud)
  await press(phone, 'Sí, soy yo')
  await heading(phone, 'Confirmado')
  // The desk learns it by itself.
  await heading(desk, 'Atiende a quien llama')
  expect(await words(desk)).toContain('Comprobado en su dispositivo')
  return readAloud
}

/** He says yes to offers by e-mail, and she writes it down. */
async function luciaReadsTheScript() {
  await desk.getByRole('link', { name: 'Leerle las preguntas de sus permisos' }).click()
  await heading(desk, '¿Qué decide sobre sus permisos?')
  expect(await desk.locator('input[type=radio]:checked').count()).toBe(0)
  await desk.locator('input[name="choice.marketing.direct.email"][value=yes]').check()
  await desk.getByLabel('Referencia de la grabación').fill('R-88213')
  await press(desk, 'Guardar lo que ha contestado')
  await heading(desk, 'Guardado: falta que lo confirme')
}

async function newsletterReads() {
  const sub = await nameInMailing(norte, 'bruno')
  const question = { sub, purpose: 'marketing.direct', contact_channel: 'email', attribute: 'email' }
  const { status, body } = await norte.ask(newsletter, 'POST', '/api/v1/decisions', { questions: [question] })
  expect(status).toBe(200)
  return body.items[0].decision
}

describe('A call, with an agent at a desk and a customer with a telephone', () => {
  it('permits nothing by what an agent writes down, and everything by what the customer confirms (R56, R57)', {
    timeout: 180_000,
  }, async () => {
    await luciaSitsDown()
    expect(await newsletterReads()).toBe('DENY')
    const reference = await brunoIsVerified()
    await luciaReadsTheScript()
    await mailTo('call-choices', 1)
    // The same call without his own word leaves nothing permitted.
    expect(await newsletterReads()).toBe('DENY')

    await phone.goto(linkIn('call-choices', 'call'))
    await heading(phone, '¿Estás de acuerdo?')
    expect(await words(phone)).toContain(reference)
    expect(await newsletterReads()).toBe('DENY')
    await phone.locator('input[name="choice.marketing.direct.email"][value=yes]').check()
    await press(phone, 'Guardar mi respuesta')
    await heading(phone, 'Hemos guardado tu respuesta')
    expect(await newsletterReads()).toBe('PERMIT')

    await phone.goto(`${norte.app.origin}/privacy/history`)
    await phone.locator('a[href^="/privacy/receipts/"]').first().click()
    expect(await words(phone)).toMatch(/por teléfono/)
    expect(await phone.locator('.paper').count()).toBe(1)

    await desk.getByRole('link', { name: 'Volver a la llamada' }).first().click()
    await desk.getByRole('link', { name: 'Terminar la llamada' }).click()
    await desk.getByLabel('Permisos contestados').check()
    await press(desk, 'Terminar')
    await heading(desk, 'Llamada terminada')
    expect(await words(desk)).toContain('La persona confirma su sí en el mensaje')
    expect(await words(desk)).not.toContain(bruno.email)
  })

  it('covers a value again after half a minute, and locks a desk that was left alone', {
    timeout: 120_000,
  }, async () => {
    await brunoIsVerified()
    await desk.clock.install()
    await desk.getByLabel('Ver un dato entero').selectOption('email')
    await desk.getByLabel('Para qué lo necesitas').fill('Dictar la factura')
    await press(desk, 'Ver 30 segundos')
    await desk.getByText(bruno.email, { exact: true }).waitFor()
    await desk.clock.fastForward(31_000)
    await desk.getByText(bruno.email, { exact: true }).waitFor({ state: 'detached' })
    expect(await desk.content()).not.toContain(bruno.email)

    const here = new URL(desk.url()).pathname.replace(/\/unmask$/, '')
    await norte.owner('staff_sessions').update({ seen_at: norte.owner.raw("seen_at - interval '6 minutes'") })
    await desk.goto(`${norte.app.origin}${here}`)
    await desk.getByText('Han pasado unos minutos sin actividad').waitFor()
    await press(desk, 'Usar mi llave de acceso')
    await heading(desk, 'Atiende a quien llama')
  })
})
