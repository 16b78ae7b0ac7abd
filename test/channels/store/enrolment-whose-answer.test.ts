import { load } from 'cheerio'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recordDecided } from '../../../src/compose/store.ts'
import {
  noticeFor,
  recordChoices,
  referenceTo,
  requestConfirmations,
} from '../../../src/features/consent/index.ts'
import { type Enrolments, email, enrolmentsIn, handOffOf } from './enrolments.ts'
import { answering, type Browser, openStoreHouse, type StoreHouse, wordsOf } from './store-house.ts'

/* Whose answers count: those of whoever reads the address, once, and of the counter only what they saw and confirmed. */
let store: StoreHouse
let clara: Browser
let at: Enrolments
beforeAll(async () => {
  store = await openStoreHouse()
  clara = await store.clerk()
  at = enrolmentsIn(store, clara)
})
afterAll(() => store?.close())
beforeEach(() => store.owner('rate_limits').delete())

/** The ledger refuses everything, or what is about one person, while this runs. */
async function withoutLedger<Outcome>(run: () => Promise<Outcome>, subjectId?: string): Promise<Outcome> {
  const about = subjectId === undefined ? '' : `when (new.subject_id = '${subjectId}')`
  await store.owner.raw(`
    create function ledger_away() returns trigger language plpgsql as $$ begin raise 'away'; end $$;
    create trigger ledger_away before insert on consent_events for each row ${about} execute function ledger_away();
  `)
  try {
    return await run()
  } finally {
    await store.owner.raw('drop trigger ledger_away on consent_events; drop function ledger_away')
  }
}

/** Whoever pressed is past waiting, so that the job takes it over. */
const longAgo = (enrolmentId: string, seconds = 61) =>
  store
    .owner('store_enrolments')
    .where({ enrolment_id: enrolmentId })
    .update({ ended_at: new Date(Date.now() - seconds * 1_000) })

/** An enrolment whose owner says yes on the page of the mail, while the ledger is away. */
async function decidedInVain(name: string) {
  const address = at.newcomer(name)
  await at.enrol(address)
  const row = await at.last()
  const link = await at.mailLink(address)
  const page = await store.phone().open(link)
  const pressed = await withoutLedger(() =>
    store.phone().submit(link, answering(page.text, { [email]: 'yes' })),
  )
  expect(pressed.status).toBe(500)
  expect(await at.acts(row.subject_id)).toEqual([])
  return row
}

