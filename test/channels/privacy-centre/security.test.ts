import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { signInWithPassword } from '../../../src/features/identity/index.ts'
import type { Assurance } from '../../../src/kernel/actor.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { evidence } from '../../features/identity/evidence.ts'
import { SoftwareAuthenticator } from '../../support/software-authenticator.ts'
import type { Browser } from '../sign-in/form-browser.ts'
import { openSignInHouse, type SignInHouse } from '../sign-in/sign-in-house.ts'

const good = 'cuatro gatos miran llover'
const better = 'tres lobos cantan de noche'
const path = '/privacy/security'
let house: SignInHouse
let ana: SubjectId
let email = ''
let people = 0

beforeAll(async () => {
  house = await openSignInHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  await house.owner('rate_limits').delete()
  people += 1
  email = `ana${people}@example.es`
  ana = await house.register(email, { passwordHash: await house.hasher.hash(good) })
  house.ended.splice(0)
})

/** A browser with a session, proven that surely just now. */
function signedIn(assurance: Assurance, subjectId = ana): Browser {
  const browser = house.browser()
  const sessionRef = `session-${house.sessions.size + 1}`
  house.sessions.set(sessionRef, { subjectId, assurance, sessionRef, authenticatedAt: house.clock.now() })
  browser.jar.set('session', sessionRef)
  return browser
}

async function addPasskey(browser: Browser, phone = new SoftwareAuthenticator(house.origin)) {
  const options = await browser.fetchOptions<Parameters<typeof phone.create>[0]>(`${path}/passkeys/options`)
  return browser.submit(`${path}/passkeys`, { response: JSON.stringify(phone.create(options)) })
}
const passkeyIds = async () => (await house.reads.passkeys.list(ana)).map(({ passkeyId }) => passkeyId)

describe('the page "Seguridad"', () => {
  it('shows how Ana gets in, from where, and what happened lately', async () => {
    await signInWithPassword(
      { ...house, ...house.reads, failures: house.artefacts.failures },
      { identifierIndex: house.indexOf(email), password: good, evidence },
    )
    const browser = signedIn('password')
    signedIn('password')
    const page = await browser.open(path)
    expect(page).toMatchObject({ status: 200, title: 'Seguridad' })
    for (const words of [
      'Aún no tienes llaves de acceso',
      'Cambiar contraseña',
      'Este dispositivo',
      'Cerrar todas las demás',
      'Entraste en tu cuenta',
      'Firefox',
    ]) {
      expect(page.text).toContain(words)
    }
  })

  it('asks who was proven more than five minutes ago to prove it again (R76)', async () => {
    const browser = signedIn('password')
    expect((await browser.open(path)).status).toBe(200)
    house.pass(301)
    const sent = await browser.open(path)
    expect(decodeURIComponent(sent.location ?? '')).toContain('"maxAgeSeconds":300')
    const stranger = await house.browser().open(path)
    expect(stranger, 'and whoever has no session').toMatchObject({ status: 303 })
  })

  it('gets its own forms back after one went wrong', async () => {
    const browser = signedIn('password')
    await browser.open(path)
    const page = await browser.submit(`${path}/passkeys`, { response: '{}' })
    expect(page).toMatchObject({
      status: 422,
      errors: ['No hemos podido comprobar la llave de acceso. Inténtalo otra vez o usa tu correo.'],
    })
    expect(page.text).toContain(`href="${path}?lang=en"`)
  })
})

