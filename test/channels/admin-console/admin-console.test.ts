import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { staffSignInLocation } from '../../../src/channels/admin-console/index.ts'
import { softwareAuthenticator } from '../../features/staff/software-authenticator.ts'
import { type Console, openBrowser, startConsole } from './console-app.ts'

let house: Console
beforeAll(async () => {
  house = await startConsole()
})
afterAll(() => house.stop())

const boss = { role: 'admin' as const, touchpointId: undefined }

/** Ana gets a link, makes her passkey on the page and signs in with it, all through the front door. */
async function comeIn(
  login: string,
  role: { role: 'admin' | 'store-manager'; touchpointId: string | undefined } = boss,
) {
  const { enrolmentToken } = await house.hire(login, role)
  const browser = openBrowser(house.origin)
  const passkey = softwareAuthenticator(house.site)
  await browser.open(`/staff/enrol?token=${enrolmentToken}`)
  const made = await browser.options(`/staff/enrol/options?token=${enrolmentToken}`)
  const enrolled = await browser.submit(`/staff/enrol?token=${enrolmentToken}`, {
    response: passkey.create(made.body),
  })
  const signIn = async (path = '/staff/sign-in') => {
    await browser.open(path)
    const { body } = await browser.options('/staff/sign-in/options')
    return browser.submit(path, { response: passkey.get(body) })
  }
  return { browser, passkey, enrolled, enrolmentToken, signIn }
}

test('Ana opens her link, makes a passkey, signs in and sees who she is and what she may', async () => {
  const { browser, enrolled, signIn } = await comeIn('ana')
  expect(enrolled).toMatchObject({ status: 303, location: '/staff/sign-in?done=passkey-added' })
  expect(await browser.open('/staff/sign-in?done=passkey-added')).toMatchObject({ status: 200 })
  expect(await signIn()).toMatchObject({ status: 303, location: '/staff' })
  const home = await browser.open('/staff')
  expect(home.status).toBe(200)
  expect(home.text).toContain('Hola, ana')
  expect(home.text).toContain('Administración')
  expect(home.text).toContain('Toda la empresa')
  expect(home.headers.get('cache-control')).toBe('no-store')
})

test('Bruno, who runs one store, sees that his role ends at its door', async () => {
  const { browser, signIn } = await comeIn('bruno', { role: 'store-manager', touchpointId: 'vigo' })
  await signIn()
  const { text } = await browser.open('/staff')
  expect(text).toContain('Tienda Norte Vigo')
  expect(text).not.toContain('Toda la empresa')
})

test('without a session a page of the console sends a person to the sign-in and a program away', async () => {
  const stranger = openBrowser(house.origin)
  expect(await stranger.open('/staff')).toMatchObject({ status: 303, location: '/staff/sign-in' })
  const program = await stranger.send('/staff', { headers: { accept: 'application/json' } })
  expect(program.status).toBe(401)
})

test('signing out ends the session in the database too, and once more is no error (R36)', async () => {
  const { browser, signIn } = await comeIn('carmen')
  await signIn()
  const kept = new Map(browser.cookies)
  await browser.open('/staff')
  expect(await browser.submit('/staff/sign-out', {})).toMatchObject({ status: 303 })
  expect(browser.cookies.has('placet_staff')).toBe(false)
  expect(await browser.submit('/staff/sign-out', {})).toMatchObject({ status: 303 })
  for (const [name, value] of kept) browser.cookies.set(name, value)
  expect(await browser.open('/staff')).toMatchObject({ status: 303, location: '/staff/sign-in' })
})

