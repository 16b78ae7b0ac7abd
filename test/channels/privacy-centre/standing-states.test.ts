import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  announceLift,
  liftRestriction,
  objectToPurpose,
  overrideObjection,
  pgLiftNoticeReads,
  recordChoices,
  restrictProcessing,
  suppressContact,
} from '../../../src/features/consent/index.ts'
import { pgIdentityReads } from '../../../src/features/identity/index.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { dpo, evidence, house, purposes } from '../../features/consent/consent-house.ts'
import { type CustomerSite, openBrowser, openCustomerSite } from './customer-site.ts'

let site: CustomerSite
let officer: Actor
beforeAll(async () => {
  site = await openCustomerSite()
  officer = { kind: 'staff', staffId: site.norte.entropy.id(), roles: ['dpo'], assurance: 'passkey' }
})
afterAll(() => site.close())
afterEach(() => expect(site.failures).toEqual([]))

const hour = 3_600_000
const email = 'choice.marketing.direct.email'
const register = async (name: string, birthDate?: string) => {
  const values = birthDate === undefined ? {} : { values: { birth_date: birthDate } }
  const subjectId = await site.norte.register(name, values)
  return { subjectId, browser: openBrowser(site.origin, subjectId) }
}
type Visitor = Awaited<ReturnType<typeof register>>
const wordsAt = async ({ browser }: Visitor, path = '/privacy/permissions') =>
  (await browser.open(path)).$('main').text()
const act = (subjectId: SubjectId, actor: Actor) => ({
  subjectId,
  actor,
  evidence,
  idempotencyKey: site.norte.entropy.id(),
  ...house,
})
const yesTo = async (who: Visitor) => {
  const page = await who.browser.open('/privacy/permissions')
  const saved = await who.browser.submit(page, { [email]: 'yes', decide: 'save' })
  await site.settled()
  site.norte.pass(1000)
  return who.browser.open(saved.location)
}
const mailsTo = (to: string) => site.outbox.messages.filter(({ recipients }) => recipients.includes(to))
const lastMail = (to: string) => mailsTo(to).at(-1)?.text ?? ''

/** A guardian opens the link, proves the mailbox, declares, and answers everything alike. */
async function guardianAnswers(who: Visitor, address: string, all: 'yes' | 'no') {
  await who.browser.submit(await who.browser.open('/privacy/guardian'), { email: address })
  const path = new URL(/https?:\/\/\S+\/guardian\/\S+/.exec(lastMail(address))?.[0] ?? '').pathname
  const guardian = openBrowser(site.origin)
  const page = await guardian.submit(await guardian.open(path), {}, `${path}/code`)
  const code = /^ {4}(\d{6})$/m.exec(lastMail(address))?.[1] ?? ''
  site.norte.pass(1000)
  const done = await guardian.submit(page, { name: 'Laura Gil', statement: 'yes', code, all })
  expect(done.status).toBe(200)
  site.norte.pass(1000)
  return path
}

