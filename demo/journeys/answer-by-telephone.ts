import { newsletterWords } from '../../examples/newsletter/words.ts'
import { codeIn } from '../outbox/code-in.ts'
import { people } from '../seed/people.ts'
import { type Journey, phoneScreen, type Walk } from './journey.ts'
import { answers, arrivesAt, follows, presses } from './steps.ts'

const [, bruno] = people

const spoken = 'marketing.direct.email'

/** The message that an action of the agent's sends to Bruno. */
async function messageAfter({ outbox }: Walk, action: () => Promise<void>) {
  const since = new Date()
  await action()
  return outbox.next(bruno.email, since)
}

/** Connects Bruno's account as he would at home, so that the mailing system may ask about him. */
async function letsTheNewsletterAsk(home: Walk): Promise<void> {
  const { page, t, language, addresses } = home
  await page.goto(addresses.newsletter)
  await follows(home, newsletterWords[language].connect)
  await arrivesAt(home, t('identify.title'))
  await presses(home, bruno.firstName)
  await page.locator('[data-subscriber]').first().waitFor()
}

/** Which record, and why it is opened; then it has to be shown that it is him. */
async function opensTheRecord(walk: Walk): Promise<void> {
  const { page, t } = walk
  await page.locator('input[name=candidate]').first().check()
  await page.locator('input[name=reason][value=privacy]').check()
  await presses(walk, t('calls.choose'))
  await arrivesAt(walk, t('calls.verify.title'))
}

async function verifiesByCode(walk: Walk): Promise<void> {
  const { page, t } = walk
  const mail = await messageAfter(walk, async () => {
    await presses(walk, t('calls.code.send'))
    await page.locator('input[name=code]').waitFor()
  })
  await page.locator('input[name=code]').fill(codeIn(mail) ?? '')
  await presses(walk, t('calls.code.check'))
  await arrivesAt(walk, t('calls.caller.title'))
}

export const answerByTelephone: Journey = {
  name: 'answer-by-telephone',
  title: 'Say yes on the telephone, and confirm it oneself',
  about:
    'Bruno rings. Lucía verifies that it is him, reads the words aloud and notes his yes, which permits nothing: the mailing system is told nothing until he confirms it on his own phone.',
  walk: async (walk) => {
    const { page, shot, t, addresses, language } = walk
    const home = await walk.beside(phoneScreen)
    await letsTheNewsletterAsk(home)
    await page.goto(addresses.tour)
    await page.locator('a[href="/call?who=bruno"]').click()
    await arrivesAt(walk, t('calls.find.title'))
    await shot('rings', 'Bruno rings, and the call opens on Lucía’s screen. The number proves nobody.')
    await opensTheRecord(walk)
    await shot(
      'ladder',
      'Ways to show that it is him, the surest first. No questions about what is on record.',
    )
    await verifiesByCode(walk)
    await shot('verified', 'The code that only he could read opened these fields, and for this call alone.')
    await follows(walk, t('calls.task.choices'))
    await arrivesAt(walk, t('calls.script.title'))
    await answers(walk, spoken, 'yes')
    await shot('script', 'The words to read aloud, and what he answers. Nobody says yes for a customer.')
    const message = await messageAfter(walk, () => presses(walk, t('calls.script.save')))
    await arrivesAt(walk, t('calls.told.title.pending'))
    await shot('pending', 'Noted, and without effect until he confirms it.')
    await home.page.goto(addresses.newsletter)
    await arrivesAt(home, newsletterWords[language].title)
    await shot('nothing-yet', 'Asked now, the mailing system is told nothing.', home.page)
    const link = new RegExp(`${addresses.issuer}/call/\\S+`).exec(message.text)?.[0] ?? ''
    await home.page.goto(link)
    await arrivesAt(home, t('callLink.title.asks'))
    await shot('asks', 'His own phone: what was read to him, and “that was not me”.', home.page)
    await answers(home, spoken, 'yes')
    await presses(home, t('callLink.save'))
    await arrivesAt(home, t('callLink.title.answered'))
    await shot('confirmed', 'His own answer.', home.page)
    await home.page.goto(addresses.newsletter)
    await shot('newsletter-sees', 'From this second on, the mailing system may write to him.', home.page)
    await home.page.goto(`${addresses.issuer}/privacy/history`)
    await arrivesAt(home, t('history.title'))
    await shot('history', 'His own history: what he decided, where, and the receipt of it.', home.page)
  },
}