describe('The page of the mail', () => {
  test('Ana says no there, and the yes that somebody gave at the counter meanwhile counts for nothing (R80, C-61/19)', async () => {
    const address = at.newcomer('ana')
    const { text: screen } = await at.enrol(address)
    const row = await at.last()
    const link = await at.mailLink(address)
    const home = store.phone()
    const page = await home.open(link)
    await at.answerInStore(screen, { [email]: 'yes' })
    const done = await home.submit(link, answering(page.text, { [email]: 'no' }))
    expect(wordsOf(done.text)).toContain('Correo electrónico: no')
    expect((await at.acts(row.subject_id)).map(({ type }) => type)).not.toContain('given')
    expect(await at.permission(row.subject_id)).not.toBe('PERMIT')
    await recordDecided(store.app.house)
    expect(await at.permission(row.subject_id)).not.toBe('PERMIT')
  })

  test('Bruno finds answers that are not his and gives his own, by a button like the others (C-61/19)', async () => {
    const address = at.newcomer('bruno')
    const { text: screen } = await at.enrol(address)
    const row = await at.last()
    await at.answerInStore(screen, { [email]: 'yes' })
    const link = await at.mailLink(address)
    const home = store.phone()
    const page = await home.open(link)
    const $ = load(page.text)
    const buttons = $('main .button').toArray()
    expect(buttons.map((one) => $(one).text().trim())).toEqual([
      'Sí, confirmo mi alta y mis respuestas',
      'Contestar yo',
      'No he sido yo',
    ])
    expect(new Set(buttons.map((one) => $(one).attr('class')))).toEqual(
      new Set(['button button--even button--wide']),
    )
    const anew = await home.open($('main a.button').attr('href') ?? '')
    expect(anew.text).not.toMatch(/ checked/)
    const done = await home.submit(link, answering(anew.text, { [email]: 'no' }))
    expect(wordsOf(done.text)).toContain('Tu alta está hecha')
    expect(await at.permission(row.subject_id)).not.toBe('PERMIT')
    expect((await at.acts(row.subject_id)).map(({ type }) => type)).not.toContain('given')
  })

  test('confirms what it showed and nothing else: without its mark it shows the answers once more', async () => {
    const address = at.newcomer('carmen')
    const { text: screen } = await at.enrol(address)
    const row = await at.last()
    const link = await at.mailLink(address)
    await at.answerInStore(screen, { [email]: 'yes' })
    const home = store.phone()
    for (const [path, fields] of [
      [`${link}/confirm`, { seen: '' }],
      [`${link}/confirm`, { seen: 'a'.repeat(43) }],
      [link, { decide: 'save' }],
    ] as const) {
      const again = await home.submit(path, fields)
      expect(wordsOf(again.text)).toContain('¿Confirmas tu alta')
      expect((await at.last()).outcome).toBeNull()
    }
    expect(await at.acts(row.subject_id)).toEqual([])
    expect(wordsOf((await at.confirm(link)).text)).toContain('Tu alta está hecha')
    expect(await at.permission(row.subject_id)).toBe('PERMIT')
  })

  test('takes one answer: whoever has the link afterwards adds nothing to it', async () => {
    const address = at.newcomer('david')
    await at.enrol(address)
    const row = await at.last()
    const link = await at.mailLink(address)
    const page = await store.phone().open(link)
    const done = await store.phone().submit(link, { decide: 'save' })
    expect(wordsOf(done.text)).toContain('Tu alta está hecha')
    const later = await store.phone().submit(link, answering(page.text, { [email]: 'yes' }))
    expect(wordsOf(later.text)).toContain('Tu alta está hecha')
    expect(await at.acts(row.subject_id)).toEqual([])
    expect(await at.permission(row.subject_id)).not.toBe('PERMIT')
  })

  test('pressed in twelve browsers at once with yes and with no, it has one answer, and that of whoever was first', async () => {
    const address = at.newcomer('eva')
    await at.enrol(address)
    const row = await at.last()
    const link = await at.mailLink(address)
    const page = await store.phone().open(link)
    const pressed = Array.from({ length: 12 }, (_, place) => (place % 2 === 0 ? 'yes' : 'no'))
    const pages = await Promise.all(
      pressed.map((answer) => store.phone().submit(link, answering(page.text, { [email]: answer }))),
    )
    expect(pages.map(({ status }) => status)).toEqual(pressed.map(() => 200))
    const own = (await at.acts(row.subject_id)).filter(({ contact_channel: over }) => over === 'email')
    expect(own).toHaveLength(1)
    expect(await at.permission(row.subject_id)).toBe(own[0]?.type === 'given' ? 'PERMIT' : 'DENY')
  })

  test('who did not answer in the store answers at home, and leaving it all is a no', async () => {
    const address = at.newcomer('karim')
    await at.enrol(address)
    const row = await at.last()
    const link = await at.mailLink(address)
    const home = store.phone()
    const page = await home.open(link)
    expect(page.text).not.toMatch(/ checked/)
    const done = await home.submit(link, answering(page.text, {}))
    expect(wordsOf(done.text)).toContain('Tu alta está hecha')
    expect((await at.acts(row.subject_id)).map(({ type }) => type)).not.toContain('given')
    expect(await at.permission(row.subject_id)).not.toBe('PERMIT')
    // The page sent again from the browser's history, answered otherwise: what was said first stands.
    const again = await home.submit(link, answering(page.text, { [email]: 'yes' }))
    expect(again.status).toBe(200)
    expect(await at.permission(row.subject_id)).not.toBe('PERMIT')
  })

  test('made up answers are refused and not kept to be tried again', async () => {
    const address = at.newcomer('ines')
    await at.enrol(address)
    const row = await at.last()
    const link = await at.mailLink(address)
    const page = await store.phone().open(link)
    const fields: Record<string, string> = answering(page.text, {})
    const shown = fields['shown.marketing.direct.email'] ?? ''
    const made = await store.phone().submit(link, {
      decide: 'save',
      'shown.marketing.nada.email': shown,
      'choice.marketing.nada.email': 'yes',
    })
    expect(made.status).toBeGreaterThanOrEqual(400)
    expect(made.status).toBeLessThan(500)
    expect(await at.last()).toMatchObject({ enrolment_id: row.enrolment_id, sealed_answers: null })
    expect(await at.acts(row.subject_id)).toEqual([])
  })

  test('what was decided before a process died is written down by the job, and the page says it meanwhile', async () => {
    const address = at.newcomer('petra')
    const { text: screen } = await at.enrol(address)
    const row = await at.last()
    await at.answerInStore(screen, { [email]: 'yes' })
    const link = await at.mailLink(address)
    // The ledger is away in the very moment after the proof.
    expect((await withoutLedger(() => at.confirm(link))).status).toBe(500)
    expect(await at.last()).toMatchObject({ outcome: 'proven', sealed_answers: expect.any(Buffer) })
    expect(await at.acts(row.subject_id)).toEqual([])
    const page = await store.phone().open(link)
    expect(wordsOf(page.text)).toContain('Correo electrónico: sí')
    // Somebody else who has the link now decides nothing.
    await recordDecided(store.app.house)
    expect(await at.acts(row.subject_id)).toEqual([])
    await longAgo(row.enrolment_id)
    await Promise.all([recordDecided(store.app.house), recordDecided(store.app.house)])
    expect(await at.permission(row.subject_id)).toBe('PERMIT')
    expect((await at.acts(row.subject_id)).filter(({ type }) => type === 'given')).toHaveLength(1)
    expect((await at.last()).sealed_answers).toBeNull()
    await recordDecided(store.app.house)
    expect((await at.acts(row.subject_id)).filter(({ type }) => type === 'given')).toHaveLength(1)
  })

  test('a yes of that page which the ledger gets late counts as of when it was pressed: her no since then stands', async () => {
    const row = await decidedInVain('noa')
    const { ledger, registry, names } = store.app.house
    const notice = noticeFor(registry.current(), 'marketing.direct', 'es')
    if (notice === undefined) throw new Error('no notice')
    const { subject_id: subjectId } = row
    const no = await recordChoices(ledger, {
      subjectId,
      actor: { kind: 'subject', subjectId, assurance: 'code' },
      evidence: { channel: 'web', surface: 'privacy-centre', language: 'es' },
      idempotencyKey: ledger.entropy.id(),
      controller: names.controller,
      brand: names.brand,
      choices: [
        { purpose: 'marketing.direct', contactChannel: 'email', answer: 'no', notice: referenceTo(notice) },
      ],
    })
    expect(no.outcome).toBe('recorded')
    await longAgo(row.enrolment_id)
    await recordDecided(store.app.house)
    expect((await at.last()).sealed_answers).toBeNull()
    const acts = (await at.acts(subjectId)).filter(({ contact_channel: over }) => over === 'email')
    const when = (type: string) => acts.find((act) => act.type === type)?.occurred_at.getTime()
    expect(when('given')).toBeLessThan(when('refused'))
    expect(await at.permission(subjectId)).toBe('DENY')
  })

  test('one that the ledger takes never keeps nobody else waiting, however few are read at once', async () => {
    const broken = await decidedInVain('olga')
    const other = await decidedInVain('pau')
    await longAgo(broken.enrolment_id, 300)
    await longAgo(other.enrolment_id)
    const run = withoutLedger(() => recordDecided(store.app.house, 1), broken.subject_id)
    await expect(run).rejects.toThrow('Some enrolments could not be finished.')
    expect(await at.permission(other.subject_id)).toBe('PERMIT')
    expect(await at.acts(broken.subject_id)).toEqual([])
    await recordDecided(store.app.house)
    expect(await at.permission(broken.subject_id)).toBe('PERMIT')
  })
})

