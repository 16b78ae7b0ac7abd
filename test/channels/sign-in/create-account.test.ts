import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { describeSubject } from '../../../src/features/identity/index.ts'
import { pgAssertionReads, readProfile } from '../../../src/features/profile/index.ts'
import { SoftwareAuthenticator } from '../../support/software-authenticator.ts'
import { openSignInHouse, type SignInHouse } from './sign-in-house.ts'

let house: SignInHouse

beforeAll(async () => {
  house = await openSignInHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  await house.owner('rate_limits').delete()
})

const good = 'cuatro gatos miran llover'

describe('Ana creates an account', () => {
  it('with her address, a code, her name and a passkey, and is signed in', async () => {
    const ana = house.browser()
    const uid = house.engine.begin()
    const at = (page: string) => `/sign-in/${uid}/${page}`

    expect((await ana.enter(uid)).title).toBe('Entra en tu cuenta')
    await ana.open(at('create-account'))
    let page = await ana.submit(at('create-account'), { email: 'Ana@Example.es' })
    expect(page).toMatchObject({ status: 200, path: at('enter-code'), title: 'Escribe el código' })

    page = await ana.submit(at('enter-code'), { code: await house.codeFor('Ana@example.es') })
    expect(page).toMatchObject({ path: at('your-details'), title: '¿Cómo te llamas?' })
    expect(page.text).toContain('Para first_name')

    page = await ana.submit(at('your-details'), {
      first_name: '  Ana ',
      postal_code: '28013',
      username: 'ana@example.es',
      password: good,
    })
    expect(page).toMatchObject({ path: at('check-answers'), title: 'Comprueba tus respuestas' })
    expect(page.text).toContain('28013')
    expect(page.text).not.toContain(good)

    page = await ana.submit(at('check-answers'))
    expect(page).toMatchObject({ path: at('create-passkey'), title: 'Entra más rápido la próxima vez' })
    const phone = new SoftwareAuthenticator(house.origin)
    const options = await ana.fetchOptions<Parameters<typeof phone.create>[0]>(at('create-passkey/options'))
    page = await ana.submit(at('create-passkey'), { response: JSON.stringify(phone.create(options)) })
    expect(page.location).toBe(`/engine/resume/${uid}`)

    const subjectId = await house.reads.identifiers.findSubject(house.indexOf('ana@example.es'))
    expect(house.engine.finished.at(-1)).toEqual({ uid, subjectId, assurance: 'code' })
    const account = subjectId && (await describeSubject(house.deps, subjectId))
    expect(account).toMatchObject({ email: 'Ana@example.es', jurisdiction: 'ES', language: 'es' })
    expect(account?.passkeys).toHaveLength(1)
    expect(account?.password).toBeDefined()
    const reading = { assertions: pgAssertionReads(house.lane), sealer: house.sealer }
    expect(subjectId && (await readProfile(reading, subjectId))).toMatchObject([
      { attributeId: 'first_name', value: 'Ana', provenance: 'declared', source: 'web:sign-in' },
      { attributeId: 'postal_code', value: '28013' },
    ])
    expect(subjectId && (await house.eventsOf(subjectId))).toEqual([
      'profile.changed',
      'subject.registered',
      'passkey.added',
    ])
    expect(await house.mailsTo('Ana@example.es')).toEqual(['code-create-account', 'security-passkey-added'])
    expect(ana.jar.has(`placet_flow_${uid}`), 'nothing of the flow stays').toBe(false)
  })

  it('and later enters with that passkey alone', async () => {
    const subjectId = await house.register('marta@example.es')
    const browser = house.browser()
    let uid = house.engine.begin()
    await browser.enter(uid)
    await browser.submit(`/sign-in/${uid}/identify`, { email: 'marta@example.es' })
    await browser.submit(`/sign-in/${uid}/send-code`)
    await browser.submit(`/sign-in/${uid}/enter-code`, { code: await house.codeFor('marta@example.es') })
    const phone = new SoftwareAuthenticator(house.origin)
    const create = await browser.fetchOptions<Parameters<typeof phone.create>[0]>(
      `/sign-in/${uid}/create-passkey/options`,
    )
    await browser.submit(`/sign-in/${uid}/create-passkey`, { response: JSON.stringify(phone.create(create)) })

    const other = house.browser()
    uid = house.engine.begin()
    await other.enter(uid)
    const get = await other.fetchOptions<Parameters<typeof phone.get>[0]>(`/sign-in/${uid}/passkey/options`)
    expect(get.allowCredentials ?? []).toEqual([])
    const page = await other.submit(`/sign-in/${uid}/passkey`, { response: JSON.stringify(phone.get(get)) })
    expect(page.location).toBe(`/engine/resume/${uid}`)
    expect(house.engine.finished.at(-1)).toEqual({ uid, subjectId, assurance: 'passkey' })
  })

  it('can say "not now" to the passkey and leave out whatever is optional', async () => {
    const browser = house.browser()
    const uid = house.engine.begin()
    const at = (page: string) => `/sign-in/${uid}/${page}`
    await browser.enter(uid)
    await browser.submit(at('create-account'), { email: 'carmen@example.es' })
    await browser.submit(at('enter-code'), { code: await house.codeFor('carmen@example.es') })
    await browser.submit(at('your-details'), { first_name: 'Carmen' })
    await browser.submit(at('check-answers'))
    const page = await browser.submit(at('create-passkey/skip'))
    expect(page.location).toBe(`/engine/resume/${uid}`)
    expect(await house.mailsTo('carmen@example.es'), 'no news about what she just did').toEqual([
      'code-create-account',
    ])
  })

  it('is told what does not fit, in her words, and keeps what she typed', async () => {
    const browser = house.browser()
    const uid = house.engine.begin()
    const at = (page: string) => `/sign-in/${uid}/${page}`
    await browser.enter(uid)
    await browser.open(at('create-account'))
    let page = await browser.submit(at('create-account'), { email: 'no es un correo' })
    expect(page).toMatchObject({
      status: 422,
      errors: ['Escribe un correo con este formato: nombre@ejemplo.com'],
    })
    expect(page.text).toContain('no es un correo')
    await browser.submit(at('create-account'), { email: 'diego@example.es' })
    page = await browser.submit(at('enter-code'), { code: '12' })
    expect(page).toMatchObject({ status: 422, errors: ['Revisa el código. El que has escrito no coincide.'] })
    await browser.submit(at('enter-code'), { code: await house.codeFor('diego@example.es') })
    page = await browser.submit(at('your-details'), { first_name: '', postal_code: '99999' })
    expect(page.errors).toEqual(['Escribe tu nombre.', 'Escribe un código postal de 5 cifras.'])
    expect(page.text).toContain('99999')
    page = await browser.submit(at('your-details'), { first_name: 'Diego', password: 'corta' })
    expect(page.errors).toEqual(['Elige una contraseña más larga.'])
    expect(page.text).not.toContain('corta')
  })

  it('cannot slip in what the form does not ask for (R106)', async () => {
    const browser = house.browser()
    const uid = house.engine.begin()
    const at = (page: string) => `/sign-in/${uid}/${page}`
    await browser.enter(uid)
    await browser.open(at('create-account'))
    expect(
      (await browser.post(at('create-account'), { email: 'eva@example.es', subjectId: 'x' })).status,
    ).toBe(422)
    await browser.submit(at('create-account'), { email: 'eva@example.es' })
    await browser.submit(at('enter-code'), { code: await house.codeFor('eva@example.es') })
    const page = await browser.post(at('your-details'), { first_name: 'Eva', email_verified: 'true' })
    expect(page.status).toBe(422)
    expect(page.location).toBeUndefined()
  })
})

