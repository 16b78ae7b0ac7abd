import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  checkReceiptFile,
  sealGuardianLink,
  sealGuardianYesLink,
} from '../../../src/features/consent/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { type CustomerSite, openBrowser, openCustomerSite } from '../privacy-centre/customer-site.ts'

let site: CustomerSite
beforeAll(async () => {
  site = await openCustomerSite()
})
afterAll(() => site.close())
afterEach(() => expect(site.failures).toEqual([]))

/** Thirteen years old: under the age of Spain and of France. */
const child = async (name: string, jurisdiction = 'ES') => {
  const subjectId = await site.norte.register(name, { values: { birth_date: '2013-03-10' } })
  await site.norte.owner('subjects').where('subject_id', subjectId).update({ jurisdiction })
  const browser = openBrowser(site.origin, subjectId)
  const page = await browser.open('/privacy/permissions')
  await browser.submit(page, { 'choice.marketing.direct.email': 'yes', decide: 'save' })
  await site.settled()
  return { subjectId, browser }
}
const permission = async (subjectId: SubjectId) =>
  (await site.norte.parts.records.permissionsOf(subjectId)).find(
    (one) => one.purpose === 'marketing.direct' && one.contactChannel === 'email',
  )
const mailsTo = (to: string) => site.outbox.messages.filter(({ recipients }) => recipients.includes(to))
const last = (to: string) => mailsTo(to).at(-1)?.text ?? ''
const linkIn = (text: string) => new URL(/https?:\/\/\S+\/guardian\/\S+/.exec(text)?.[0] ?? '').pathname
const codeIn = (text: string) => /^ {4}(\d{6})$/m.exec(text)?.[1] ?? ''

const invite = async (who: Awaited<ReturnType<typeof child>>, email: string) => {
  const page = await who.browser.open('/privacy/guardian')
  const answer = await who.browser.submit(page, { email })
  return { answer, path: mailsTo(email).length === 0 ? '' : linkIn(last(email)) }
}
const withCode = async (path: string, email: string) => {
  const guardian = openBrowser(site.origin)
  const page = await guardian.submit(await guardian.open(path), {}, `${path}/code`)
  return { guardian, page, code: codeIn(last(email)) }
}
const declared = { name: 'Laura Gil', statement: 'yes' }

test('Leo’s own yes counts for nothing and sends nothing; his page asks who is responsible for him', async () => {
  const leo = await child('Leo')
  expect(await permission(leo.subjectId)).toMatchObject({ reason: 'PARENTAL_CONSENT_MISSING' })
  expect(mailsTo('leo@correo.example')).toEqual([])
  const page = await leo.browser.open('/privacy/permissions')
  expect(page.$('a[href="/privacy/guardian"]')).toHaveLength(1)
  expect(page.$('main').text()).toContain('Falta que tu madre, tu padre o tu tutor diga que sí')
})

test('Laura proves her mailbox, declares, agrees: the yes counts, and the evidence says how she was verified', async () => {
  const mia = await child('Mia')
  const { answer, path } = await invite(mia, 'laura@correo.example')
  expect(answer.location).toContain('guardian-asked')
  const invitation = mailsTo('laura@correo.example')[0]
  expect(invitation?.text).toContain('m•••@c•••.example')
  const { guardian, page, code } = await withCode(path, 'laura@correo.example')
  expect(page.$('input[checked]')).toHaveLength(0)
  site.norte.pass(1000)
  const done = await guardian.submit(page, { ...declared, code, all: 'yes' })
  expect(done.$('h1').text()).toBe('Hemos guardado tu respuesta')
  expect(await permission(mia.subjectId)).toMatchObject({ decision: 'PERMIT', reason: 'CONSENT_GIVEN' })
  const [kept] = await site.norte.owner('guardianships').where({ subject_id: mia.subjectId })
  expect(kept.grade).toBe('mailbox')
  const place = { table: 'guardianships', column: 'sealed_evidence', row: kept.guardian_id }
  const shown = JSON.parse(await site.norte.sealer.openText(mia.subjectId, place, kept.sealed_evidence))
  expect(shown).toMatchObject({ address: 'laura@correo.example', name: 'Laura Gil' })
  expect(shown.statement).toContain('patria potestad')
  const [yes] = await site.norte
    .owner('consent_events')
    .where({ subject_id: mia.subjectId, actor: 'guardian' })
  expect(yes).toMatchObject({ type: 'given', guardian_verified: true, surface: 'guardian-link' })

  // Taking it back is the same page.
  site.norte.pass(1000)
  const again = await withCode(path, 'laura@correo.example')
  await again.guardian.submit(again.page, { ...declared, code: again.code, all: 'no' })
  expect(await permission(mia.subjectId)).toMatchObject({ decision: 'DENY', reason: 'CONSENT_WITHDRAWN' })
  expect(await site.norte.count('guardianships', mia.subjectId)).toBe(1)
})

