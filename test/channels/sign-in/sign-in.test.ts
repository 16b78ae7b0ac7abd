import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ClaimPreview } from '../../../src/channels/sign-in/index.ts'
import { lockSubject } from '../../../src/features/identity/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { SoftwareAuthenticator } from '../../support/software-authenticator.ts'
import type { Browser } from './form-browser.ts'
import { openSignInHouse, type SignInHouse } from './sign-in-house.ts'

const good = 'cuatro gatos miran llover'
const preview: ClaimPreview = {
  domain: 'club.example',
  purpose: 'Tu tarjeta del club',
  duration: 'Un año',
  claims: [
    { id: 'name', label: 'Nombre', value: 'Ana', optional: false, scopes: ['profile'], claims: [] },
    { id: 'email', label: 'Correo', value: 'ana@example.es', optional: true, scopes: ['email'], claims: [] },
    { id: 'zip', label: 'Código postal', optional: true, scopes: [], claims: ['postal_code'] },
  ],
}
let house: SignInHouse
let ana: SubjectId
let people = 0
let email = ''

beforeAll(async () => {
  house = await openSignInHouse({ preview })
})
afterAll(() => house.close())
beforeEach(async () => {
  await house.owner('rate_limits').delete()
  people += 1
  email = `ana${people}@example.es`
  ana = await house.register(email, { passwordHash: await house.hasher.hash(good) })
})

async function arrive(browser: Browser, more: Parameters<SignInHouse['engine']['begin']>[0] = {}) {
  const uid = house.engine.begin(more)
  await browser.enter(uid)
  return { uid, at: (page: string) => `/sign-in/${uid}/${page}` }
}

async function withPassword(browser: Browser, more: Parameters<SignInHouse['engine']['begin']>[0] = {}) {
  const { uid, at } = await arrive(browser, more)
  await browser.submit(at('identify'), { email })
  return { uid, at, page: await browser.submit(at('enter-password'), { password: good }) }
}

async function withCode(browser: Browser) {
  const { uid, at } = await arrive(browser)
  await browser.submit(at('identify'), { email })
  await browser.submit(at('send-code'))
  return { uid, at, page: await browser.submit(at('enter-code'), { code: await house.codeFor(email) }) }
}

async function makePasskey(browser: Browser, at: (page: string) => string, headers = {}) {
  const phone = new SoftwareAuthenticator(house.origin)
  const options = await browser.fetchOptions<Parameters<typeof phone.create>[0]>(
    at('create-passkey/options'),
    headers,
  )
  return { phone, options }
}

async function usePasskey(browser: Browser, phone: SoftwareAuthenticator, page: string) {
  const options = await browser.fetchOptions<Parameters<typeof phone.get>[0]>(`${page}/options`)
  return browser.submit(page, { response: JSON.stringify(phone.get(options)) })
}

