import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { decideFor, restrictProcessing } from '../../../src/features/consent/index.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { evidence, house, purposes } from '../../features/consent/consent-house.ts'
import { type CustomerSite, openBrowser, openCustomerSite } from './customer-site.ts'

let site: CustomerSite
let officer: Actor
beforeAll(async () => {
  site = await openCustomerSite()
  officer = { kind: 'staff', staffId: site.norte.entropy.id(), roles: ['dpo'], assurance: 'passkey' }
})
afterAll(() => site?.close())
afterEach(() => expect(site.failures).toEqual([]))

const email = 'choice.marketing.direct.email'
const action = '/privacy/permissions/during-restriction'
const register = async (name: string) => {
  const subjectId = await site.norte.register(name)
  return { subjectId, browser: openBrowser(site.origin, subjectId) }
}
type Visitor = Awaited<ReturnType<typeof register>>
const open = ({ browser }: Visitor) => browser.open('/privacy/permissions')
const yesTo = async (who: Visitor) => {
  await who.browser.submit(await open(who), { [email]: 'yes', decide: 'save' })
  site.norte.pass(1000)
}
/** What the one decision says about e-mail to this person, and what is kept of it for exports. */
const answerFor = async (subjectId: SubjectId) => {
  const [decision] =
    (await decideFor(site.norte.parts, subjectId, [
      {
        system: 'newsletter',
        purpose: 'marketing.direct',
        contactChannel: 'email',
        attribute: 'email',
        ...house,
      },
    ])) ?? []
  const kept = await site.norte.parts.records.permissionsOf(subjectId)
  const row = kept.find((one) => one.purpose === 'marketing.direct' && one.contactChannel === 'email')
  return [decision?.reason, row?.reason]
}

describe('While the use of her data is restricted (GDPR 18(2))', () => {
  let eva: Visitor
  beforeAll(async () => {
    eva = await register('Eva')
    await yesTo(eva)
    await restrictProcessing(site.norte.parts, {
      subjectId: eva.subjectId,
      actor: officer,
      evidence,
      idempotencyKey: site.norte.entropy.id(),
      ...house,
      scope: ['marketing.*'],
      ground: 'accuracy',
    })
    site.norte.pass(1000)
  })

  test('Eva is offered each use by itself, with nothing chosen for her', async () => {
    expect(await answerFor(eva.subjectId)).toEqual(['RESTRICTED', 'RESTRICTED'])
    const page = await open(eva)
    const section = page.$('section[aria-labelledby=during-restriction]')
    expect(section.find('form')).toHaveLength(2)
    expect(section.find('[checked]')).toHaveLength(0)
    expect(section.text()).toContain('Ahora no se usan para esto.')
    // Saving the whole form again allows nothing in spite of the restriction.
    await eva.browser.submit(page, { decide: 'save' })
    await eva.browser.submit(await open(eva), { all: 'yes' })
    expect((await answerFor(eva.subjectId))[0]).toBe('RESTRICTED')
  })

  test('one click allows that use and no other, another takes it back', async () => {
    site.norte.pass(1000)
    const saved = await eva.browser.submit(await open(eva), { [email]: 'yes' }, action)
    expect(saved.location).toContain('/saved/')
    expect(await answerFor(eva.subjectId)).toEqual(['CONSENT_GIVEN', 'CONSENT_GIVEN'])
    const given = site.norte.owner('consent_events').where({ subject_id: eva.subjectId, type: 'given' })
    expect(await given.clone().where('during_restriction', true).pluck('contact_channel')).toEqual(['email'])
    site.norte.pass(1000)
    const page = await open(eva)
    const section = page.$('section[aria-labelledby=during-restriction]')
    expect(section.find(`[name="${email}"]`).attr('value')).toBe('no')
    expect(section.text()).toContain('Retirar este permiso')
    await eva.browser.submit(page, { [email]: 'no' }, action)
    expect(await answerFor(eva.subjectId)).toEqual(['RESTRICTED', 'RESTRICTED'])
    expect((await open(eva)).text).toContain('Permitir aunque esté limitado')
  })

  test('a later restriction is not what she agreed to', async () => {
    site.norte.pass(1000)
    await eva.browser.submit(await open(eva), { [email]: 'yes' }, action)
    expect((await answerFor(eva.subjectId))[0]).toBe('CONSENT_GIVEN')
    site.norte.pass(1000)
    await restrictProcessing(site.norte.parts, {
      subjectId: eva.subjectId,
      actor: officer,
      evidence,
      idempotencyKey: site.norte.entropy.id(),
      ...house,
      scope: ['marketing.direct'],
      ground: 'unlawful',
    })
    expect((await answerFor(eva.subjectId))[0]).toBe('RESTRICTED')
  })

  test('whoever is not restricted is offered nothing of the kind, and cannot say it', async () => {
    const rita = await register('Rita')
    await yesTo(rita)
    const page = await open(rita)
    expect(page.$('#during-restriction')).toHaveLength(0)
    const shown = page.$('[name="shown.marketing.direct.email"]').attr('value') ?? ''
    const csrf = page.$('[name=_csrf]').first().attr('value') ?? ''
    const sent = await rita.browser.send(action, {
      method: 'POST',
      headers: { origin: site.origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        _csrf: csrf,
        'shown.marketing.direct.email': shown,
        [email]: 'yes',
      }).toString(),
    })
    expect(sent.location).toContain('done=unchanged')
    const said = site.norte.owner('consent_events').where({ subject_id: rita.subjectId })
    expect(await said.clone().where('during_restriction', true)).toEqual([])
  })
})

