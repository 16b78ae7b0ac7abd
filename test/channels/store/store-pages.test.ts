import { load } from 'cheerio'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { helpCallsOn } from '../../../src/compose/help-calls.ts'
import { sendLeftReceipts, watchStores } from '../../../src/compose/store.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'
import { type Browser, openStoreHouse, type StoreHouse, wordsOf } from './store-house.ts'

/* Receipts that stay receipts, help at the kiosks, and stores where everybody says yes. */
let store: StoreHouse
let clara: Browser
beforeAll(async () => {
  store = await openStoreHouse()
  clara = await store.clerk()
})
afterAll(() => store?.close())
beforeEach(() => store.owner('rate_limits').delete())

const receipt = {
  email: 'olga@nuevo.example',
  reference: 'T3-004512',
  total: '24,90 €',
  language: 'es',
  store: '',
}
const send = (more: Partial<typeof receipt> = {}) =>
  clara.submit('/staff/store/receipt', { ...receipt, store: 'gran-via', ...more })

/** Everything that a newsletter could rest on, as it stands in the database. */
async function marketing() {
  const all = (table: string) => store.owner(table).count('* as n').first()
  const tables = [
    'subjects',
    'identifiers',
    'identifier_lookups',
    'consent_events',
    'permissions',
    'receipts',
  ]
  const counts = await Promise.all(tables.map(async (table) => [table, (await all(table))?.['n']] as const))
  const permitted = await store
    .owner('permissions')
    .where({ decision: 'PERMIT' })
    .orderBy('subject_id')
    .select('*')
  return { counts: Object.fromEntries(counts), permitted }
}

describe('A receipt by mail', () => {
  test.each(['olga@nuevo.example', 'ana@correo.example', 'bruno@correo.example'])(
    'reaches %s, and no permission, person or address comes of it (GDPR Art. 5(1)(b))',
    async (email) => {
      const before = await marketing()
      expect((await send({ email })).location).toBe('/staff/store/receipt?done=mailed')
      await expect.poll(() => store.mailTo(email, 'store-receipt').length, { timeout: 10_000 }).toBe(1)
      expect(await marketing()).toEqual(before)
    },
  )

  test('says what it was given for, and has no offer, no link and no box', async () => {
    const [mail] = store.mailTo('olga@nuevo.example', 'store-receipt')
    expect(mail?.text).toContain('T3-004512')
    expect(mail?.text).toContain('24,90 €')
    expect(mail?.text).toContain('No te hemos dado de alta en nada')
    expect(mail?.text).not.toMatch(/https?:/)
    expect(mail?.text).not.toMatch(/ofertas?|novedades|suscr|descuento/i)
    expect(mail?.html).not.toMatch(/<a |<input|<form|<img/)
    const form = await clara.open('/staff/store/receipt')
    expect(form.text).not.toMatch(/type="(checkbox|radio)"/)
  })

  test('is forgotten when it has left: neither the address nor a hash of it stays', async () => {
    await expect.poll(() => store.owner('store_receipt_mails')).toEqual([])
    const trail = await store.owner('audit_entries').where('entry', 'like', '%"store.receipt-mailed"%')
    expect(trail.length).toBeGreaterThan(0)
    for (const { entry } of trail) {
      expect(entry).toContain('service.receipt')
      expect(entry).not.toContain('olga@')
    }
  })

  test('that could not be sent is tried again, and after a day let go', async () => {
    const { sealedTokens } = store.app.house.platform
    const now = Date.now()
    const waiting = (email: string, expires: number) => ({
      receipt_mail_id: systemEntropy.id(),
      sealed_mail: sealedTokens.sealToken(
        'store receipt mail',
        { to: email, reference: 'T1', total: '1,00', touchpointId: 'gran-via', language: 'es' },
        new Date(expires),
      ),
      created_at: new Date(now - 3_600_000),
      next_attempt_at: new Date(now - 1_000),
      expires_at: new Date(expires),
    })
    await store
      .owner('store_receipt_mails')
      .insert([waiting('pablo@nuevo.example', now + 60_000), waiting('raquel@nuevo.example', now - 1_000)])
    await sendLeftReceipts(store.app.house)
    expect(store.mailTo('pablo@nuevo.example', 'store-receipt')).toHaveLength(1)
    expect(store.mailTo('raquel@nuevo.example', 'store-receipt')).toEqual([])
    expect(await store.owner('store_receipt_mails')).toEqual([])
  })

  test('with something wrong comes back as it was typed', async () => {
    const wrong = await send({ email: 'olga@', reference: 'premio.example', total: 'gratis' })
    expect(wrong.status).toBe(422)
    for (const value of ['olga@', 'premio.example', 'gratis'])
      expect(wrong.text).toContain(`value="${value}"`)
    expect(load(wrong.text)('#error-summary li')).toHaveLength(3)
    expect((await send({ store: 'sol' })).status).toBe(422)
  })

  test('goes to one address five times an hour at most', async () => {
    const statuses = []
    for (let time = 0; time < 6; time += 1)
      statuses.push((await send({ email: 'sara@nuevo.example' })).status)
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429])
  })
})