describe('signing in with a password', () => {
  it('leads through address and password to the offer of a passkey, and then back', async () => {
    const browser = house.browser()
    const { uid, at, page } = await withPassword(browser)
    expect(page).toMatchObject({ path: at('create-passkey'), status: 200 })
    const done = await browser.submit(at('create-passkey/skip'))
    expect(done.location).toBe(`/engine/resume/${uid}`)
    expect(house.engine.finished.at(-1)).toEqual({ uid, subjectId: ana, assurance: 'password' })
  })

  it('does not ask again about the passkey in the same browser for a while', async () => {
    const browser = house.browser()
    const first = await withPassword(browser)
    await browser.submit(first.at('create-passkey/skip'))
    const { uid, page } = await withPassword(browser)
    expect(page.location).toBe(`/engine/resume/${uid}`)
  })

  it('lets the browser make a passkey by itself right after the password, and only then', async () => {
    const browser = house.browser()
    const { at } = await withPassword(browser)
    const { phone, options } = await makePasskey(browser, at, { 'x-passkey-silent': '1' })
    const made = phone.create(options, { flags: { up: false, uv: false } })
    const done = await browser.submit(at('create-passkey'), {
      response: JSON.stringify(made),
      automatic: '1',
    })
    expect(done.location).toContain('/engine/resume/')

    email = 'berta@example.es'
    await house.register(email)
    const other = house.browser()
    const byCode = await withCode(other)
    const again = await makePasskey(other, byCode.at, { 'x-passkey-silent': '1' })
    const unseen = again.phone.create(again.options, { flags: { up: false, uv: false } })
    const page = await other.submit(byCode.at('create-passkey'), {
      response: JSON.stringify(unseen),
      automatic: '1',
    })
    expect(page).toMatchObject({ status: 422 })
  })

  it('says after ten wrong ones how long to wait, and a code still opens the account (R66)', async () => {
    const browser = house.browser()
    const { at, uid } = await arrive(browser)
    await browser.submit(at('identify'), { email })
    for (let failure = 0; failure < 10; failure += 1) {
      const page = await browser.submit(at('enter-password'), { password: 'no es esta contraseña' })
      expect(page).toMatchObject({
        status: 422,
        errors: ['El correo o la contraseña no coinciden. Revísalos o pide un código.'],
      })
    }
    const locked = await browser.submit(at('enter-password'), { password: good })
    expect(locked).toMatchObject({
      status: 429,
      errors: ['Has probado muchas veces. Espera 15 minutos y vuelve a intentarlo.'],
    })
    await browser.submit(at('send-code'))
    await browser.submit(at('enter-code'), { code: await house.codeFor(email) })
    await browser.submit(at('create-passkey/skip'))
    expect(house.engine.finished.at(-1)).toMatchObject({ uid, subjectId: ana, assurance: 'code' })
    expect((await house.trailOf(ana)).actions.filter((action) => action === 'sign-in.failed')).toHaveLength(
      10,
    )
  })

  it('keeps a wrong code in the trail of whose account it was tried on, and of nobody else (R88)', async () => {
    const browser = house.browser()
    const { at } = await arrive(browser)
    await browser.submit(at('identify'), { email })
    await browser.submit(at('send-code'))
    const right = await house.codeFor(email)
    await browser.submit(at('enter-code'), { code: right === '000000' ? '000001' : '000000' })
    const failed = async () =>
      (await house.trailOf(ana)).actions.filter((action) => action === 'sign-in.failed').length
    // It is kept after the answer, so that the answer takes as long as for an address nobody has.
    await expect.poll(failed).toBe(1)
    await browser.submit(at('enter-code'), { code: right })
    expect(await failed()).toBe(1)
  })

  it('lets nobody into a locked account, whichever way (R31)', async () => {
    const browser = house.browser()
    await lockSubject(house.deps, {
      subjectId: ana,
      to: 'lock',
      actor: { kind: 'system', name: 'test' },
      reason: 'stolen',
    })
    const before = house.engine.finished.length
    expect((await withPassword(browser)).page).toMatchObject({ status: 422 })
    expect((await withCode(browser)).page).toMatchObject({ status: 422 })
    expect(house.engine.finished.length).toBe(before)
  })
})

describe('signing in with a code', () => {
  it('never reaches more than a code, and every address hears of it when the account has more (R78, R88)', async () => {
    const browser = house.browser()
    const { at } = await withPassword(browser)
    const { phone, options } = await makePasskey(browser, at)
    await browser.submit(at('create-passkey'), { response: JSON.stringify(phone.create(options)) })
    await house.settle()
    const before = (await house.mailsTo(email)).length

    const { uid, page } = await withCode(browser)
    expect(page.location, 'no passkey may be added by way of the mailbox').toBe(`/engine/resume/${uid}`)
    expect(house.engine.finished.at(-1)).toEqual({ uid, subjectId: ana, assurance: 'code' })
    expect((await house.mailsTo(email)).slice(before)).toEqual(['code-sign-in', 'security-new-sign-in'])
  })

  it('tells the owner of a browser the account was never entered from, and only of that one (R88)', async () => {
    const browser = house.browser()
    const first = await withPassword(browser)
    await browser.submit(first.at('create-passkey/skip'))
    expect(await house.mailsTo(email)).toEqual(['security-new-sign-in'])
    await withPassword(browser)
    expect(await house.mailsTo(email)).toEqual(['security-new-sign-in'])
    const elsewhere = house.browser()
    const second = await withPassword(elsewhere)
    await elsewhere.submit(second.at('create-passkey/skip'))
    expect(await house.mailsTo(email)).toEqual(['security-new-sign-in', 'security-new-sign-in'])
    const here = { hour: '2-digit', minute: '2-digit', timeZone: 'Atlantic/Canary' } as const
    const told = new Intl.DateTimeFormat('es-ES', here).format(house.clock.now())
    expect(await house.lastMailTo(email)).toContain(told)
  })

  it('sends another one after half a minute, not before', async () => {
    const browser = house.browser()
    const { at } = await arrive(browser)
    await browser.submit(at('identify'), { email })
    await browser.submit(at('send-code'))
    await browser.submit(at('send-code'))
    expect(await house.mailsTo(email)).toHaveLength(1)
    house.pass(31)
    const page = await browser.submit(at('send-code'))
    expect(page.text).toContain('Te hemos enviado otro código.')
    expect(await house.mailsTo(email)).toHaveLength(2)
  })

  it('opens nothing in another flow of the same person (R67, R72)', async () => {
    const browser = house.browser()
    const { at } = await arrive(browser)
    await browser.submit(at('identify'), { email })
    await browser.submit(at('send-code'))
    const code = await house.codeFor(email)
    const second = house.browser()
    const other = await arrive(second)
    await second.submit(other.at('identify'), { email })
    house.pass(31)
    await second.submit(other.at('send-code'))
    expect(await second.submit(other.at('enter-code'), { code })).toMatchObject({ status: 422 })
  })
})

