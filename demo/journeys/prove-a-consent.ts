import { people } from '../seed/people.ts'
import type { Journey } from './journey.ts'
import { enrolsAsOfficer } from './staff-enrolment.ts'
import { arrivesAt, follows, presses } from './steps.ts'

const [ana] = people

/** The demo's people gave their answers on the day it was made, and days begin in Madrid. */
const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Madrid' }).format(new Date())

export const proveAConsent: Journey = {
  name: 'prove-a-consent',
  title: 'Prove that somebody agreed',
  about:
    'Did Ana agree to offers by e-mail that day? One page answers: what stood, on which text, by whom, with what proof; and one file proves it to somebody who does not trust us.',
  walk: async (walk) => {
    const { page, shot, t } = walk
    await enrolsAsOfficer(walk)
    await follows(walk, t('proof.home'))
    await arrivesAt(walk, t('proof.title'))
    await page.locator('[name=email]').fill(ana.email)
    await page.locator('[name=purpose]').selectOption('marketing.direct')
    await page.locator('[name=contact_channel]').selectOption('email')
    await page.locator('[name=day]').fill(today())
    await page.locator('[name=reason]').fill('Reclamación 2026-114')
    await shot('question', 'Who, for what, by which channel, on which day, and why it is asked.')
    await presses(walk, t('proof.search'))
    const answer = page.getByRole('heading', { name: t('proof.stood'), exact: true })
    await answer.waitFor()
    await answer.scrollIntoViewIfNeeded()
    await shot('answer', 'How it stood at the end of that day, and the act that made it so.')
    await page.getByText(t('proof.download'), { exact: true }).first().scrollIntoViewIfNeeded()
    await shot('proof', 'The place in the log, and the file that proves it without us.')
  },
}