describe('Double opt-in in Germany', () => {
  const german = (subjectId: string) =>
    store.owner('subjects').where({ subject_id: subjectId }).update({ jurisdiction: 'DE' })
  const proofOf = async (subjectId: string, event: { event_id: string; sealed_evidence: Buffer }) => {
    const place = { table: 'consent_events', column: 'sealed_evidence', row: event.event_id }
    const opened = store.app.house.sealer.openText(
      subjectId as Parameters<typeof store.app.house.sealer.openText>[0],
      place,
      event.sealed_evidence,
    )
    return JSON.parse(await opened)
  }

  test('the mail whose page was confirmed is the confirmation, by its name, its hash and its time, and no second one comes', async () => {
    const address = at.newcomer('jonas')
    const { text: screen } = await at.enrol(address)
    const row = await at.last()
    await german(row.subject_id)
    await at.answerInStore(screen, { [email]: 'yes' })
    const link = await at.mailLink(address)
    const [mail] = store.mailTo(address, 'store-enrolment')
    await at.confirm(link)
    const acts = await at.acts(row.subject_id)
    expect(acts.map(({ type }) => type)).toEqual(expect.arrayContaining(['given', 'confirmed']))
    expect(await at.permission(row.subject_id)).toBe('PERMIT')
    const { particulars } = await proofOf(
      row.subject_id,
      acts.find(({ type }) => type === 'confirmed'),
    )
    expect(row.mail_hash).toMatch(/^[\w-]{43}$/)
    expect(particulars).toMatchObject({
      message: expect.stringContaining(row.enrolment_id),
      template: row.mail_hash,
    })
    expect(mail?.headers?.['message-id']).toBe(particulars.message)
    const [given] = acts.filter(({ type }) => type === 'given')
    expect(new Date(particulars.sentAt).getTime()).toBeLessThan(given.occurred_at.getTime())
    expect(store.mailTo(address, 'confirm-consent')).toEqual([])
  })

  test('another yes of the person that waits is left to its own message', async () => {
    const address = at.newcomer('klara')
    const { text: screen } = await at.enrol(address)
    const row = await at.last()
    await german(row.subject_id)
    await at.answerInStore(screen, { [email]: 'yes' })
    const link = await at.mailLink(address)
    // A yes of Klara's for something else, which the page never showed.
    const [pattern] = await store
      .owner('consent_events')
      .where({ type: 'given', contact_channel: 'email', purpose_id: 'marketing.direct' })
      .whereNot({ subject_id: row.subject_id })
      .limit(1)
    const other = store.app.house.platform.entropy.id<'consent-event'>()
    const now = new Date()
    await store.owner('consent_events').insert({
      ...pattern,
      subject_id: row.subject_id,
      event_id: other,
      purpose_id: 'marketing.partners',
      contact_point: row.identifier_id,
      occurred_at: now,
      recorded_at: now,
    })
    await at.confirm(link)
    const confirmed = (await at.acts(row.subject_id)).filter(({ type }) => type === 'confirmed')
    expect(confirmed.map(({ purpose_id: purpose }) => purpose)).toEqual(['marketing.direct'])
    expect(store.mailTo(address, 'confirm-consent')).toEqual([])
    // It does wait, and is asked about by whoever asks about everything.
    expect(await requestConfirmations(store.app.house.recording.confirmations, row.subject_id)).toBe(1)
    expect(store.mailTo(address, 'confirm-consent')).toHaveLength(1)
  })

  test('a yes that was first given on that page gets a message of its own, and permits nothing until it is answered', async () => {
    const address = at.newcomer('lena')
    await at.enrol(address)
    const row = await at.last()
    await german(row.subject_id)
    const link = await at.mailLink(address)
    const home = store.phone()
    const page = await home.open(link)
    const done = await home.submit(link, answering(page.text, { [email]: 'yes' }))
    expect(wordsOf(done.text)).toContain('Tu alta está hecha')
    expect(await at.permission(row.subject_id)).not.toBe('PERMIT')
    await expect.poll(() => store.mailTo(address, 'confirm-consent').length, { timeout: 10_000 }).toBe(1)
    expect((await at.acts(row.subject_id)).map(({ type }) => type)).not.toContain('confirmed')
  })

  test('the code at the counter stays good for its own page alone while the mail is answered (R70)', async () => {
    const address = at.newcomer('mara')
    const { text: screen } = await at.enrol(address)
    const link = await at.mailLink(address)
    const page = await store.phone().open(link)
    await store.phone().submit(link, answering(page.text, {}))
    const late = await store.phone().submit(handOffOf(screen), {})
    expect(late.status).toBe(410)
  })
})