describe('somebody whose address has an account already', () => {
  it('sees the same pages, gets a code to sign in by mail, and is signed in with it', async () => {
    const subjectId = await house.register('berta@example.es')
    const browser = house.browser()
    const uid = house.engine.begin()
    await browser.enter(uid)
    await browser.open(`/sign-in/${uid}/create-account`)
    const page = await browser.submit(`/sign-in/${uid}/create-account`, { email: 'berta@example.es' })
    expect(page.text).toContain('Te hemos enviado un mensaje para comprobar que el correo es tuyo.')
    const code = await house.codeFor('berta@example.es')
    expect(await house.mailsTo('berta@example.es')).toEqual(['code-account-exists'])
    const next = await browser.submit(`/sign-in/${uid}/enter-code`, { code })
    expect(next.path).toBe(`/sign-in/${uid}/create-passkey`)
    await browser.submit(`/sign-in/${uid}/create-passkey/skip`)
    expect(house.engine.finished.at(-1)).toEqual({ uid, subjectId, assurance: 'code' })
  })

  it('by another tab in the meantime is signed in instead of failing', async () => {
    const browser = house.browser()
    const uid = house.engine.begin()
    const at = (page: string) => `/sign-in/${uid}/${page}`
    await browser.enter(uid)
    await browser.submit(at('create-account'), { email: 'felipe@example.es' })
    await browser.submit(at('enter-code'), { code: await house.codeFor('felipe@example.es') })
    await browser.submit(at('your-details'), { first_name: 'Felipe' })
    const subjectId = await house.register('felipe@example.es')
    await browser.submit(at('check-answers'))
    await browser.submit(at('create-passkey/skip'))
    expect(house.engine.finished.at(-1)).toEqual({ uid, subjectId, assurance: 'code' })
  })
})
