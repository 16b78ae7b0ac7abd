import { shopWords } from '../../examples/shop/words.ts'
import type { Journey } from './journey.ts'
import {
  arrivesAt,
  createsAnAccount,
  follows,
  goesOnToTheShop,
  isGreetedByTheShop,
  opensTheShop,
  presses,
  refusesEverything,
  signsOutOfTheShop,
} from './steps.ts'

export const signInAgainWithPasskey: Journey = {
  name: 'sign-in-again-with-passkey',
  title: 'Sign in with a passkey',
  about: 'Whoever has a passkey needs no address, no password and no code.',
  walk: async (walk) => {
    const { device, shot, t, language, person } = walk
    await createsAnAccount(walk, 'passkey')
    await refusesEverything(walk)
    await goesOnToTheShop(walk)
    await opensTheShop(walk)
    await signsOutOfTheShop(walk)
    await shot('signed-out', 'Signed out; the passkey stays in the device.')
    await device?.agrees(false)
    await follows(walk, shopWords[language].signIn)
    await arrivesAt(walk, t('identify.title'))
    await shot('sign-in', 'The passkey is offered in the field and as a button.')
    await device?.agrees(true)
    // Either the browser's offer in the field is taken by now, or the button is pressed.
    await Promise.any([presses(walk, t('identify.usePasskey')), isGreetedByTheShop(walk, person.firstName)])
    await isGreetedByTheShop(walk, person.firstName)
    await shot('signed-in', 'Signed in. After a passkey nothing else is asked.')
  },
}
