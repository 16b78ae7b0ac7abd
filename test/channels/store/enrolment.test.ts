import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Enrolments, email, enrolmentsIn, handOffOf } from './enrolments.ts'
import { answering, type Browser, formOf, openStoreHouse, type StoreHouse, wordsOf } from './store-house.ts'

/* A shop assistant begins, and the customer finishes on their own phone. Nobody who works there can say yes for them. */
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

describe('Enrolment in a store', () => {
  test('takes an address and a language from the assistant, and has no box to tick for anybody (R56, C-61/19)', async () => {
    const form = await clara.open('/staff/store/enrol')
    expect(form.status).toBe(200)
    expect(form.text).not.toMatch(/type="(checkbox|radio)"/)
    expect(form.text.match(/name="(?!_csrf)(\w+)"/g)).toEqual(
      expect.arrayContaining(['name="email"', 'name="language"', 'name="store"']),
    )
    const ticked = await clara.submit('/staff/store/enrol', {
      email: at.newcomer('diana'),
      language: 'es',
      store: 'gran-via',
      'choice.marketing.direct.email': 'yes',
    })
    expect(ticked.status).toBe(422)
  })

  test('lets Diana answer on her own phone and counts nothing until she opens her mail (R80)', async () => {
    const address = at.newcomer('diana')
    const shown = await at.enrol(address)
    expect(shown.status).toBe(200)
    expect(shown.text).toContain('class="qr"')
    expect(shown.text).not.toContain(address)
    const row = await at.last()
    const { questions, saved } = await at.answerInStore(shown.text, { [email]: 'yes' })
    expect(questions.text).not.toMatch(/ checked/)
    expect(questions.text).toContain('Ofertas de la tienda')
    expect(questions.text).not.toContain(address)
    expect(wordsOf(saved.text)).toContain('Mira tu correo')
    expect(await at.acts(row.subject_id)).toEqual([])
    expect(await at.permission(row.subject_id)).not.toBe('PERMIT')

    const link = await at.mailLink(address)
    const home = store.phone()
    const page = await home.open(link)
    expect(wordsOf(page.text)).toContain('Correo electrónico: sí')
    // Scanners open links: nothing has happened yet.
    expect(await at.acts(row.subject_id)).toEqual([])
    const done = await at.confirm(link, home)
    expect(wordsOf(done.text)).toContain('Tu alta está hecha')
    expect(await at.permission(row.subject_id)).toBe('PERMIT')
    const events = await at.acts(row.subject_id)
    const given = events.find(({ type, contact_channel: over }) => type === 'given' && over === 'email')
    expect(given).toMatchObject({
      channel: 'store',
      touchpoint: 'gran-via',
      actor: 'subject',
      notice_id: 'marketing-direct-store',
      notice_language: 'es',
      default_state: 'unticked',
    })
    const { event_id: eventId, sealed_evidence: sealed } = given
    const place = { table: 'consent_events', column: 'sealed_evidence', row: eventId }
    const proof = JSON.parse(await store.app.house.sealer.openText(row.subject_id, place, sealed))
    expect(proof).toMatchObject({
      actor: { ref: `subject:${row.subject_id}`, assurance: 'code' },
      evidence: { channel: 'store', surface: 'staff-app', touchpoint: 'gran-via', language: 'es' },
      particulars: { enrolment: row.enrolment_id, assistant: expect.stringMatching(/^staff:/) },
    })
    expect((await at.last()).sealed_answers).toBeNull()
    expect((await at.confirm(link, home)).status).toBe(200)
    expect(await at.acts(row.subject_id)).toHaveLength(events.length)
  })

  test('a code is taken up once, by whichever phone is first', async () => {
    const begin = handOffOf((await at.enrol(at.newcomer('elena'))).text)
    const phones = Array.from({ length: 12 }, () => store.phone())
    const answers = await Promise.all(phones.map((phone) => phone.submit(begin, {})))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(11)
    expect((await store.phone().open(begin)).status).toBe(410)
    expect((await store.phone().open('/store/made-up')).status).toBe(410)
  })

  test('twenty assistants enrol one address at once: one person (R80)', async () => {
    const address = at.newcomer('fatima')
    const clerks = await Promise.all(Array.from({ length: 20 }, () => store.clerk()))
    const before = await store.owner('subjects').count('* as n').first()
    const shown = await Promise.all(
      clerks.map(async (clerk) => {
        // How many mails an address gets is limited; here it is about who is first.
        await store.owner('rate_limits').delete()
        return at.enrol(address, clerk)
      }),
    )
    const kept = shown.filter(({ status }) => status === 200)
    expect(kept.length).toBeGreaterThan(1)
    expect(shown.every(({ status }) => status === 200 || status === 429)).toBe(true)
    const after = await store.owner('subjects').count('* as n').first()
    expect(Number(after?.['n']) - Number(before?.['n'])).toBe(1)
    const rows = (await at.enrolments()).slice(-kept.length)
    expect(new Set(rows.map(({ subject_id }) => subject_id)).size).toBe(1)
    expect(new Set(rows.map(({ identifier_id }) => identifier_id)).size).toBe(1)
  })

  test('what the three addresses are for, none of the others can do: the code at the counter proves no mailbox (R70)', async () => {
    const begin = handOffOf((await at.enrol(at.newcomer('omar'))).text)
    const token = begin.replace('/store/', '')
    const phone = store.phone()
    expect((await phone.submit(`/store/finish/${token}`, { decide: 'save' })).status).toBe(410)
    expect((await phone.submit(`/store/finish/${token}/not-me`, {})).status).toBe(410)
    expect((await phone.submit(`/store/answers/${token}`, { decide: 'save' })).status).toBe(410)
    expect((await at.last()).outcome).toBeNull()
    // Opening the page takes nothing up, as often as it is done.
    expect((await phone.open(begin)).status).toBe(200)
    expect((await phone.open(begin)).status).toBe(200)
  })
})