describe('passkeys', () => {
  it('are added, named and removed, and every address hears of it', async () => {
    const browser = signedIn('password')
    await browser.open(path)
    const added = await addPasskey(browser)
    expect(added.text).toContain('Hemos guardado tu llave de acceso.')
    expect(added.text).toContain('Google Password Manager')

    const again = signedIn('passkey')
    await again.open(path)
    await addPasskey(again)
    const [first, second] = await passkeyIds()
    const renamed = await again.submit(`${path}/passkeys/${first}/name`, { [`name-${first}`]: 'El móvil' })
    expect(renamed.text).toContain('El móvil')
    const removed = await again.submit(`${path}/passkeys/${second}/remove`)
    expect(removed.text).toContain('Hemos quitado la llave de acceso.')
    expect(await passkeyIds()).toEqual([first])
    // Each is sent after its own answer, so two in a row may overtake one another.
    expect([...(await house.mailsTo(email))].sort()).toEqual([
      'security-passkey-added',
      'security-passkey-added',
      'security-passkey-removed',
    ])
    const removal = house.sink.messages.find(({ kind }) => kind === 'security-passkey-removed')
    expect(removal?.text).toContain('Google Password Manager')
  })

  it('cannot be added or removed with less than a passkey once there is one (R76, R78)', async () => {
    const browser = signedIn('password')
    await browser.open(path)
    await addPasskey(browser)
    const sent = await browser.post(`${path}/passkeys/${(await passkeyIds())[0]}/remove`)
    expect(sent.location).toBe(`${path}/confirm-with-passkey`)
    const asked = await browser.open(sent.location ?? '')
    expect(decodeURIComponent(asked.location ?? '')).toContain('"assurance":"passkey"')
    const options = await addPasskey(browser, new SoftwareAuthenticator(house.origin))
    expect(decodeURIComponent(options.location ?? '')).toContain('"assurance":"passkey"')
    expect(await passkeyIds()).toHaveLength(1)
  })

  it('are not added on an old proof: the person is asked and comes back', async () => {
    const browser = signedIn('password')
    await browser.open(path)
    house.pass(250)
    const phone = new SoftwareAuthenticator(house.origin)
    const options = await browser.fetchOptions<Parameters<typeof phone.create>[0]>(`${path}/passkeys/options`)
    house.pass(51)
    const sent = await browser.post(`${path}/passkeys`, { response: JSON.stringify(phone.create(options)) })
    expect(sent).toMatchObject({ status: 303, location: `${path}/confirm` })
    const asked = await browser.open(sent.location ?? '')
    expect(decodeURIComponent(asked.location ?? '')).toContain(`"returnTo":"${path}/confirm"`)
    expect(await passkeyIds()).toHaveLength(0)
  })

  it('keep the last one (R76)', async () => {
    const bruno = await house.register(`bruno${people}@example.es`)
    const browser = signedIn('code', bruno)
    await browser.open(path)
    await addPasskey(browser)
    const strong = signedIn('passkey', bruno)
    await strong.open(path)
    const [only] = await house.reads.passkeys.list(bruno)
    const page = await strong.submit(`${path}/passkeys/${only?.passkeyId}/remove`)
    expect(page).toMatchObject({ status: 422, errors: ['Añade otra forma de entrar antes de quitar esta.'] })
    expect(await house.reads.passkeys.list(bruno)).toHaveLength(1)
  })

  it('of somebody else cannot be reached', async () => {
    const browser = signedIn('password')
    await browser.open(path)
    await addPasskey(browser)
    const bruno = await house.register(`bruno${people}@example.es`)
    const other = signedIn('passkey', bruno)
    await other.open(path)
    const [hers] = await passkeyIds()
    expect(await other.post(`${path}/passkeys/${hers}/remove`)).toMatchObject({ status: 404 })
    expect(await other.post(`${path}/passkeys/${hers}/name`, { [`name-${hers}`]: 'Mía' })).toMatchObject({
      status: 404,
    })
    expect(await other.post(`${path}/passkeys/not-an-id/remove`)).toMatchObject({ status: 404 })
    expect(await passkeyIds()).toHaveLength(1)
  })
})

describe('the password', () => {
  const change = (browser: Browser, fields: Readonly<Record<string, string>>) =>
    browser.submit(`${path}/password`, fields)

  it('is changed with the current one; the other sessions end and every address hears of it (R33, R76)', async () => {
    const browser = signedIn('password')
    expect((await browser.open(`${path}/password`)).title).toBe('Cambia tu contraseña')
    let page = await change(browser, { current_password: better, password: better })
    expect(page.errors).toEqual(['Escribe tu contraseña actual. La que has puesto no coincide.'])
    page = await change(browser, { current_password: good, password: 'corta' })
    expect(page.errors).toEqual(['Elige una contraseña más larga.'])
    page = await change(browser, { current_password: good, password: better })
    expect(page.text).toContain('Hemos cambiado tu contraseña.')
    expect(house.ended).toEqual([`${ana} all but ${browser.jar.get('session')}`])
    expect(await house.mailsTo(email)).toEqual(['security-password-changed'])
  })

  it('is not asked of whoever came in by code because they forgot it', async () => {
    const browser = signedIn('code')
    const form = await browser.open(`${path}/password`)
    expect(form.title).toBe('Elige una contraseña nueva')
    expect(form.text).not.toContain('current_password')
    const page = await change(browser, { password: better })
    expect(page.text).toContain('Hemos cambiado tu contraseña.')
  })

  it('cannot be changed by way of the mailbox once there is a passkey (R78)', async () => {
    const browser = signedIn('password')
    await browser.open(path)
    await addPasskey(browser)
    const byCode = signedIn('code')
    await byCode.open(`${path}/password`)
    const sent = await byCode.post(`${path}/password`, { password: better })
    expect(sent.location).toBe(`${path}/confirm-with-passkey`)
    expect(await house.mailsTo(email)).not.toContain('security-password-changed')
  })

  it('cannot be guessed at in a session left open (R64)', async () => {
    const browser = signedIn('password')
    await browser.open(`${path}/password`)
    for (let guess = 0; guess < 10; guess += 1) {
      await change(browser, { current_password: 'no es esta', password: better })
    }
    const page = await change(browser, { current_password: good, password: better })
    expect(page).toMatchObject({
      status: 429,
      errors: ['Has probado muchas veces. Espera 15 minutos y vuelve a intentarlo.'],
    })
  })
})

describe('sessions', () => {
  it('are ended one by one or all but this one, always one’s own', async () => {
    const browser = signedIn('code')
    await browser.open(path)
    await browser.submit(`${path}/sessions/session-99/end`)
    await browser.submit(`${path}/sessions/end-others`)
    expect(house.ended).toEqual([`${ana} session-99`, `${ana} all but ${browser.jar.get('session')}`])
  })

  it('can be ended however long ago the person was proven', async () => {
    const browser = signedIn('code')
    await browser.open(path)
    house.pass(4000)
    await browser.post(`${path}/sessions/end-others`)
    expect(house.ended).toHaveLength(1)
  })
})
