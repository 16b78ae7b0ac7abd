import type { Journey } from './journey.ts'
import {
  asksForACode,
  choosesToCreateAnAccount,
  connectsTheNewsletter,
  finishesTheAccount,
  givesAnAddress,
  givesTheirName,
  goesOnToTheirAnswers,
  goesOnToTheShop,
  goesToSignIn,
  isGreetedByTheShop,
  leavesThePasskeyForLater,
  opensTheShop,
  refusesEverything,
  sendsTheAddress,
  signsOutOfTheShop,
  typesTheCode,
  typesTheirAddressToSignIn,
} from './steps.ts'

export const refuseEverything: Journey = {
  name: 'refuse-everything',
  title: 'Refuse everything, and shop',
  about:
    'No passkey, no to every purpose with one click, and the account works like any other: signed in, out, and in again.',
  walk: async (walk) => {
    const { shot, person } = walk
    await goesToSignIn(walk)
    await choosesToCreateAnAccount(walk)
    await givesAnAddress(walk)
    await typesTheCode(walk, await sendsTheAddress(walk), 'create-account')
    await givesTheirName(walk)
    await goesOnToTheirAnswers(walk)
    await finishesTheAccount(walk)
    await shot('passkey', 'The passkey is left for later.')
    await leavesThePasskeyForLater(walk)
    await shot('questions', 'The questions, with yes and no alike.')
    await refusesEverything(walk)
    await shot('saved', 'No to everything, in one click, with a receipt like any other.')
    await goesOnToTheShop(walk)
    await shot('signed-in', 'Signed in all the same.')
    await connectsTheNewsletter(walk)
    await shot('newsletter-sees-nothing', 'The newsletter system knows a number and nothing else.')
    await opensTheShop(walk)
    await signsOutOfTheShop(walk)
    await shot('signed-out', 'Signed out.')
    await goesToSignIn(walk)
    await typesTheirAddressToSignIn(walk, person.email)
    await typesTheCode(walk, await asksForACode(walk, person.email), 'sign-in')
    await isGreetedByTheShop(walk, person.firstName)
    await shot('signed-in-again', 'And in again with a code. Nothing is asked a second time.')
  },
}
