import { people } from '../seed/people.ts'
import type { Journey } from './journey.ts'
import { enrolsAsOfficer } from './staff-enrolment.ts'
import {
  arrivesAt,
  follows,
  goesToSignIn,
  isGreetedByTheShop,
  leavesAnyPasskeyOffer,
  presses,
  typesTheirAddressToSignIn,
} from './steps.ts'

const [ana] = people

const purpose = 'personalisation.onsite'

/** The words the journey writes, and what they were. */
export const rewording = {
  before: 'Ver primero lo que suele gustar a personas de tu edad.',
  after: 'Ver primero lo que suele gustar a personas de tu edad y de tu zona.',
} as const

export const changeAPurpose: Journey = {
  name: 'change-a-purpose',
  title: 'Change what people agreed to',
  about:
    'A material change: drafted, looked at as customers will see it, published with the number of people it concerns, and then asked of each of them again.',
  walk: async (walk) => {
    const { page, shot, t, addresses, device } = walk
    await enrolsAsOfficer(walk)
    await follows(walk, t('purposes.title'))
    await arrivesAt(walk, t('purposes.title'))
    await shot('purposes', 'What data is used for, and what people decided: yes and no side by side.')
    await page.locator(`a[href="/dpo/purposes/${purpose}"]`).click()
    await follows(walk, t('purpose.write'))
    await page.locator('[name=change][value=material]').check()
    await page.locator('[name="summary.0"]').fill(rewording.after)
    await presses(walk, t('draft.save'))
    await page.getByText(t('flash.draft-saved')).waitFor()
    await shot('draft', 'The draft is saved; what the linter finds stands at its field.')
    await page.goto(`${addresses.issuer}/dpo/purposes/${purpose}/preview?language=es&reader=agreed`)
    await arrivesAt(walk, t('preview.title'))
    await shot(
      'preview',
      'The same card that customers will meet, with what changed for whoever agreed before.',
    )
    await page.goto(`${addresses.issuer}/dpo/purposes/${purpose}/publish`)
    await page.getByText(t('publish.askedAgainAbout')).waitFor()
    await shot('impact', 'How many will be asked again, before anything happens.')
    const despite = page.locator('[name=despite]')
    if ((await despite.count()) > 0) await despite.check()
    await presses(walk, t('publish.now'))
    await page.getByText(t('flash.purpose-published')).waitFor()
    await page.getByRole('heading', { name: t('purpose.versions') }).scrollIntoViewIfNeeded()
    await shot('published', 'In force, with every version it ever had.')
    // The officer's passkey is no customer's, and would otherwise be offered to the page by itself.
    await device?.agrees(false)
    await goesToSignIn(walk)
    await typesTheirAddressToSignIn(walk, ana.email)
    await page.locator('input[type=password]').fill(ana.password)
    await presses(walk, t('enterPassword.continue'))
    await leavesAnyPasskeyOffer(walk)
    await arrivesAt(walk, t('preferences.title.changed'))
    await shot(
      'asked-again',
      'Ana signs in and is asked again, with what changed marked. She may go on without answering.',
    )
    await presses(walk, t('preferences.later'))
    await isGreetedByTheShop(walk, ana.firstName)
  },
}
