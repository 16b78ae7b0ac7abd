import { shopWords } from '../../examples/shop/words.ts'
import { people } from '../seed/people.ts'
import type { Journey } from './journey.ts'
import { arrivesAt, goesToSignIn, isGreetedByTheShop, opensTheShop, presses } from './steps.ts'

const [, bruno] = people

/** The notice to the shop leaves in the background, a moment after the sign-out. */
const patienceMs = 10_000

export const signOut: Journey = {
  name: 'sign-out',
  title: 'Sign out everywhere',
  about: 'Signing out in the privacy centre ends the shop’s own session as well, by back-channel logout.',
  walk: async (walk) => {
    const { page, shot, t, language, addresses } = walk
    await goesToSignIn(walk)
    await presses(walk, bruno.firstName)
    await isGreetedByTheShop(walk, bruno.firstName)
    await shot('signed-in', 'Bruno is signed in to the shop.')
    await page.goto(`${addresses.issuer}/privacy`)
    await arrivesAt(walk, t('overview.greeting', { name: bruno.firstName }))
    await shot('privacy-centre', 'His privacy centre, in the same session.')
    await presses(walk, t('privacy.signOut'))
    await page.locator('button[name=scope][value=all]').waitFor()
    await shot('sign-out', 'Asked once, so that no other page can do it for him.')
    await page.locator('button[name=scope][value=all]').click()
    await arrivesAt(walk, t('signedOut.title'))
    await shot('signed-out', 'Signed out.')
    const deadline = Date.now() + patienceMs
    const signIn = page.getByRole('link', { name: shopWords[language].signIn, exact: true })
    do await opensTheShop(walk)
    while (!(await signIn.isVisible()) && Date.now() < deadline)
    await shot('shop-forgot', 'The shop was told, and has forgotten him too.')
  },
}