describe('A child under the age of the country', () => {
  test('is told so before anything is asked, at the prompt and on their own pages', async () => {
    const leo = await register('Leo', '2013-03-10')
    const uid = site.interaction(leo.subjectId)
    expect(await wordsAt(leo, `/sign-in/${uid}/preferences`)).toContain('Tienes menos de 14 años.')
    expect(await wordsAt(leo)).toContain('Un no vale siempre.')
    // In France the age is another one, and the page reads it from the law and not from itself.
    await site.norte.owner('subjects').where('subject_id', leo.subjectId).update({ jurisdiction: 'FR' })
    expect(await wordsAt(leo)).toContain('Tienes menos de 15 años.')
    const adult = await register('Marta', '1990-05-01')
    expect(await wordsAt(adult)).not.toContain('Tienes menos de')
  })

  test('sees the way of a yes: to ask, asked until a day, not answered in time, said by the guardian', async () => {
    const mia = await register('Mia', '2013-03-10')
    const saved = await yesTo(mia)
    expect(saved.$('main').text()).toContain('Por tu edad')
    expect(saved.$('a[href="/privacy/guardian"]')).toHaveLength(1)
    expect(await wordsAt(mia)).toContain('Pedírselo')

    await mia.browser.submit(await mia.browser.open('/privacy/guardian'), { email: 'laura@correo.example' })
    expect(await wordsAt(mia)).toContain('Le hemos escrito. Puede contestar hasta el 25 de noviembre de 2026')
    site.norte.pass(73 * hour)
    expect(await wordsAt(mia)).toContain('Nadie contestó a tiempo, así que cuenta como no.')

    await guardianAnswers(mia, 'laura@correo.example', 'yes')
    const words = await wordsAt(mia)
    expect(words).toContain('Tu madre, tu padre o tu tutor dijo que sí el')
    expect(words).not.toContain('Nadie contestó')
    expect(await wordsAt(mia, '/privacy/history')).toContain(
      'Tu madre, tu padre o tu tutor dijo que sí: Novedades y ofertas',
    )
    expect(await wordsAt(mia, '/privacy/history')).not.toContain('lo apuntó')
  })

  test('sees a guardian’s no as the guardian’s', async () => {
    const noa = await register('Noa', '2013-03-10')
    await yesTo(noa)
    await guardianAnswers(noa, 'sara@correo.example', 'no')
    expect(await wordsAt(noa)).toContain('Tu madre, tu padre o tu tutor dijo que no el')
    // A no of their own needs nobody.
    const page = await noa.browser.open('/privacy/permissions')
    const refused = await noa.browser.submit(page, { all: 'no' })
    expect(refused.location).toContain('/saved/')
  })

  test('comes of age: what a guardian allowed stands and is now theirs, what they said too young never counts', async () => {
    const norte = site.norte
    // Fourteen on the tenth of January.
    const olga = await register('Olga', '2013-01-10')
    const pau = await register('Pau', '2013-01-10')
    await yesTo(olga)
    await yesTo(pau)
    const path = await guardianAnswers(olga, 'ines@correo.example', 'yes')
    norte.pass(60 * 24 * hour)
    const words = await wordsAt(olga)
    expect(words).toContain('Ya tienes 14 años: ahora decides tú')
    expect(words).toContain('Tu madre, tu padre o tu tutor dijo que sí el')
    expect((await openBrowser(site.origin).open(path)).status).toBe(410)
    // Saving something else confirms nothing for her; a yes of her own does, and then it is hers.
    const page = await olga.browser.open('/privacy/permissions')
    expect(page.$(`input[name="${email}"][checked]`)).toHaveLength(0)
    await olga.browser.submit(page, { 'choice.marketing.direct.sms': 'no', decide: 'save' })
    norte.pass(1000)
    expect(await wordsAt(olga)).toContain('Tu madre, tu padre o tu tutor dijo que sí el')
    await olga.browser.submit(await olga.browser.open('/privacy/permissions'), {
      [email]: 'yes',
      decide: 'save',
    })
    norte.pass(1000)
    const hers = await wordsAt(olga)
    expect(hers).toContain('Dijiste que sí el')
    expect(hers).not.toContain('ahora decides tú')

    const alone = await wordsAt(pau)
    expect(alone).toContain('Dijiste que sí antes de tener edad para decidir.')
    expect(alone).not.toContain('Falta que tu madre')
    expect(alone).not.toContain('permitió')
    expect(alone).toContain('Lo que dijiste antes de tener edad no cuenta.')
    // And at the next sign-in they are asked for a word of their own.
    const uid = site.interaction(pau.subjectId)
    const asked = await pau.browser.open(`/sign-in/${uid}/preferences`)
    expect(asked.$(`input[name="${email}"]`)).toHaveLength(2)
    await pau.browser.submit(asked, { [email]: 'yes', decide: 'save' })
    norte.pass(1000)
    expect(await wordsAt(pau)).toContain('Dijiste que sí el')
    expect(await wordsAt(pau)).not.toContain('antes de tener edad')
  })
})