describe('a client that asks for more', () => {
  it('gets a passkey, made if need be and then used, and not less', async () => {
    const browser = house.browser()
    const { uid, at, page } = await withPassword(browser, { acrNeeded: 'passkey' })
    expect(page.path).toBe(at('create-passkey'))
    const { phone, options } = await makePasskey(browser, at)
    const made = await browser.submit(at('create-passkey'), {
      response: JSON.stringify(phone.create(options)),
    })
    expect(made).toMatchObject({ path: at('step-up'), status: 200 })
    expect(made.text).toContain('Confirma que eres tú antes de seguir.')
    const done = await usePasskey(browser, phone, at('step-up'))
    expect(done.location).toBe(`/engine/resume/${uid}`)
    expect(house.engine.finished.at(-1)).toEqual({ uid, subjectId: ana, assurance: 'passkey' })
  })

  it('is not given a passkey of somebody else', async () => {
    const bruno = house.browser()
    const mine = email
    email = `bruno${people}@example.es`
    await house.register(email, { passwordHash: await house.hasher.hash(good) })
    const his = await withPassword(bruno)
    const { phone, options } = await makePasskey(bruno, his.at)
    await bruno.submit(his.at('create-passkey'), { response: JSON.stringify(phone.create(options)) })
    email = mine

    const browser = house.browser()
    const before = house.engine.finished.length
    const { at } = await withPassword(browser, { acrNeeded: 'passkey' })
    const own = await makePasskey(browser, at)
    await browser.submit(at('create-passkey'), { response: JSON.stringify(own.phone.create(own.options)) })
    const asked = await browser.fetchOptions<{ challenge: string; rpId: string }>(at('step-up/options'))
    const page = await browser.submit(at('step-up'), {
      response: JSON.stringify(phone.get({ challenge: asked.challenge, rpId: asked.rpId })),
    })
    expect(page).toMatchObject({ status: 422 })
    expect(house.engine.finished.length).toBe(before)
  })
})

describe('the offer of a passkey', () => {
  it('does not let a password add one where another came to be in the meantime (R76)', async () => {
    const [laptop, tablet] = [house.browser(), house.browser()]
    const here = await withPassword(laptop)
    const there = await withPassword(tablet)
    const first = await makePasskey(laptop, here.at)
    const second = await makePasskey(tablet, there.at)
    const add = (browser: Browser, at: (page: string) => string, made: typeof first) =>
      browser.submit(at('create-passkey'), { response: JSON.stringify(made.phone.create(made.options)) })
    expect(await add(laptop, here.at, first)).toMatchObject({ location: `/engine/resume/${here.uid}` })
    const refused = await add(tablet, there.at, second)
    expect(refused).toMatchObject({ status: 422, path: there.at('create-passkey') })
    expect(refused.errors).toHaveLength(1)
    expect(await house.reads.passkeys.list(ana)).toHaveLength(1)
    const skipped = await tablet.submit(there.at('create-passkey/skip'))
    expect(skipped.location, 'nor does it keep her from where she was going').toBe(
      `/engine/resume/${there.uid}`,
    )
  })
})

