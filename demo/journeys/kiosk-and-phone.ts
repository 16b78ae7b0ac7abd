import { people, type SeedPerson } from '../seed/people.ts'
import { kiosk } from '../seed/places.ts'
import { tourWords } from '../tour/words.ts'
import { type Journey, phoneScreen, type Walk } from './journey.ts'
import { answers, arrivesAt, follows, presses } from './steps.ts'

const [ana, bruno] = people

/** Upright, as screens in shops stand. */
const kioskScreen = { width: 1080, height: 1920 }

/** From the tour, with its one press: this browser gets a key and is a kiosk from then on. */
async function opensTheKiosk(screen: Walk): Promise<void> {
  const { page, t, addresses, language } = screen
  const [, , , task] = tourWords[language].tasks
  await page.goto(addresses.tour)
  await follows(screen, task.go[0]?.[1] ?? '')
  await arrivesAt(screen, t('kioskSetup.title'))
  await presses(screen, t('kioskSetup.go'))
  await page.setViewportSize(kioskScreen)
  await follows(screen, t('kioskSetup.open'))
  await page.locator('[data-help]').waitFor()
}

/** A touch on the language shows a code, and the number that the phone will ask for. */
async function asksForACode({ page, t, language }: Walk): Promise<{ code: string; number: string }> {
  await page.locator(`[data-screen=attract] a[lang=${language}]`).click()
  await page.getByRole('heading', { level: 1, name: t('kiosk.code.title'), exact: true }).waitFor()
  const shown = page.locator('[data-screen=code]')
  return {
    code: (await shown.locator('[data-code]').textContent()) ?? '',
    number: (await shown.locator('[data-number]').textContent()) ?? '',
  }
}

/** On the phone: types the kiosk's code, signs in with one click, and stands before the question. */
async function opensTheCode(phone: Walk, code: string, person: SeedPerson): Promise<void> {
  const { page, t, addresses } = phone
  await page.goto(`${addresses.issuer}/device?${new URLSearchParams({ user_code: code })}`)
  await arrivesAt(phone, t('identify.title'))
  await presses(phone, person.firstName)
  await arrivesAt(phone, t('phoneConfirm.title', { kiosk: kiosk.name }))
}

async function saysYes(phone: Walk, number: string, beforeIt = async () => {}): Promise<void> {
  const { page, t } = phone
  await page.getByRole('radio', { name: number }).check()
  await beforeIt()
  await presses(phone, t('phoneConfirm.approve', { kiosk: kiosk.name }))
  await arrivesAt(phone, t('phoneDone.title'))
}

export const kioskAndPhone: Journey = {
  name: 'kiosk-and-phone',
  title: 'At a kiosk, with the phone in hand',
  about:
    'Two browsers: the screen of a kiosk, and the phone of whoever stands before it. Ana signs in on her phone, changes an answer on the kiosk, and leaves; Bruno comes after her and finds nothing of hers.',
  walk: async (walk) => {
    const { page, shot, t } = walk
    await opensTheKiosk(walk)
    await shot('attract', 'The kiosk waits. Nothing is typed on it but a touch on one’s language.')
    const { code, number } = await asksForACode(walk)
    await shot('code', 'A code for the phone, and a number that the phone will ask for.')
    const phone = await walk.beside(phoneScreen)
    await opensTheCode(phone, code, ana)
    await shot('phone', 'Ana’s phone: which screen asks, and the ways out before the yes.', phone.page)
    await saysYes(phone, number, () =>
      shot('number', 'The number she sees on the screen in front of her, and only then the yes.', phone.page),
    )
    await arrivesAt(walk, t('kioskChoices.title'))
    await shot(
      'choices',
      'The kiosk asks, in words of its own. No name, and nothing of what she said before.',
    )
    await answers(walk, 'marketing.direct.sms', 'yes')
    await presses(walk, t('kioskChoices.review'))
    await arrivesAt(walk, t('kioskReview.title'))
    await shot('review', 'Before anything is kept.')
    await presses(walk, t('kioskReview.save'))
    await arrivesAt(walk, t('kioskDone.title'))
    await shot('done', 'Saved; the receipt goes to her own address.')
    await presses(walk, t('kioskVisit.end'))
    await arrivesAt(walk, t('kioskClosed.title'))
    await shot('closed', 'She has left, and nothing of hers is there.')
    await phone.page.goto(`${walk.addresses.issuer}/privacy/permissions`)
    await arrivesAt(phone, t('permissions.title'))
    await shot('on-her-phone', 'The same answer on her own phone.', phone.page)
    await page.goto(`${walk.addresses.issuer}/kiosk`)
    const again = await asksForACode(walk)
    const other = await walk.beside(phoneScreen)
    await opensTheCode(other, again.code, bruno)
    await saysYes(other, again.number)
    await arrivesAt(walk, t('kioskChoices.title'))
    await shot('after-her', 'Bruno comes after her, and nothing is answered.')
    await presses(walk, t('kioskVisit.end'))
    await arrivesAt(walk, t('kioskClosed.title'))
  },
}
