import { load } from 'cheerio'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openCallHouse } from '../../features/calls/call-house.ts'
import { tellingIn } from '../../features/calls/telling.ts'
import { type Browser, leaveAlone, sessionOf, sitDown, wordsOf } from './at-desk.ts'

/* The page on which an agent writes down what a caller decides. */
let house: Awaited<ReturnType<typeof openCallHouse>>
let t: ReturnType<typeof tellingIn>
let pilar: Awaited<ReturnType<typeof house.agentNamed>>
let browser: Browser

beforeAll(async () => {
  house = await openCallHouse()
  t = tellingIn(house)
  pilar = await house.agentNamed('pilar')
  browser = await sitDown(house.app.origin, house.owner, pilar)
}, 90_000)
afterAll(async () => {
  await house?.close()
})
beforeEach(async () => {
  await house.tidy()
  house.later(60_000)
})

const email = 'choice.marketing.direct.email'

async function script(address: string) {
  const page = await browser.open(`${address}/choices`)
  const $ = load(page.text)
  const shown = $('input[name^="shown."]')
    .toArray()
    .map((one) => [$(one).attr('name'), $(one).attr('value')])
  return {
    action: $('main form').last().attr('action') ?? '',
    shown: Object.fromEntries(shown) as Record<string, string>,
    pressed: $('input[type=radio][checked]').length,
  }
}
const atDesk = ({ id }: { readonly id: string }) => `/staff/calls/${id}`

describe('an answer that was pressed before the pause', () => {
  /** Pilar marks a no, and is locked out as she saves. */
  async function lockedOutOver(address: string) {
    const { action, shown } = await script(address)
    await leaveAlone(house.owner, pilar.staffId, 400)
    const locked = await browser.submit(action, { ...shown, [email]: 'no', recording: 'R-1' })
    expect(locked.location).toContain('/staff/sign-in')
    browser.cookies.set('placet_staff', await sessionOf(house.owner, pilar))
  }

  it('is pressed again under the words it was given to', async () => {
    const address = atDesk(await house.verifyAna(pilar))
    await lockedOutOver(address)
    const back = load((await browser.open(`${address}/choices`)).text)
    expect(back(`input[name="${email}"][value=no]`).attr('checked')).toBeDefined()
    expect(back('#recording').attr('value')).toBe('R-1')
  })

  it('is not pressed under other words, which nobody has heard yet (R57)', async () => {
    const address = atDesk(await house.verifyAna(pilar))
    await lockedOutOver(address)
    await browser.open(address)
    await browser.submit(`${address}/language`, { language: 'en' })
    const back = await script(address)
    expect(back.shown['shown.marketing.direct.email']).toContain('|en|')
    expect(back.pressed).toBe(0)
  })
})

describe('a no of somebody whom nobody verified', () => {
  /** What Pilar reads after it, and at the end of the call, but for what names the call. */
  async function sayNo() {
    const { call } = await house.ringAsAna(pilar)
    const { action, shown } = await script(atDesk(call))
    const told = await browser.submit(action, { ...shown, [email]: 'no', recording: '' })
    await browser.open(`${atDesk(call)}/wrap-up`)
    const over = await browser.submit(`${atDesk(call)}/wrap-up`, { summary: 'not-verified' })
    return [told, over].map(({ text }) =>
      wordsOf(text)
        .replaceAll(call.reference, '')
        .replaceAll(/\d\d:\d\d/g, ''),
    )
  }

  it('ends alike whether a yes stood or not: the desk learns nothing of it', async () => {
    await t.own(house.ana, 'yes')
    house.later(60_000)
    const stood = await sayNo()
    expect(await t.permitted(house.ana)).toBe('DENY')
    house.later(60_000)
    expect(await sayNo()).toEqual(stood)
    expect(stood[0]).toContain('Ha dicho que no. Vale desde ahora.')
  })

  it('of one who was verified says that nothing has changed, if so', async () => {
    const { action, shown } = await script(atDesk(await house.verifyAna(pilar)))
    const told = await browser.submit(action, { ...shown, [email]: 'no', recording: '' })
    expect(wordsOf(told.text)).toContain('Ya lo teníamos así')
  })
})

describe('a yes that was asked about too often', () => {
  it('is kept and brings no message, and the page says so (R52)', async () => {
    const address = atDesk(await house.verifyAna(pilar))
    await house.parts.limiter.consume(house.ana, 'call-told-customer', 3)
    const { action, shown } = await script(address)
    const told = await browser.submit(action, { ...shown, [email]: 'yes', recording: '' })
    expect(wordsOf(told.text)).toContain('Ya le hemos mandado varios mensajes')
    expect((await house.activityOf(house.ana)).at(-1)).toMatchObject({ action: 'call.message-held-back' })
  })
})
