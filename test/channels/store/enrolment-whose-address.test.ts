import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { forgetUnfinished } from '../../../src/compose/store.ts'
import { admitUnproven, parseEmailAddress } from '../../../src/features/identity/index.ts'
import { Visitor } from '../../house/visitor.ts'
import { type Enrolments, email, enrolmentsIn } from './enrolments.ts'
import { type Browser, openStoreHouse, type StoreHouse, wordsOf } from './store-house.ts'

/* Of whose address it is: somebody with an account, somebody who was known, somebody who never was in that store. */
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

const emailOf = (text: string) => {
  const address = parseEmailAddress(text)
  if (address === undefined) throw new Error(`${text} is no address`)
  return address
}

describe('Whose address it is', () => {
  test('Ana has an account: the assistant sees what they always see, and Ana is told by mail (R63)', async () => {
    const subjects = await store.owner('subjects').count('* as n').first()
    const shown = await at.enrol('ana@correo.example')
    const other = await at.enrol(at.newcomer('gloria'))
    const shape = (html: string) => wordsOf(html).replaceAll(/\d+/g, '0')
    expect(shape(shown.text)).toBe(shape(other.text))
    await expect.poll(() => store.mailTo('ana@correo.example', 'store-account').length).toBe(1)
    expect(store.mailTo('ana@correo.example', 'store-enrolment')).toEqual([])
    const decoy = (await at.enrolments()).at(-2)!
    expect(decoy.identifier_id).toBeNull()
    expect(await store.owner('subjects').where({ subject_id: decoy.subject_id })).toEqual([])
    const held = await at.answerInStore(shown.text, { [email]: 'no' })
    expect(wordsOf(held.saved.text)).toContain('Mira tu correo')
    expect((await at.enrolments()).at(-2)?.sealed_answers).toBeNull()
    expect(Number((await store.owner('subjects').count('* as n').first())?.['n'])).toBe(
      Number(subjects?.['n']) + 1,
    )
    // Ana sees it where she sees everything else, and can say that it was not her.
    const subjectId = await store.subjectOf('ana@correo.example')
    const tried = () =>
      store
        .owner('audit_entries')
        .where({ stream_id: subjectId })
        .where('entry', 'like', '%"store.enrolment-tried"%')
    await expect.poll(async () => (await tried()).length).toBe(1)
    const link = await at.mailLink('ana@correo.example', 'store-account')
    const page = await store.phone().open(link)
    expect(wordsOf(page.text)).toContain('En tu cuenta no ha cambiado nada')
    const disowned = await store.phone().submit(`${link}/not-me`, {})
    expect(wordsOf(disowned.text)).toContain('Anulado')
    const told = await store.owner('outbox_events').where({ type: 'store.enrolment-disowned' })
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({ payload: { touchpointId: 'gran-via' } })
    expect(JSON.stringify(told[0])).not.toContain(subjectId)
    expect(await store.owner('identifiers').where({ subject_id: subjectId })).not.toEqual([])
  })

  test('whoever creates an account with the address gets that very person, and nothing a stranger answered (R80)', async () => {
    const address = at.newcomer('hugo')
    const { text: screen } = await at.enrol(address)
    const row = await at.last()
    await at.answerInStore(screen, { [email]: 'yes' })
    const hugo = new Visitor(store.app.origin)
    const start = await hugo.open('/privacy')
    const path = (step: string) => start.url.pathname.replace(/[^/]+$/, step)
    const code = (kind: string) => {
      const text = store.mailTo(address, kind).at(-1)?.text ?? ''
      return /\b(\d{6})\b/.exec(text)?.[1]
    }
    // To sign in there is nothing yet: the page says what it always says, and no mail leaves.
    await hugo.submit(path('identify'), { email: address })
    await hugo.open(path('create-account'))
    await hugo.submit(path('create-account'), { email: address })
    await expect.poll(() => code('code-create-account'), { timeout: 10_000 }).toBeDefined()
    expect(store.mailTo(address, 'code-sign-in')).toEqual([])
    const details = await hugo.submit(path('enter-code'), { code: code('code-create-account') ?? '' })
    expect(details.url.pathname).toMatch(/your-details$/)
    expect(details.text).not.toContain('Ofertas de la tienda')
    await hugo.submit(path('your-details'), { first_name: 'Hugo', last_name: '', birth_date: '' })
    const after = await hugo.submit(path('check-answers'), {})
    expect(after.status).toBe(200)
    const [identifier] = await store.owner('identifiers').where({ subject_id: row.subject_id })
    expect(identifier.verified_at).not.toBeNull()
    expect(await store.owner('assertions').where({ subject_id: row.subject_id })).not.toEqual([])
    expect(await at.acts(row.subject_id)).not.toEqual(
      expect.arrayContaining([expect.objectContaining({ type: 'given' })]),
    )
    // The mail of the store leads nowhere now: what was answered there does not count.
    const link = await at.mailLink(address)
    const late = await at.confirm(link)
    expect(wordsOf(late.text)).toContain('Este enlace ya no hace falta')
    expect(await at.permission(row.subject_id)).not.toBe('PERMIT')
    expect((await at.enrolments()).find((one) => one.enrolment_id === row.enrolment_id)).toMatchObject({
      outcome: 'overtaken',
      sealed_answers: null,
    })
  })

  test('Irene never was in that store: one press, and the address is gone and the officer can see it', async () => {
    const address = at.newcomer('irene')
    const { text: screen } = await at.enrol(address)
    const row = await at.last()
    await at.answerInStore(screen, { [email]: 'yes' })
    const link = await at.mailLink(address)
    const page = await store.phone().submit(`${link}/not-me`, {})
    expect(wordsOf(page.text)).toContain('Anulado')
    expect(await at.traces(row.subject_id)).toEqual([])
    expect(await at.acts(row.subject_id)).toEqual([])
    const told = await store.owner('outbox_events').where({ type: 'store.enrolment-disowned' })
    expect(told.at(-1)?.payload).toMatchObject({ touchpointId: 'gran-via' })
    expect(wordsOf((await at.confirm(link)).text)).toContain('Anulado')
  })

  test('somebody who was imported is enrolled as who they are, and stays when they say that it was not them', async () => {
    const address = at.newcomer('quim')
    const { consoleWork, platform, sealer } = store.app.house
    const imported = await consoleWork(async (tx) => {
      const at = platform.clock.now()
      const known = { email: emailOf(address), language: 'es', jurisdiction: 'ES', at }
      const admitted = await admitUnproven({ ...platform, sealer }, tx, known)
      await tx.audit.record({ action: 'subject.imported', actor: { kind: 'system', name: 'test' }, at })
      return admitted
    })
    await at.enrol(address)
    const row = await at.last()
    expect(imported).toMatchObject({ outcome: 'newcomer', whose: { subjectId: row.subject_id } })
    await store.phone().submit(`${await at.mailLink(address)}/not-me`, {})
    expect(await store.owner('identifiers').where({ subject_id: row.subject_id })).toHaveLength(1)
    expect(await store.owner('subject_keys').where({ subject_id: row.subject_id })).toHaveLength(1)
    expect((await at.last()).outcome).toBe('disowned')
  })

  test('what nobody finishes within three days is gone, with the address and the person', async () => {
    const address = at.newcomer('lucia')
    const { text: screen } = await at.enrol(address)
    const row = await at.last()
    await at.answerInStore(screen, { [email]: 'yes' })
    await at.mailLink(address)
    const long = new Date(Date.now() - 73 * 3_600_000)
    await store
      .owner('store_enrolments')
      .where({ enrolment_id: row.enrolment_id })
      .update({ created_at: long, expires_at: new Date(Date.now() - 3_600_000) })
    await forgetUnfinished(store.app.house)
    expect(await store.owner('store_enrolments').where({ enrolment_id: row.enrolment_id })).toEqual([])
    expect(await at.traces(row.subject_id)).toEqual([])
  })

  test('a newcomer of whom something else became known meanwhile is kept: only the address goes', async () => {
    const address = at.newcomer('sonia')
    await at.enrol(address)
    const row = await at.last()
    await store.owner('consent_events').insert({
      ...(await store.owner('consent_events').first('*')),
      subject_id: row.subject_id,
      event_id: store.app.house.platform.entropy.id(),
    })
    await store.phone().submit(`${await at.mailLink(address)}/not-me`, {})
    expect(await at.traces(row.subject_id)).toEqual(['subjects', 'subject_keys', 'former_identifiers'])
  })

  test('whoever is enrolled while they are being forgotten is a newcomer once more (R80)', async () => {
    const address = at.newcomer('teo')
    await at.enrol(address)
    const first = await at.last()
    const link = await at.mailLink(address)
    await Promise.all([store.phone().submit(`${link}/not-me`, {}), at.enrol(address)])
    const second = await at.last()
    const known = await store.owner('subjects').where({ subject_id: second.subject_id })
    if (second.subject_id !== first.subject_id) expect(known).toHaveLength(1)
    const page = await store.phone().open(await at.mailLink(address))
    expect(page.status).toBe(200)
  })
})