test('without the code, the name or the declaration nothing is recorded, and what was typed stays', async () => {
  const noa = await child('Noa')
  const { path } = await invite(noa, 'marta@correo.example')
  const { guardian, page, code } = await withCode(path, 'marta@correo.example')
  const wrong = code === '000000' ? '111111' : '000000'
  for (const fields of [
    { ...declared, code: wrong, all: 'yes' },
    { ...declared, code: '', all: 'yes' },
    { code, name: 'Marta', all: 'yes' },
    { code, statement: 'yes', all: 'yes' },
    { ...declared, code, decide: 'save' },
  ]) {
    const answer = await guardian.submit(page, fields)
    expect(answer.status).toBe(422)
    expect(answer.$('#error-summary')).toHaveLength(1)
  }
  expect(await site.norte.count('guardianships', noa.subjectId)).toBe(0)
  expect(await permission(noa.subjectId)).toMatchObject({ decision: 'DENY' })
  // The code survived the forms that were not complete.
  site.norte.pass(1000)
  expect((await guardian.submit(page, { ...declared, code, all: 'no' })).status).toBe(200)
  expect(await permission(noa.subjectId)).toMatchObject({ reason: 'CONSENT_REFUSED' })
})

test('a child cannot be their own guardian, and an adult needs none', async () => {
  const olga = await child('Olga')
  const own = await invite(olga, 'Olga@correo.example')
  expect(own.answer.status).toBe(422)
  expect(own.answer.$('#error-summary').text()).toContain('Este es el tuyo')
  const adult = await site.norte.register('Pablo', { values: { birth_date: '1990-01-01' } })
  const browser = openBrowser(site.origin, adult)
  const page = await browser.open('/privacy/guardian')
  expect(page.$('input[name=email]')).toHaveLength(0)
  const permissions = await browser.open('/privacy/permissions')
  const csrf = permissions.$('input[name=_csrf]').attr('value') ?? ''
  const forced = await browser.send('/privacy/guardian', {
    method: 'POST',
    headers: {
      origin: site.origin,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ _csrf: csrf, email: 'x@correo.example' }).toString(),
  })
  expect(forced.status).toBe(422)
  expect(mailsTo('x@correo.example')).toEqual([])
})

test('a code for one child is worthless for another, and a made-up link opens nothing', async () => {
  const [quim, rosa] = [await child('Quim'), await child('Rosa')]
  const first = await invite(quim, 'sara@correo.example')
  const mine = await withCode(first.path, 'sara@correo.example')
  const second = await invite(rosa, 'sara@correo.example')
  const opened = openBrowser(site.origin)
  const theirs = await opened.submit(await opened.open(second.path), {}, `${second.path}/code`)
  expect((await opened.submit(theirs, { ...declared, code: mine.code, all: 'yes' })).status).toBe(422)
  const forged = sealGuardianLink(
    site.sealedTokens,
    { subjectId: rosa.subjectId, invitationId: site.norte.entropy.id() },
    new Date('2099-01-01'),
  )
  expect((await opened.open(`/guardian/${forged}`)).status).toBe(410)
  expect((await opened.open('/guardian/made-up')).status).toBe(410)
  site.norte.pass(73 * 3_600_000)
  expect((await opened.open(first.path)).status).toBe(410)
})

test('in France child and guardian consent together: either alone is not enough, both are', async () => {
  const theo = await child('Theo', 'FR')
  expect(await permission(theo.subjectId)).toMatchObject({ decision: 'DENY' })
  const { path } = await invite(theo, 'ugo@correo.example')
  const { guardian, page, code } = await withCode(path, 'ugo@correo.example')
  site.norte.pass(1000)
  await guardian.submit(page, { ...declared, code, all: 'yes' })
  expect(await permission(theo.subjectId)).toMatchObject({ decision: 'PERMIT' })
  site.norte.pass(1000)
  await site.norte.say(theo.subjectId, 'marketing.direct', 'email', 'no')
  expect(await permission(theo.subjectId)).toMatchObject({ decision: 'DENY', reason: 'CONSENT_WITHDRAWN' })
})

test('nobody is a guardian because they say so: an unverified one cannot say yes', async () => {
  const vera = await child('Vera')
  const { recordChoices } = await import('../../../src/features/consent/index.ts')
  await expect(
    recordChoices(site.ledger, {
      ...site.norte.command(vera.subjectId, [site.norte.choice('marketing.direct', 'email', 'yes')]),
      actor: { kind: 'guardian', guardianId: site.norte.entropy.id(), assurance: 'passkey' },
    }),
  ).rejects.toMatchObject({ code: 'guardian-not-verified' })
})

