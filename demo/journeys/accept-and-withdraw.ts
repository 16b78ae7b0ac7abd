import type { Journey } from './journey.ts'
import {
  answers,
  arrivesAt,
  choosesToCreateAnAccount,
  connectsTheNewsletter,
  createsAPasskey,
  finishesTheAccount,
  givesAnAddress,
  givesTheirName,
  goesOnToTheirAnswers,
  goesOnToTheShop,
  goesToSignIn,
  opensTheirPermissions,
  opensTheNewsletter,
  opensTheShop,
  presses,
  savesTheAnswers,
  sendsTheAddress,
  typesTheCode,
} from './steps.ts'

export const acceptAndWithdraw: Journey = {
  name: 'accept-and-withdraw',
  title: 'Agree, and change your mind',
  about:
    'An account with a passkey; offers by e-mail accepted; the newsletter sees e-mail and first name; withdrawn; in the same second it sees neither.',
  walk: async (walk) => {
    const { page, shot, t } = walk
    await opensTheShop(walk)
    await shot('shop', 'The sample shop. Nobody is signed in.')
    await goesToSignIn(walk)
    await shot('sign-in', 'Signing in begins with an address or a passkey.')
    await choosesToCreateAnAccount(walk)
    await givesAnAddress(walk)
    await shot('create-account', 'An account begins with an e-mail address, and says what it is not for.')
    const code = await sendsTheAddress(walk)
    const tab = await page.context().newPage()
    await tab.goto(`${walk.addresses.tour}/outbox?still=1`)
    await shot('outbox', 'The code, in the outbox of the demo.', tab)
    await tab.close()
    await page.bringToFront()
    await typesTheCode(walk, code, 'create-account')
    await givesTheirName(walk)
    await shot('details', 'A name, and what is optional says so.')
    await goesOnToTheirAnswers(walk)
    await shot('check', 'Everything to be kept, before it is.')
    await finishesTheAccount(walk)
    await shot('passkey', 'A passkey is offered, and “not now” is its equal.')
    await createsAPasskey(walk)
    await shot('questions', 'One question per purpose and contact channel. Nothing is chosen beforehand.')
    await answers(walk, 'marketing.direct.email', 'yes')
    await answers(walk, 'marketing.direct.sms', 'no')
    await answers(walk, 'personalisation.onsite.none', 'no')
    await shot('answered', 'Offers by e-mail, yes. The rest, no.')
    await savesTheAnswers(walk)
    await shot('saved', 'What was decided, with a receipt.')
    await goesOnToTheShop(walk)
    await shot('signed-in', 'Signed in to the shop.')
    await connectsTheNewsletter(walk)
    await shot('newsletter-sees', 'The newsletter system is told e-mail and first name.')
    await opensTheirPermissions(walk)
    await answers(walk, 'marketing.direct.email', 'no')
    await shot('permissions', 'Taking it back is the same form and the same click.')
    await presses(walk, t('permissions.save'))
    await arrivesAt(walk, t('withdrawn.title'))
    await shot('withdrawn', 'Withdrawn, with a receipt.')
    await opensTheNewsletter(walk)
    await shot('newsletter-sees-nothing', 'Asked again at once, the newsletter system is told neither.')
    await page.goto(`${walk.addresses.issuer}/privacy/recipients`)
    await arrivesAt(walk, t('recipients.title'))
    await shot('who-received', 'Who has received what, by name.')
  },
}
