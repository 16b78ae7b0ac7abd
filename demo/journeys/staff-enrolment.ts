import type { Journey, Walk } from './journey.ts'
import { arrivesAt, presses } from './steps.ts'

/** Whom the demo enrols. */
const officer = 'Marta Rey'

/** From the single-use link to the page where an officer begins. */
export async function enrolsAsOfficer(
  walk: Walk,
  onLink: () => Promise<void> = async () => {},
): Promise<void> {
  const { page, t, addresses } = walk
  await page.goto(`${addresses.tour}/staff`)
  await arrivesAt(walk, t('staffEnrol.title'))
  await onLink()
  await presses(walk, t('staffEnrol.create'))
  const home = t('staffHome.greeting', { name: officer })
  const signIn = page.getByRole('heading', { name: t('staffSignIn.title'), exact: true })
  await signIn.or(page.getByRole('heading', { name: home, exact: true })).waitFor()
  if (await signIn.isVisible()) await presses(walk, t('staffSignIn.usePasskey'))
  await arrivesAt(walk, home)
}

export const staffEnrolment: Journey = {
  name: 'staff-enrolment',
  title: 'Begin to work here',
  about:
    'Staff have no password: a single-use link, a passkey made with it, and from then on the passkey alone.',
  walk: async (walk) => {
    const { shot, t } = walk
    await enrolsAsOfficer(walk, () => shot('enrol', 'The single-use link, with the role it is for.'))
    await shot('home', 'What this role may do, and what it may not.')
    await presses(walk, t('staffHome.signOut'))
    await arrivesAt(walk, t('staffSignIn.title'))
    await shot('sign-in', 'Signed out. From now on, the passkey.')
    await presses(walk, t('staffSignIn.usePasskey'))
    await arrivesAt(walk, t('staffHome.greeting', { name: officer }))
  },
}