describe('Help at a kiosk', () => {
  const kiosk = { terminalId: 'gran-via-3', storeId: 'gran-via', clientId: 'terminal:gran-via-3' }
  const evidence = { channel: 'kiosk', surface: 'screen', language: 'es' } as const

  test('is seen by the staff of that store alone, and taken by one of them', async () => {
    const { touchpoints } = await import('../../../src/compose/command-house.ts').then(({ commandHouse }) =>
      commandHouse(store.app.house),
    )
    await touchpoints.add({ id: 'gran-via-3', kind: 'terminal', name: 'Quiosco 3', parent: 'gran-via' })
    const calls = helpCallsOn(store.app.house.platform)
    await calls.raise({ ...kiosk, evidence })
    const home = await clara.open('/staff/store')
    expect(wordsOf(home.text)).toContain('Quiosco 3, Tienda Gran Vía')
    const call = load(home.text)('input[name=call]').attr('value') ?? ''
    const elsewhere = await store.clerk('store-staff', 'sol')
    expect(wordsOf((await elsewhere.open('/staff/store')).text)).not.toContain('Quiosco 3')
    expect((await elsewhere.submit('/staff/store/help', { call })).location).toBe('/staff/store?done=gone')
    const colleague = await store.clerk()
    const taken = await Promise.all(
      [clara, colleague].map((one) => one.submit('/staff/store/help', { call })),
    )
    expect(taken.map(({ location }) => location).sort()).toEqual([
      '/staff/store?done=gone',
      '/staff/store?done=taken',
    ])
    expect(await calls.state('gran-via-3')).toBe('coming')
    expect(wordsOf((await clara.open('/staff/store')).text)).toContain('Alguien va de camino')
  })

  test('is done when somebody of that store says so, and the next customer can call', async () => {
    const calls = helpCallsOn(store.app.house.platform)
    const seen = load((await clara.open('/staff/store')).text)
    expect(seen('button[name=say]').text()).toBe('Hecho: Quiosco 3, Tienda Gran Vía')
    const call = seen('input[name=call]').attr('value') ?? ''
    const elsewhere = await store.clerk('store-staff', 'sol')
    const done = { call, say: 'done' }
    expect((await elsewhere.submit('/staff/store/help', done)).location).toBe('/staff/store?done=gone')
    expect(await calls.state('gran-via-3')).toBe('coming')
    expect((await clara.submit('/staff/store/help', done)).location).toBe('/staff/store?done=done')
    expect(await calls.state('gran-via-3')).toBe('none')
    expect((await clara.submit('/staff/store/help', done)).location).toBe('/staff/store?done=gone')
    expect(await calls.raise({ ...kiosk, evidence })).toBe('raised')
    // What nobody took cannot be done.
    const next = load((await clara.open('/staff/store')).text)('input[name=call]').attr('value') ?? ''
    expect((await clara.submit('/staff/store/help', { call: next, say: 'done' })).location).toBe(
      '/staff/store?done=gone',
    )
    expect(await store.owner('outbox_events').where({ type: 'help-call.done' })).toHaveLength(1)
  })

  test('is looked for by the page itself, which keeps no session awake, and told in the name of its window', async () => {
    const seen = await clara.open('/staff/store')
    const $ = load(seen.text)
    expect($('title').text()).toContain('(1) Tienda')
    expect($('[data-help-told][aria-live=polite]').text()).toBe('Piden ayuda en: Quiosco 3, Tienda Gran Vía')
    expect(seen.text).toContain('<noscript><meta http-equiv="refresh" content="15; url=/staff/store/help"')
    expect($('script[src="/assets/store-help.js"]')).toHaveLength(1)
    const sessions = () => store.owner('staff_sessions').where('seen_at', '>', new Date(Date.now() - 60_000))
    await store.owner('staff_sessions').update({ seen_at: new Date(Date.now() - 120_000) })
    const looked = await clara.open($('[data-help-look]').attr('data-help-look') ?? '')
    expect(load(looked.text)('[data-help-now]').html()).toContain('Voy yo: Quiosco 3')
    expect(await sessions()).toEqual([])
    await clara.open('/staff/store')
    expect(await sessions()).toHaveLength(1)
    const elsewhere = await store.clerk('store-staff', 'sol')
    expect(wordsOf((await elsewhere.open('/staff/store/help')).text)).toContain('Nadie pide ayuda ahora.')
  })

  test('is read by one query, however many stores somebody works in', async () => {
    const asked: string[] = []
    const console = store.app.house.platform.lanes.console
    const listen = ({ sql }: { sql: string }) => void (sql.includes('help_calls') && asked.push(sql))
    console.on('query', listen)
    const manager = await store.clerk('store-staff', 'norte')
    asked.length = 0
    const seen = wordsOf((await manager.open('/staff/store')).text)
    console.off('query', listen)
    expect(seen).toContain('Tienda Gran Vía · Tienda Sol')
    expect(seen).toContain('Quiosco 3, Tienda Gran Vía')
    expect(asked).toHaveLength(1)
  })
})

