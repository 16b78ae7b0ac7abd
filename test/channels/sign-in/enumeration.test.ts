import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Browser, Page } from './form-browser.ts'
import { openSignInHouse, type SignInHouse } from './sign-in-house.ts'

let house: SignInHouse
const known = 'conocida@example.es'
const unknown = 'cualquie@example.es'

beforeAll(async () => {
  house = await openSignInHouse()
  await house.register(known, { passwordHash: await house.hasher.hash('cuatro gatos miran llover') })
})
afterAll(() => house.close())
beforeEach(async () => {
  await house.owner('rate_limits').delete()
  await house.owner('sign_in_failures').delete()
})

/** What somebody outside could compare: all of it, with what is random by design replaced by its length. */
function visible(page: Page, { uid, email }: { uid: string; email: string }) {
  const { date: _date, 'x-request-id': _id, 'set-cookie': _cookies, ...headers } = page.headers
  const same = (text: string) =>
    text
      .replaceAll(uid, 'UID')
      .replaceAll(email, 'ADDRESS')
      .replaceAll(encodeURIComponent(email), 'ADDRESS')
      .replaceAll(/name="_csrf" value="[^"]*"/g, 'CSRF')
  return {
    status: page.status,
    location: same(page.location ?? ''),
    headers: same(JSON.stringify(headers)),
    cookies: page.cookies.map((cookie) => {
      const [pair = '', ...attributes] = cookie.split(';')
      const [name = '', value = ''] = pair.split('=')
      return `${same(name)} ${value.length}${same(attributes.join(';'))}`
    }),
    bytes: Buffer.byteLength(page.text),
    text: same(page.text),
  }
}

/** The same steps for an address; answers everything that could be seen on the way. */
async function walk(
  email: string,
  steps: (browser: Browser, at: (page: string) => string) => Promise<Page[]>,
) {
  const browser = house.browser()
  const uid = house.engine.begin()
  await browser.enter(uid)
  const pages = await steps(browser, (page) => `/sign-in/${uid}/${page}`)
  await house.settle()
  return pages.map((page) => visible(page, { uid, email }))
}

async function bothWays(steps: (email: string) => Parameters<typeof walk>[1]) {
  const first = await walk(known, steps(known))
  const second = await walk(unknown, steps(unknown))
  expect(second).toEqual(first)
  return first
}

describe('whether an address has an account (R63)', () => {
  it('cannot be told from identifying and wrong passwords, nor from the lock after them', async () => {
    const pages = await bothWays((email) => async (browser, at) => {
      const seen = [await browser.post(at('identify'), { email }), await browser.open(at('enter-password'))]
      for (let turn = 0; turn < 11; turn += 1) {
        seen.push(await browser.post(at('enter-password'), { password: 'no es esta contraseña' }))
      }
      return seen
    })
    expect(pages.map(({ status }) => status)).toEqual([303, 200, ...Array(10).fill(422), 429])
  })

  it('cannot be told from asking for a code, or from guessing it to the end', async () => {
    const pages = await bothWays((email) => async (browser, at) => {
      await browser.post(at('identify'), { email })
      const seen = [await browser.post(at('send-code')), await browser.open(at('enter-code'))]
      for (let guess = 0; guess < 6; guess += 1) {
        seen.push(await browser.post(at('enter-code'), { code: '000000' }))
      }
      return seen
    })
    expect(pages.at(-1)?.text).toContain('Pide otro código. Este ha caducado.')
  })

  it('cannot be told from creating an account, nor from too many codes', async () => {
    const pages = await bothWays((email) => async (browser, at) => {
      await browser.open(at('create-account'))
      const seen: Page[] = []
      for (let turn = 0; turn < 6; turn += 1) seen.push(await browser.post(at('create-account'), { email }))
      seen.push(await browser.open(at('enter-code')))
      seen.push(await browser.post(at('enter-code'), { code: '000000' }))
      return seen
    })
    expect(pages.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303, 429, 200, 422])
  })

  it('cannot be told from the options of a passkey, which never depend on an address', async () => {
    const optionsFor = async (email: string) => {
      const browser = house.browser()
      const uid = house.engine.begin()
      await browser.enter(uid)
      await browser.post(`/sign-in/${uid}/identify`, { email })
      await browser.open(`/sign-in/${uid}/identify`)
      const { challenge, ...rest } = await browser.fetchOptions<{ challenge: string }>(
        `/sign-in/${uid}/passkey/options`,
      )
      return { ...rest, challenge: challenge.length }
    }
    expect(await optionsFor(unknown)).toEqual(await optionsFor(known))
  })

  it('shows where it should: the comparison does see a difference (negative control)', async () => {
    const steps: Parameters<typeof walk>[1] = async (browser, at) => {
      await browser.post(at('identify'), { email: known })
      return [await browser.open(at('enter-password'))]
    }
    const wrongAddress = await walk(unknown, steps)
    expect(wrongAddress).not.toEqual(await walk(known, steps))
  })

  it('is told only to whoever reads the mail', async () => {
    await walk(unknown, async (browser, at) => {
      await browser.post(at('identify'), { email: unknown })
      return [await browser.post(at('send-code'))]
    })
    expect(await house.mailsTo('nadie@example.es')).toEqual([])
    const kinds = (await house.mailsTo(unknown)).filter((kind) => kind === 'code-sign-in')
    expect(kinds).toEqual([])
  })
})