describe('the link of an enrolment', () => {
  test('works once: a second passkey with it is refused with 410, and so is looking at it', async () => {
    const { browser, enrolmentToken } = await comeIn('david')
    expect(await browser.open(`/staff/enrol?token=${enrolmentToken}`)).toMatchObject({ status: 410 })
    const second = await browser.submit(`/staff/enrol?token=${enrolmentToken}`, { response: '{}' })
    expect(second.status).toBe(410)
  })

  test('opened twenty times by a mail scanner it still works (R71)', async () => {
    const { enrolmentToken } = await house.hire('eva', boss)
    const scanner = openBrowser(house.origin)
    for (let i = 0; i < 20; i += 1) {
      expect(await scanner.open(`/staff/enrol?token=${enrolmentToken}`)).toMatchObject({ status: 200 })
    }
  })

  test('is reached by typing its code, and a wrong code is told at the field', async () => {
    const { enrolmentToken } = await house.hire('fede', boss)
    const browser = openBrowser(house.origin)
    await browser.open('/staff/sign-in')
    expect(
      await browser.submit('/staff/enrolment-code', { enrolment_code: ` ${enrolmentToken} ` }),
    ).toMatchObject({
      status: 303,
      location: `/staff/enrol?token=${enrolmentToken}`,
    })
    const wrong = await browser.submit('/staff/enrolment-code', { enrolment_code: '1234' })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Revisa el código de alta')
  })

  test('with a passkey that cannot be verified the page comes back and says so', async () => {
    const { enrolmentToken } = await house.hire('gloria', boss)
    const browser = openBrowser(house.origin)
    await browser.open(`/staff/enrol?token=${enrolmentToken}`)
    const answer = await browser.submit(`/staff/enrol?token=${enrolmentToken}`, { response: 'nonsense' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('No hemos podido comprobar la llave')
  })
})

describe('signing in', () => {
  test('with something that is no passkey of ours gives the page again, and counts as a try (R64)', async () => {
    const browser = openBrowser(house.origin)
    await browser.open('/staff/sign-in')
    const before = house.tries.length
    const answer = await browser.submit('/staff/sign-in', { response: '{"id":"x"}' })
    expect(answer.status).toBe(422)
    expect(house.tries.slice(before)).toContain('staff-sign-in-network')
  })

  test('refuses a form from another site and one without its token (R109)', async () => {
    const browser = openBrowser(house.origin)
    await browser.open('/staff/sign-in')
    const foreign = await browser.send('/staff/sign-in', {
      method: 'POST',
      headers: {
        origin: 'https://phisher.example',
        'sec-fetch-site': 'cross-site',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'response=',
    })
    expect(foreign.status).toBe(403)
    expect((await browser.submit('/staff/sign-in', { _csrf: 'forged', response: '' })).status).toBe(403)
  })

  test('takes no field it did not ask for (R106, VC11)', async () => {
    const { browser, passkey } = await comeIn('hilda')
    await browser.open('/staff/sign-in')
    for (const field of ['roles', 'staffId', 'staff_id', 'actor', 'assurance', 'touchpoint']) {
      const { body } = await browser.options('/staff/sign-in/options')
      const answer = await browser.submit('/staff/sign-in', { response: passkey.get(body), [field]: 'admin' })
      expect(answer.status).toBe(422)
      expect(answer.location).toBeNull()
    }
  })

  test('comes back to the page that asked for it', async () => {
    const { signIn } = await comeIn('ines')
    expect(await signIn('/staff/sign-in?to=%2Fstaff%2Fclients%3Fpage%3D2')).toMatchObject({
      status: 303,
      location: '/staff/clients?page=2',
    })
    // The officer's pages lie beside the others, and the session reaches them.
    expect(staffSignInLocation('/dpo/people?person=1')).toBe('/staff/sign-in?to=%2Fdpo%2Fpeople%3Fperson%3D1')
  })

  test.each([
    'https://phisher.example/staff',
    '//phisher.example/staff',
    '/\\phisher.example/staff',
    '/%09/phisher.example',
    'javascript:alert(1)',
    '/account',
    '/staff/../account',
    '/dpository',
    '/staff/sign-in?to=/staff/sign-in',
  ])('goes home instead of to %s (R113)', (target) => {
    expect(staffSignInLocation(target)).toBe('/staff/sign-in')
  })
})

test('nothing failed on our side while all this happened', () => {
  expect(house.failures).toEqual([])
})
