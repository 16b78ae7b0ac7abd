import { people } from '../seed/people.ts'
import type { Journey } from './journey.ts'
import {
  asksForACode,
  goesToSignIn,
  isGreetedByTheShop,
  leavesAnyPasskeyOffer,
  opensTheShop,
  presses,
  signsOutOfTheShop,
  typesTheCode,
  typesTheirAddressToSignIn,
} from './steps.ts'

const [ana] = people

export const passwordAndCode: Journey = {
  name: 'password-and-code',
  title: 'Sign in with a password, or with a code',
  about: 'For browsers without passkeys, and without script: a password, or a code by mail.',
  walk: async (walk) => {
    const { page, shot, t } = walk
    await goesToSignIn(walk)
    await typesTheirAddressToSignIn(walk, ana.email)
    await shot('password', 'The next page is the same for every address, known or not.')
    await page.locator('input[type=password]').fill(ana.password)
    await presses(walk, t('enterPassword.continue'))
    await leavesAnyPasskeyOffer(walk)
    await isGreetedByTheShop(walk, ana.firstName)
    await shot('signed-in-by-password', 'Signed in with the password.')
    await opensTheShop(walk)
    await signsOutOfTheShop(walk)
    await goesToSignIn(walk)
    await typesTheirAddressToSignIn(walk, ana.email)
    const code = await asksForACode(walk, ana.email)
    await shot('code', 'The code came by mail, and is good for one sign-in.')
    await typesTheCode(walk, code, 'sign-in')
    // The passkey was put off a moment ago, and is not offered again so soon.
    await isGreetedByTheShop(walk, ana.firstName)
  },
}