describe('A restriction (GDPR 18)', () => {
  test('is shown with its day and reach; a yes is not shown as used, and afterwards it is again', async () => {
    const quim = await register('Quim')
    await yesTo(quim)
    const restriction = { ...act(quim.subjectId, officer), scope: ['marketing.*'] }
    await restrictProcessing(site.norte.parts, { ...restriction, ground: 'accuracy' })
    site.norte.pass(1000)
    const page = await quim.browser.open('/privacy/permissions')
    expect(page.$('section[aria-labelledby=restricted]').text()).toContain('Toda la publicidad')
    const words = page.$('main').text()
    expect(words).toContain('Ahora no lo usamos: el uso de tus datos está limitado.')
    // Only what is reached says so: two questions of advertising, not the suggestions.
    expect(words.match(/Ahora no lo usamos/g)).toHaveLength(2)
    expect(await wordsAt(quim, '/privacy/history')).toContain('limitar el uso: Toda la publicidad')
    expect(await wordsAt(quim, '/privacy')).toContain('El uso de tus datos está limitado')
    const english = await wordsAt(quim, '/privacy/permissions?lang=en')
    expect(english).toContain('The use of your data is restricted')

    const { norte } = site
    const lift = {
      ...norte.parts,
      sealer: norte.sealer,
      reads: pgIdentityReads(norte.lane),
      liftWork: norte.work,
      liftNotices: pgLiftNoticeReads(norte.lane),
      messages: { restrictionEnds: async () => ({ messageId: 'm', templateHash: 't' }) },
      textMessages: false,
    }
    await announceLift(lift, restriction)
    norte.pass(73 * hour)
    await liftRestriction(lift, { ...restriction, idempotencyKey: norte.entropy.id() })
    norte.pass(1000)
    const after = await wordsAt(quim, '/privacy/permissions?lang=es')
    expect(after).not.toContain('limitado')
    expect(after).toContain('Dijiste que sí el')
    expect(await wordsAt(quim, '/privacy/history')).toContain('Terminó la limitación: Toda la publicidad')
  })

  test('of one of the data names it, and the rest goes on', async () => {
    const rosa = await register('Rosa')
    await yesTo(rosa)
    await restrictProcessing(site.norte.parts, {
      ...act(rosa.subjectId, officer),
      scope: ['attr:given_name'],
      ground: 'accuracy',
    })
    site.norte.pass(1000)
    const page = await rosa.browser.open('/privacy/permissions?lang=es')
    expect(page.$('section[aria-labelledby=restricted]').text()).toContain('Nombre')
    expect(page.$('main').text()).not.toContain('Ahora no lo usamos')
  })
})

describe('An objection (GDPR 21)', () => {
  test('to all advertising is shown with its own day, and not as an answer of an earlier one', async () => {
    const sara = await register('Sara')
    await yesTo(sara)
    site.norte.pass(48 * hour)
    const page = await sara.browser.open('/privacy/permissions')
    await sara.browser.submit(page, {}, '/privacy/permissions/object-to-marketing')
    site.norte.pass(1000)
    const words = await wordsAt(sara)
    const today = new Intl.DateTimeFormat('es-ES', { dateStyle: 'long', timeZone: 'Europe/Madrid' })
    expect(words).toContain(`Te opusiste el ${today.format(site.norte.clock.now())}. No lo hacemos.`)
    expect(words).not.toContain('Dijiste que no el')
    // Saving something else does not turn it into a withdrawal of every yes.
    const again = await sara.browser.open('/privacy/permissions')
    await sara.browser.submit(again, { 'choice.personalisation.onsite.none': 'no', decide: 'save' })
    const types = await site.norte.owner('consent_events').where('subject_id', sara.subjectId).pluck('type')
    expect(types.sort()).toEqual(['given', 'objected', 'refused'])
  })

  test('that was weighed and overridden says since when, why, and lets the person object again', async () => {
    const tomas = await register('Tomas')
    const purpose = 'fraud.prevention'
    const self = site.norte.asSubject(tomas.subjectId)
    await objectToPurpose(site.norte.parts, { ...act(tomas.subjectId, self), purpose })
    site.norte.pass(hour)
    expect(await wordsAt(tomas)).toContain('Ya no lo hacemos.')
    const grounds = 'Hay dos cargos devueltos con tu tarjeta y una investigación abierta.'
    await overrideObjection(site.norte.parts, { ...act(tomas.subjectId, officer), purpose, grounds })
    site.norte.pass(hour)
    const words = await wordsAt(tomas)
    expect(words).not.toContain('Ya no lo hacemos.')
    expect(words).toContain('decidimos seguir, por motivos que pesan más')
    expect(words).toContain('Oponerme otra vez')
    expect(await wordsAt(tomas, '/privacy/history')).toContain(grounds)
  })
})