describe('A store where everybody says yes', () => {
  /** Answers as the ledger has them, with nothing else of an act: the report counts people and opens nothing. */
  async function answered(
    touchpoint: string,
    yes: number,
    no: number,
    { channel = 'store', people = yes + no } = {},
  ) {
    const [pattern] = await store.owner('consent_events').whereNotNull('notice_id').limit(1)
    const [somebody] = await store.owner('subjects').limit(1)
    const subjects = Array.from({ length: people }, () => systemEntropy.id())
    await store.owner('subjects').insert(subjects.map((subject_id) => ({ ...somebody, subject_id })))
    const rows = Array.from({ length: yes + no }, (_, place) => ({
      ...pattern,
      attributes: pattern.attributes,
      subject_id: subjects[place % people],
      event_id: systemEntropy.id(),
      type: place < yes ? 'given' : 'refused',
      touchpoint,
      channel,
      recorded_at: new Date(),
    }))
    await store.owner('consent_events').insert(rows)
  }
  const raised = () => store.owner('outbox_events').where({ type: 'store.opt-in-rate-implausible' })

  test('before anything was counted the officer is told so', async () => {
    const officer = await store.clerk('dpo', null)
    const page = await officer.open('/dpo/stores')
    expect(page.status).toBe(200)
    expect(wordsOf(page.text)).toContain('Todavía no se ha contado')
  })

  test('is judged by people: forty yeses of one person are one, and shown of nobody', async () => {
    await answered('sol', 40, 0, { people: 1 })
    expect(await watchStores(store.app.house)).toBe(0)
    const [figures] = await store.owner('store_rate_figures')
    expect(figures.rates).toEqual([{ touchpointId: 'sol', shown: false }])
  })

  test('is judged by what its staff began: answers at a kiosk are not among them', async () => {
    await answered('sol', 60, 0, { channel: 'kiosk' })
    expect(await watchStores(store.app.house)).toBe(0)
    expect(await raised()).toEqual([])
  })

  test('is told to the officer once a week, and stands first on their page with its bar and its figures', async () => {
    await answered('gran-via', 44, 56)
    await answered('sol', 40, 0)
    const counts = await Promise.all([1, 2, 3].map(() => watchStores(store.app.house)))
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(1)
    expect(await watchStores(store.app.house)).toBe(0)
    const [event] = await raised()
    expect(event.payload).toMatchObject({
      touchpointId: 'sol',
      finding: 'above-others',
      people: 41,
      yes: 41,
    })
    expect(await raised()).toHaveLength(1)

    const officer = await store.clerk('dpo', null)
    const page = await officer.open('/dpo/stores')
    expect(page.status).toBe(200)
    const $ = load(page.text)
    const rows = $('tbody tr')
      .toArray()
      .map((row) => $(row).text())
    expect(rows[0]).toContain('Tienda Sol')
    expect(rows[0]).toContain('Muy por encima de las demás')
    expect(rows[1]).toContain('Tienda Gran Vía')
    expect($('.rates__row')).toHaveLength(2)
    // The page says what was counted, and counts nothing itself.
    await answered('gran-via', 30, 0)
    expect(wordsOf((await officer.open('/dpo/stores')).text)).toBe(wordsOf(page.text))
    expect((await clara.open('/dpo/stores')).status).toBe(403)
  })
})
