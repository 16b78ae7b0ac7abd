import { people } from '../seed/people.ts'
import type { Journey } from './journey.ts'
import { enrolsAsOfficer } from './staff-enrolment.ts'
import { arrivesAt, follows, presses } from './steps.ts'

const [ana] = people

export const restrictAPerson: Journey = {
  name: 'restrict-a-person',
  title: 'Restrict the use of somebody’s data',
  about:
    'Ana contests that her data are right. Her file is opened for a reason that stays on her record; the effect is shown before it happens; from then on every exit says no, and says why.',
  walk: async (walk) => {
    const { page, shot, t } = walk
    await enrolsAsOfficer(walk)
    await follows(walk, t('consoleMenu.people'))
    await arrivesAt(walk, t('people.title'))
    await page.locator('[name=person]').fill(ana.email)
    await page.locator('[name=reason]').fill('Solicitud 2026-114')
    await shot('find', 'One person, by something that is hers alone, and why she is opened.')
    await presses(walk, t('people.open'))
    await arrivesAt(walk, t('person.title'))
    await shot(
      'person',
      'What stands: answers, objections, restrictions, what we stopped. No name, no address.',
    )
    await follows(walk, t('measure.restrict.title'))
    await arrivesAt(walk, t('measure.restrict.title'))
    await page.locator('[name=scope][value=purpose]').check()
    await page.locator('select[name=purpose]').selectOption('marketing.*')
    await page.locator('[name=ground][value=accuracy]').check()
    await page.locator('[name=reason]').fill('Solicitud 2026-114')
    await presses(walk, t('measure.check'))
    await arrivesAt(walk, t('measure.restrict.check'))
    await shot('effect', 'The effect, before anything happens: which permissions stop counting.')
    await presses(walk, t('measure.restrict.confirm'))
    await page.getByText(t('flash.measure.restrict'), { exact: true }).waitFor()
    await page.getByRole('heading', { name: t('person.acts'), exact: true }).scrollIntoViewIfNeeded()
    await shot('timeline', 'Everything on record along time, each act one press away from its proof.')
    await follows(walk, t('explain.title'))
    await page.locator('select[name=purpose]').selectOption('marketing.direct')
    await page.locator('select[name=contact_channel]').selectOption('email')
    await presses(walk, t('explain.ask'))
    await page.getByRole('heading', { name: t('explain.denied'), exact: true }).waitFor()
    await shot('explanation', 'Why the same question is now answered by no, rule by rule.')
  },
}