test('a yes on a channel that is suppressed says that it is not used', async () => {
  const uma = await register('Uma')
  await yesTo(uma)
  const { work, clock, entropy, registry, parts } = site.norte
  await suppressContact(
    { work, clock, entropy, registry, facts: parts.facts },
    {
      subjectId: uma.subjectId,
      actor: dpo,
      contactChannel: 'email',
      reason: 'complaint',
      source: 'a mail provider',
    },
  )
  site.norte.pass(1000)
  expect(await wordsAt(uma)).toContain('Ahora no usamos este medio contigo')
})

test('a guardian who answers what the child took back meanwhile is told so, and nothing is recorded', async () => {
  const wilma = await register('Wilma', '2014-03-10')
  await yesTo(wilma)
  const address = 'paz@correo.example'
  await wilma.browser.submit(await wilma.browser.open('/privacy/guardian'), { email: address })
  const path = new URL(/https?:\/\/\S+\/guardian\/\S+/.exec(lastMail(address))?.[0] ?? '').pathname
  const guardian = openBrowser(site.origin)
  const page = await guardian.submit(await guardian.open(path), {}, `${path}/code`)
  const code = /^ {4}(\d{6})$/m.exec(lastMail(address))?.[1] ?? ''
  site.norte.pass(1000)
  await recordChoices(
    site.norte.parts,
    site.norte.command(wilma.subjectId, [site.norte.choice('marketing.direct', 'email', 'no')]),
  )
  const told = await guardian.submit(page, { name: 'Paz Gil', statement: 'yes', code, all: 'yes' })
  expect(told.$('main').text()).toContain('Ya no hay nada que contestar')
  expect(told.$('#error-summary')).toHaveLength(0)
  const types = await site.norte.owner('consent_events').where('subject_id', wilma.subjectId).pluck('type')
  expect(types.sort()).toEqual(['given', 'refused'])
})

test('a guardian whose text changed while it was read sees what is new, and the same code still serves', async () => {
  const xenia = await register('Xenia', '2014-03-10')
  await yesTo(xenia)
  const address = 'rut@correo.example'
  await xenia.browser.submit(await xenia.browser.open('/privacy/guardian'), { email: address })
  const path = new URL(/https?:\/\/\S+\/guardian\/\S+/.exec(lastMail(address))?.[0] ?? '').pathname
  const guardian = openBrowser(site.origin)
  const page = await guardian.submit(await guardian.open(path), {}, `${path}/code`)
  const code = /^ {4}(\d{6})$/m.exec(lastMail(address))?.[1] ?? ''
  const newsletter = purposes.find(({ id }) => id === 'marketing.direct')
  if (newsletter === undefined) throw new Error('no newsletter purpose')
  const { title, ...draft } = newsletter
  await site.norte.publish({ ...draft, change: 'editorial' }, title, 2)
  await site.norte.registry.refresh()
  site.norte.pass(1000)
  const declared = { name: 'Rut Gil', statement: 'yes', code }
  const told = await guardian.submit(page, { ...declared, [email]: 'yes', decide: 'save' })
  expect(told.status).toBe(422)
  expect(told.$('ins').text()).toContain('2')
  expect(told.$('input[type=radio][checked]')).toHaveLength(0)
  expect(told.$('input[name=name]').attr('value')).toBe('Rut Gil')
  expect(await site.norte.count('guardianships', xenia.subjectId)).toBe(0)
  const done = await guardian.submit(told, { ...declared, [email]: 'yes', decide: 'save' })
  expect(done.$('h1').text()).toBe('Hemos guardado tu respuesta')
  const [yes] = await site.norte
    .owner('consent_events')
    .where({ subject_id: xenia.subjectId, actor: 'guardian' })
  expect(yes).toMatchObject({ type: 'given', notice_version: 2 })
})
