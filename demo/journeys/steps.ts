import { newsletterWords } from '../../examples/newsletter/words.ts'
import { shopWords } from '../../examples/shop/words.ts'
import type { MessageKey } from '../../views/page.tsx'
import { codeIn } from '../outbox/code-in.ts'
import type { Walk } from './journey.ts'

/** What a person does on one page, by the words they see there; every step ends on the page that it leads to. */

export const arrivesAt = ({ page }: Walk, heading: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()

const arrivesAtPage = (walk: Walk, key: MessageKey): Promise<void> => arrivesAt(walk, walk.t(key))

export const presses = ({ page }: Walk, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click()

const pressesWords = (walk: Walk, key: MessageKey): Promise<void> => presses(walk, walk.t(key))

export const follows = ({ page }: Walk, name: string): Promise<void> =>
  page.getByRole('link', { name, exact: true }).first().click()

export async function opensTheShop(walk: Walk): Promise<void> {
  await walk.page.goto(walk.addresses.shop)
  await arrivesAt(walk, shopWords[walk.language].season)
}

export async function goesToSignIn(walk: Walk): Promise<void> {
  await opensTheShop(walk)
  await follows(walk, shopWords[walk.language].signIn)
  await arrivesAtPage(walk, 'identify.title')
}

export async function choosesToCreateAnAccount(walk: Walk): Promise<void> {
  await follows(walk, walk.t('identify.createAccount'))
  await arrivesAtPage(walk, 'createAccount.title')
}

export async function givesAnAddress(walk: Walk): Promise<void> {
  await walk.page.locator('input[type=email]').fill(walk.person.email)
}

/** Waits for the mail that the action causes, and reads the code out of it. */
async function codeAfter(walk: Walk, email: string, action: () => Promise<void>): Promise<string> {
  const since = new Date()
  await action()
  const code = codeIn(await walk.outbox.next(email, since))
  if (code === undefined) throw new Error(`the mail to ${email} has no code in it`)
  return code
}

export async function sendsTheAddress(walk: Walk): Promise<string> {
  return codeAfter(walk, walk.person.email, async () => {
    await pressesWords(walk, 'createAccount.continue')
    await arrivesAtPage(walk, 'enterCode.title')
  })
}

export async function typesTheCode(
  walk: Walk,
  code: string,
  because: 'sign-in' | 'create-account',
): Promise<void> {
  await walk.page.locator('input[autocomplete=one-time-code]').fill(code)
  await pressesWords(walk, `enterCode.continue.${because}`)
}

export async function givesTheirName(walk: Walk): Promise<void> {
  await arrivesAtPage(walk, 'yourDetails.title')
  await walk.page.locator('input[autocomplete=given-name]').fill(walk.person.firstName)
}

export async function goesOnToTheirAnswers(walk: Walk): Promise<void> {
  await pressesWords(walk, 'yourDetails.continue')
  await arrivesAtPage(walk, 'checkAnswers.title')
}

export async function finishesTheAccount(walk: Walk): Promise<void> {
  await pressesWords(walk, 'checkAnswers.finish')
  await arrivesAtPage(walk, 'createPasskey.title')
}

export async function createsAPasskey(walk: Walk): Promise<void> {
  await pressesWords(walk, 'createPasskey.create')
  await arrivesAtPage(walk, 'preferences.title.first-time')
}

export async function leavesThePasskeyForLater(walk: Walk): Promise<void> {
  await pressesWords(walk, 'createPasskey.notNow')
  await arrivesAtPage(walk, 'preferences.title.first-time')
}

/** From the shop's door to the questions, without stopping. */
export async function createsAnAccount(walk: Walk, passkey: 'passkey' | 'no passkey'): Promise<void> {
  await goesToSignIn(walk)
  await choosesToCreateAnAccount(walk)
  await givesAnAddress(walk)
  await typesTheCode(walk, await sendsTheAddress(walk), 'create-account')
  await givesTheirName(walk)
  await goesOnToTheirAnswers(walk)
  await finishesTheAccount(walk)
  await (passkey === 'passkey' ? createsAPasskey(walk) : leavesThePasskeyForLater(walk))
}

export async function answers(walk: Walk, question: string, answer: 'yes' | 'no'): Promise<void> {
  await walk.page.locator(`input[name="choice.${question}"][value=${answer}]`).check()
}

export async function savesTheAnswers(walk: Walk): Promise<void> {
  await pressesWords(walk, 'preferences.save')
  await arrivesAtPage(walk, 'savedChoices.title')
}

export async function refusesEverything(walk: Walk): Promise<void> {
  await pressesWords(walk, 'preferences.refuseAll')
  await arrivesAtPage(walk, 'savedChoices.title')
}

export async function goesOnToTheShop(walk: Walk): Promise<void> {
  await pressesWords(walk, 'savedChoices.continue')
  await isGreetedByTheShop(walk, walk.person.firstName)
}

export const isGreetedByTheShop = (walk: Walk, firstName: string): Promise<void> =>
  arrivesAt(walk, shopWords[walk.language].hello(firstName))

export async function signsOutOfTheShop(walk: Walk): Promise<void> {
  await presses(walk, shopWords[walk.language].signOut)
  await arrivesAtPage(walk, 'signOut.title')
  await walk.page.locator('button[name=scope][value=all]').click()
  await arrivesAt(walk, shopWords[walk.language].season)
}

export async function opensTheNewsletter(walk: Walk): Promise<void> {
  await walk.page.goto(walk.addresses.newsletter)
  await arrivesAt(walk, newsletterWords[walk.language].title)
}

/** Nothing is asked on the way: signed in already, and the mailing system is no other company. */
export async function connectsTheNewsletter(walk: Walk): Promise<void> {
  await opensTheNewsletter(walk)
  await follows(walk, newsletterWords[walk.language].connect)
  await walk.page.locator('[data-subscriber]').first().waitFor()
}

export async function opensTheirPermissions(walk: Walk): Promise<void> {
  await walk.page.goto(`${walk.addresses.issuer}/privacy/permissions`)
  await arrivesAtPage(walk, 'permissions.title')
}

export async function typesTheirAddressToSignIn(walk: Walk, email: string): Promise<void> {
  await walk.page.locator('input[type=email]').fill(email)
  await pressesWords(walk, 'identify.continue')
  await arrivesAtPage(walk, 'enterPassword.title')
}

export async function asksForACode(walk: Walk, email: string): Promise<string> {
  return codeAfter(walk, email, async () => {
    await pressesWords(walk, 'enterPassword.sendCode')
    await arrivesAtPage(walk, 'enterCode.title')
  })
}

export async function leavesAnyPasskeyOffer(walk: Walk): Promise<void> {
  await arrivesAtPage(walk, 'createPasskey.title')
  await pressesWords(walk, 'createPasskey.notNow')
}
