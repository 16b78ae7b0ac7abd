import { appWords } from '../../examples/native-app/words.ts'
import { people } from '../seed/people.ts'
import { tourWords } from '../tour/words.ts'
import type { Journey } from './journey.ts'
import { arrivesAt, follows, presses } from './steps.ts'

const [ana] = people

export const nativeApp: Journey = {
  name: 'native-app',
  title: 'Sign in to the app',
  about:
    'A native application: the system’s browser, a loopback redirect, and tokens bound to a key of the device.',
  walk: async (walk) => {
    const { page, shot, t, language, addresses } = walk
    await page.goto(addresses.tour)
    await arrivesAt(walk, tourWords[language].title)
    await shot('tour', 'The tour: seven tasks.')
    const [, , openTheApp] = tourWords[language].tasks
    await follows(walk, openTheApp.go[0]?.[1] ?? '')
    await arrivesAt(walk, t('identify.title'))
    await shot('one-click', 'In the demo, one click is enough to be one of its people.')
    await presses(walk, ana.firstName)
    await arrivesAt(walk, appWords[language].signedIn)
    await shot('signed-in', 'The app is signed in.')
    await follows(walk, appWords[language].back)
    await arrivesAt(walk, tourWords[language].title)
    const state = page.getByText(tourWords[language].appSignedIn(ana.firstName))
    await state.scrollIntoViewIfNeeded()
    await shot('tour-knows', 'Back in the tour.')
    // A second time nothing is asked: one session for every application.
    await follows(walk, openTheApp.go[0]?.[1] ?? '')
    await arrivesAt(walk, appWords[language].signedIn)
  },
}