describe('Iván moves to Germany', () => {
  test('his old yes is judged by German law at once, which asks him to confirm; back in Spain it counts again', async () => {
    const ivan = await register('Iván')
    await yesTo(ivan)
    expect(await answerFor(ivan.subjectId)).toEqual(['CONSENT_GIVEN', 'CONSENT_GIVEN'])
    const data = await ivan.browser.open('/privacy/your-data')
    expect(data.$('main').text()).toContain('Vives en: España.')
    const form = await ivan.browser.open('/privacy/residence')
    expect(form.$('option[selected]').attr('value')).toBe('ES')
    const moved = await ivan.browser.submit(form, { country: 'DE' })
    expect(moved.location).toContain('done=moved')
    expect((await ivan.browser.open(moved.location)).text).toContain('Vives en: Alemania.')
    expect(await answerFor(ivan.subjectId)).toEqual(['DOUBLE_OPT_IN_MISSING', 'DOUBLE_OPT_IN_MISSING'])
    const [entry] = (
      await site.norte.owner('audit_entries').where({ stream_id: ivan.subjectId }).orderBy('seq', 'desc')
    ).map(({ entry: text }) => JSON.parse(text))
    expect(entry).toMatchObject({ action: 'consent.subject-moved', facts: { jurisdiction: 'DE' } })
    await ivan.browser.submit(await ivan.browser.open('/privacy/residence'), { country: 'ES' })
    expect(await answerFor(ivan.subjectId)).toEqual(['CONSENT_GIVEN', 'CONSENT_GIVEN'])
  })

  test.each(['', 'Alemania', 'EU', 'ZZ', 'de'])('"%s" is no country', async (country) => {
    const nora = await register(`Nora${country.length}${country}`)
    const form = await nora.browser.open('/privacy/residence')
    const refused = await nora.browser.submit(form, { country })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Elige un país de la lista.')
    const kept = site.norte.owner('subjects').where({ subject_id: nora.subjectId })
    expect(await kept.pluck('jurisdiction')).toEqual(['ES'])
  })
})

describe('Data that came from elsewhere', () => {
  const declare = (subjectId: SubjectId, attribute: string, source: string) =>
    site.norte
      .owner('assertions')
      .where({ subject_id: subjectId, attribute_id: attribute })
      .update({ source })
  const mayUse = async (subjectId: SubjectId) =>
    (
      await decideFor(site.norte.parts, subjectId, [
        {
          system: 'newsletter',
          purpose: 'marketing.direct',
          contactChannel: 'email',
          attribute: 'given_name',
          ...house,
        },
      ])
    )?.[0]

  test('is covered by a yes only where the notice named its source, and is told of until it was', async () => {
    const direct = purposes.find(({ id }) => id === 'marketing.direct')
    if (direct === undefined) throw new Error('no such purpose')
    const { title, ...draft } = direct
    await site.norte.publish({ ...draft, change: 'material', sources: ['web', 'store'] }, title, 2)
    await site.norte.registry.refresh()
    const olga = {
      subjectId: await site.norte.register('Olga', { values: { given_name: 'Olga' } }),
    }
    const visitor = { ...olga, browser: openBrowser(site.origin, olga.subjectId) }
    await yesTo(visitor)
    const pinned = site.norte.owner('consent_events').where({ subject_id: olga.subjectId })
    expect(await pinned.clone().pluck('sources')).toEqual([['web', 'store']])
    await declare(olga.subjectId, 'given_name', 'web:sign-in')
    expect(await mayUse(olga.subjectId)).toMatchObject({ reason: 'CONSENT_GIVEN' })
    await declare(olga.subjectId, 'given_name', 'partner:club-sur')
    expect(await mayUse(olga.subjectId)).toMatchObject({ reason: 'ATTRIBUTE_NOT_COVERED_BY_CONSENT' })
  })
})