describe('Bad input', () => {
  test('what was typed stays, and the page says what to do', async () => {
    const wrong = await clara.submit('/staff/store/enrol', {
      email: 'diana@',
      language: 'es',
      store: 'gran-via',
    })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('value="diana@"')
    expect(wordsOf(wrong.text)).toContain('nombre@ejemplo.com')
    const odd = await clara.submit('/staff/store/enrol', {
      email: 'diana@nuevo.example',
      language: 'xx',
      store: '',
    })
    expect(odd.status).toBe(422)
    expect(odd.text).toContain('value="diana@nuevo.example"')
  })

  test('an assistant of one store begins nothing for another (R105)', async () => {
    const before = (await at.enrolments()).length
    const elsewhere = await clara.submit('/staff/store/enrol', {
      email: at.newcomer('marta'),
      language: 'es',
      store: 'sol',
    })
    expect(elsewhere.status).toBe(422)
    expect((await at.enrolments()).length).toBe(before)
    const several = await store.clerk('store-manager', 'norte')
    const form = await several.open('/staff/store/enrol')
    expect(wordsOf(form.text)).toContain('Tienda Sol')
  })

  test('answers of another surface, or made up, are refused', async () => {
    const phone = store.phone()
    const begin = handOffOf((await at.enrol(at.newcomer('nuria'))).text)
    const questions = await phone.submit(begin, {})
    const fields = answering(questions.text, { [email]: 'yes' })
    const action = formOf(questions.text)
    const foreign = store.app.house.registry
      .current()
      .notices.find(({ purpose, surface }) => purpose === 'marketing.direct' && surface === 'screen')
    const made = await phone.submit(action, {
      ...fields,
      'shown.marketing.direct.email': `${foreign?.id}|${foreign?.version}|${foreign?.language}|${foreign?.textHash}`,
    })
    expect(made.status).toBe(422)
    expect((await phone.submit(action, { ...fields, 'choice.marketing.direct.email': 'maybe' })).status).toBe(
      422,
    )
    expect((await phone.submit(action, { ...fields, subject_id: 'x' })).status).toBe(422)
    expect((await phone.submit(action, fields)).status).toBe(200)
    expect((await phone.submit(action, fields)).status).toBe(410)
  })
})
