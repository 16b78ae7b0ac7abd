import { load } from 'cheerio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anasNumber, openCallHouse } from '../../features/calls/call-house.ts'
import { type Browser, fromOutside, leaveAlone, sessionOf, sitDown } from './at-desk.ts'

/* The address that a telephone opens by itself, and who else may lead a browser there. */
let house: Awaited<ReturnType<typeof openCallHouse>>
let lucia: Browser

beforeAll(async () => {
  house = await openCallHouse()
  lucia = await sitDown(house.app.origin, house.owner, house.lucia)
}, 90_000)
afterAll(() => house?.close())

describe('an address with a number in it', () => {
  const looked = async () =>
    (await house.activityOf(house.ana)).filter(({ action }) => action === 'call.looked-up').length
  const callsNow = async () => (await house.owner('calls')).length
  const address = (call: string) => `/staff/calls/pop?${new URLSearchParams({ ani: anasNumber, call })}`

  it.each(['cross-site', 'same-site', ''])(
    'opens no call for another site (%s), it only fills in',
    async (site) => {
      const before = [await looked(), await callsNow()]
      const headers: Record<string, string> = site === '' ? {} : { 'sec-fetch-site': site }
      const page = await lucia.send(address(`pbx-linked-${site}`), { headers })
      expect(page.status).toBe(200)
      expect(load(page.text)('#ani').attr('value')).toBe(anasNumber)
      expect([await looked(), await callsNow()]).toEqual(before)
      const opened = await lucia.submit('/staff/calls', {
        ani: anasNumber,
        language: 'es',
        call: load(page.text)('input[name=call]').attr('value') ?? '',
      })
      expect(opened.status).toBe(303)
      // From here on it is a known call, and its page shows nothing that was not looked up.
      const again = await fromOutside(lucia, address(`pbx-linked-${site}`), 'cross-site')
      expect([again.status, again.location]).toEqual([303, opened.location])
    },
  )

  it('says the number in no other address: neither after a pause nor to whoever is signed out', async () => {
    const out = await fetch(`${house.app.origin}${address('pbx-out')}`, {
      redirect: 'manual',
      headers: { accept: 'text/html', 'sec-fetch-site': 'none' },
    })
    expect(out.headers.get('location')).toBe('/staff/sign-in?to=%2Fstaff%2Fcalls')

    const rosa = await house.agentNamed('rosa')
    const browser = await sitDown(house.app.origin, house.owner, rosa)
    await leaveAlone(house.owner, rosa.staffId, 400)
    const before = await callsNow()
    const locked = await fromOutside(browser, address('pbx-locked'))
    expect(locked.location).toBe('/staff/sign-in?to=%2Fstaff%2Fcalls&done=locked')
    expect(await callsNow()).toBe(before)
    browser.cookies.set('placet_staff', await sessionOf(house.owner, rosa))
    const back = await browser.open('/staff/calls')
    expect(load(back.text)('#ani').attr('value')).toBe(anasNumber)
    expect(load(back.text)('input[name=call]').attr('value')).toBe('pbx-locked')
  })
})