test('Lucía’s mother keeps a receipt and a way out, which months later takes one click and no code (Art. 7(3))', async () => {
  const lucia = await child('Lucia')
  const { path } = await invite(lucia, 'carmen@correo.example')
  const { guardian, page, code } = await withCode(path, 'carmen@correo.example')
  site.norte.pass(1000)
  const done = await guardian.submit(page, { ...declared, code, all: 'yes' })
  const file = await guardian.send(done.$('a[href$="/receipt"]').attr('href') ?? '')
  expect(file.status).toBe(200)
  const verdict = await checkReceiptFile(file.text, { keys: [site.norte.publicJwk] }, site.norte.clock.now())
  expect(verdict).toMatchObject({ signature: 'holds' })
  // The same file and the same way out by mail: the page is closed and forgotten.
  const mail = mailsTo('carmen@correo.example').at(-1)
  expect(mail?.subject).toContain('Justificante')
  const attached = mail?.raw.split('placet-receipt-')[1] ?? ''
  expect(attached).toContain('.json')
  expect(mail?.text).not.toContain('lucia@')
  const wayOut = new URL(/https?:\/\/\S+\/guardian\/yes\/\S+/.exec(mail?.text ?? '')?.[0] ?? '').pathname
  const there = done.$('a[href^="/guardian/yes/"]').not('[href$="/receipt"]').attr('href') ?? ''
  expect((await guardian.open(there)).status).toBe(200)

  site.norte.pass(60 * 86_400_000)
  expect((await guardian.open(path)).status).toBe(410)
  const later = openBrowser(site.origin)
  const shown = await later.open(wayOut)
  expect(shown.status).toBe(200)
  expect(shown.$('main').text()).toContain('Retirar tu permiso')
  // Opening it does nothing, and asks for nothing.
  expect(await permission(lucia.subjectId)).toMatchObject({ decision: 'PERMIT' })
  expect(shown.$('main input:not([type=hidden])')).toHaveLength(0)
  const answer = await later.submit(shown, {})
  expect(answer.$('h1').text()).toBe('Hemos retirado tu permiso')
  expect(await permission(lucia.subjectId)).toMatchObject({ decision: 'DENY', reason: 'CONSENT_WITHDRAWN' })
  const acts = await site.norte
    .owner('consent_events')
    .where({ subject_id: lucia.subjectId, actor: 'guardian' })
    .orderBy('recorded_at')
    .pluck('type')
  expect(acts).toEqual(['given', 'withdrawn'])
  // Once more is one fact, and nothing is left to take back.
  expect((await later.submit(shown, {})).status).toBe(200)
  expect((await later.open(wayOut)).$('h1').text()).toBe('No queda ningún permiso tuyo')
  expect(await site.norte.count('consent_events', lucia.subjectId)).toBe(3)
})

test('the way out of one guardian is none for anybody else, nor for whoever is of age by now', async () => {
  const nuria = await child('Nuria')
  const { path } = await invite(nuria, 'elena@correo.example')
  const { guardian, page, code } = await withCode(path, 'elena@correo.example')
  site.norte.pass(1000)
  const done = await guardian.submit(page, { ...declared, code, all: 'yes' })
  const [kept] = await site.norte.owner('guardianships').where({ subject_id: nuria.subjectId })
  const receiptId = site.norte.entropy.id<'receipt'>()
  const stranger = sealGuardianYesLink(
    site.sealedTokens,
    { subjectId: nuria.subjectId, guardianId: site.norte.entropy.id<'subject'>(), receiptId },
    site.norte.clock.now(),
  )
  const opened = openBrowser(site.origin)
  expect((await opened.open(`/guardian/yes/${stranger}`)).status).toBe(410)
  const own = sealGuardianYesLink(
    site.sealedTokens,
    { subjectId: nuria.subjectId, guardianId: kept.guardian_id, receiptId },
    site.norte.clock.now(),
  )
  expect((await opened.open(`/guardian/yes/${own}/receipt`)).status).toBe(410)
  expect((await opened.open('/guardian/yes/made-up')).status).toBe(410)
  // Her birthday came: what was agreed to stands, and is hers to take back.
  const wayOut = done.$('a[href^="/guardian/yes/"]').not('[href$="/receipt"]').attr('href') ?? ''
  site.norte.pass(2 * 366 * 86_400_000)
  expect((await opened.open(wayOut)).$('h1').text()).toBe('No queda ningún permiso tuyo')
})