describe('a passkey that does not work', () => {
  it('leads back to the first page, and the browser is told to forget one that nobody knows', async () => {
    const browser = house.browser()
    const made = await withPassword(browser)
    const { phone, options } = await makePasskey(browser, made.at)
    await browser.submit(made.at('create-passkey'), { response: JSON.stringify(phone.create(options)) })
    await house.owner('passkeys').where({ subject_id: ana }).delete()
    await house.owner('passkey_lookups').where({ subject_id: ana }).delete()
    const { at } = await arrive(browser)
    const page = await usePasskey(browser, phone, at('passkey'))
    expect(page).toMatchObject({
      status: 422,
      errors: ['Esta llave ya no sirve aquí. Usa otra o sigue con tu correo.'],
    })
    expect(page.text).toContain('data-unknown')
    expect(page.text, 'the form on it belongs to the first page').toContain(`action="${at('identify')}"`)
    expect(await browser.submit(at('passkey'), { response: '{}' })).toMatchObject({
      status: 422,
      errors: ['No hemos podido comprobar la llave de acceso. Inténtalo otra vez o usa tu correo.'],
    })
  })
})

describe('a client that is not ours', () => {
  const asks = { scopes: ['openid', 'profile', 'email'], claims: ['postal_code'], resources: {} }
  const ask = (browser: Browser) => arrive(browser, { prompt: 'consent', subjectId: ana, asks })

  it('is shown with what it would get, with the values of now, and yes and no alike', async () => {
    const browser = house.browser()
    const uid = house.engine.begin({ prompt: 'consent', subjectId: ana, asks })
    const page = await browser.enter(uid)
    expect(page).toMatchObject({ path: `/sign-in/${uid}/authorize-client`, status: 200 })
    for (const words of ['club.example', 'ana@example.es', 'Tu tarjeta del club', 'Un año']) {
      expect(page.text).toContain(words)
    }
  })

  it('gets what was ticked and no more', async () => {
    const browser = house.browser()
    const { uid, at } = await ask(browser)
    const page = await browser.submit(at('authorize-client'), { claim: 'zip', decision: 'share' })
    expect(page).toMatchObject({ status: 200, title: 'Volviendo a Tienda Norte' })
    expect(page.text).toContain(`/engine/resume/${uid}`)
    expect(house.engine.authorized.at(-1)).toEqual({
      scopes: ['openid', 'profile'],
      claims: ['postal_code'],
      resources: {},
    })
  })

  it('gets nothing on a no, and nothing on no answer', async () => {
    const browser = house.browser()
    const { at } = await ask(browser)
    const [authorized, aborted] = [house.engine.authorized.length, house.engine.aborted()]
    expect(await browser.submit(at('authorize-client'), {})).toMatchObject({ status: 200 })
    await browser.submit(at('authorize-client'), { decision: 'refuse' })
    expect(house.engine.authorized.length).toBe(authorized)
    expect(house.engine.aborted()).toBe(aborted + 1)
  })
})

describe('the pages', () => {
  it('speak English to whom the client says so, and Spanish otherwise', async () => {
    const browser = house.browser()
    const uid = house.engine.begin({ uiLocales: ['en'] })
    const page = await browser.enter(uid)
    expect(page.text).toContain('lang="en"')
  })

  it('are not open in another browser, nor without an interaction (R73)', async () => {
    const browser = house.browser()
    const { uid } = await arrive(browser)
    expect(await house.browser().open(`/sign-in/${uid}/identify`)).toMatchObject({ status: 410 })
    const other = house.browser()
    const theirs = await arrive(other)
    expect(await browser.open(theirs.at('identify'))).toMatchObject({ status: 410 })
  })

  it('are worth nothing to who copied the flow into another browser (R73)', async () => {
    const browser = house.browser()
    const { at } = await withPassword(browser)
    const thief = browser.copy(['engine', 'placet_flow'])
    expect(await thief.open(at('create-passkey'))).toMatchObject({ path: at('identify') })
    const same = browser.copy(['engine', 'placet_flow', 'placet_browser'])
    expect(await same.open(at('create-passkey')), 'negative control').toMatchObject({
      path: at('create-passkey'),
    })
  })

  it('forget a proof after half an hour', async () => {
    const browser = house.browser()
    const { at } = await withPassword(browser)
    house.pass(1801)
    expect(await browser.open(at('create-passkey'))).toMatchObject({ path: at('identify') })
  })
})
