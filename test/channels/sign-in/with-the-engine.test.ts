import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { SoftwareAuthenticator } from '../../support/software-authenticator.ts'
import { Browser, type Page } from './form-browser.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

const browser = () => new Browser(Number(new URL(app.origin).port), '203.0.113.7')
/** The page beside the one a browser stands on, within the same interaction. */
const beside = ({ path }: Page, page: string) => path.replace(/^(\/sign-in\/[^/]+).*$/, `$1/${page}`)
const mailed = async (to: string) =>
  /\b\d{6}\b/.exec((await app.outbox.next(to, new Date(0))).subject)?.[0] ?? ''

/** Through every page of an interaction until the wanted one, saying no to whatever is offered. */
async function refuseOffers(who: Browser, from: Page): Promise<Page> {
  let page = from
  for (let turn = 0; turn < 6; turn += 1) {
    const refresh = /http-equiv="refresh" content="\d+;\s*url=([^"]+)"/i.exec(page.text)?.[1]
    if (refresh !== undefined) page = await who.open(refresh.replaceAll('&amp;', '&'))
    else if (page.path.includes('/create-passkey'))
      page = await who.submit(beside(page, 'create-passkey/skip'))
    else if (page.path.includes('/preferences')) page = await who.submit(page.path, { all: 'no' })
    else if (page.path.includes('/saved-choices')) page = await who.submit(beside(page, 'saved-choices'))
    else return page
  }
  return page
}

describe('with the real engine behind it, Lucía', () => {
  const email = 'lucia@example.es'
  const phone = () => new SoftwareAuthenticator(app.origin)

  it('creates an account on her way to the privacy centre and arrives there', async () => {
    const lucia = browser()
    let page = await lucia.open('/privacy')
    expect(page.path).toMatch(/^\/sign-in\/[^/]+\/identify$/)
    await lucia.open(beside(page, 'create-account'))
    page = await lucia.submit(beside(page, 'create-account'), { email })
    page = await lucia.submit(page.path, { code: await mailed(email) })
    expect(page.path).toMatch(/your-details$/)
    page = await lucia.submit(page.path, { first_name: 'Lucía' })
    page = await lucia.submit(page.path)
    expect(page.path).toMatch(/create-passkey$/)
    const authenticator = phone()
    const options = await lucia.fetchOptions<Parameters<typeof authenticator.create>[0]>(
      `${page.path}/options`,
    )
    page = await lucia.submit(page.path, { response: JSON.stringify(authenticator.create(options)) })
    page = await refuseOffers(lucia, page)
    expect(page).toMatchObject({ status: 200, path: '/privacy' })
    expect(page.text).toContain('Tu privacidad')

    // A code brought her in and there is a passkey now: the page about it asks for that.
    const security = await lucia.open('/privacy/security')
    expect(security).toMatchObject({ status: 200 })
    expect(security.text).toContain('Google Password Manager')
    const stepUp = await lucia.open('/privacy/security/confirm-with-passkey')
    expect(stepUp.path).toMatch(/^\/sign-in\/[^/]+\/identify$/)
    const get = await lucia.fetchOptions<Parameters<typeof authenticator.get>[0]>(
      beside(stepUp, 'passkey/options'),
    )
    page = await lucia.submit(beside(stepUp, 'passkey'), { response: JSON.stringify(authenticator.get(get)) })
    expect(await refuseOffers(lucia, page)).toMatchObject({ status: 200, path: '/privacy/security' })
  })

  it('cannot be walked into an interaction that a stranger began (R73)', async () => {
    const stranger = browser()
    const theirs = await stranger.open('/privacy')
    const victim = browser()
    await victim.open('/privacy')
    expect(await victim.open(theirs.path)).toMatchObject({ status: 410 })
    expect(await browser().open(theirs.path)).toMatchObject({ status: 410 })
  })
})
