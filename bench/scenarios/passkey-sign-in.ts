import type { Browser } from '../generator/browser.ts'
import { Circulation, inParallel } from '../generator/circulation.ts'
import { RelyingParty } from '../generator/relying-party.ts'
import { Unavailable } from '../process/load-site.ts'
import type { Person } from '../target.ts'
import type { ClientPlace, Scenario } from './scenario.ts'

/** People come back to a browser they used before, whose session has ended meanwhile. */
const comeBack = async ({ http, target, connections }: ClientPlace) => {
  const holders = target.people.filter(({ passkey }) => passkey !== undefined)
  if (holders.length === 0) throw new Unavailable('nobody has a passkey')
  const party = await RelyingParty.discover(http, target)
  const some = holders.slice(0, connections * 2)
  const met = await inParallel(some, 4, async (person): Promise<{ person: Person; browser: Browser }> => {
    const { browser } = await party.signIn(person)
    return { person, browser }
  })
  const circulation = new Circulation(met)
  return {
    operate: () =>
      circulation.with(async ({ thing: { person, browser } }) => {
        browser.endSession()
        await party.signInWithPasskey(person, browser)
      }),
  }
}

export const passkeySignIn: Scenario = {
  id: 'S5p',
  title: 'sign-in with passkey, whole flow',
  operation:
    'authorize, first page, options, signature, code, tokens; known browser, no session, consent known',
  objectiveMs: 100,
  budget: { roundTrips: 9, goal: 250 },
  house: { where: 'client', prepare: comeBack },
}
