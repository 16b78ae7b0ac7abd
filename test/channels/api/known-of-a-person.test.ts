import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandHouse } from '../../../src/compose/command-house.ts'
import { registerRecipient } from '../../../src/features/recipients/index.ts'
import { type ApiHouse, startApiHouse } from './api-house.ts'

let norte: ApiHouse
let shop: string
let ana: string

const purposeDocument = (id: string, kind: string, bases: readonly string[]) => ({
  purpose: {
    id,
    class: kind,
    bases,
    attributes: ['email'],
    contactChannels: ['none'],
    recipients: [],
    retention: { es: 'Mientras lo pida la ley', en: 'As long as the law asks' },
    howToStop: { es: 'Escríbenos', en: 'Write to us' },
    dpv: 'dpv:LegalCompliance',
    change: 'material',
  },
  notices: [
    {
      id: `notice-${id}`,
      version: 1,
      language: 'es',
      title: 'Responder a tus solicitudes',
      summary: 'Guardamos tus datos para responderte.',
      text: 'Los guardamos mientras lo pida la ley.',
    },
  ],
})

beforeAll(async () => {
  norte = await startApiHouse()
  const commands = commandHouse(norte.app.house)
  await commands.purposes.publish(purposeDocument('dsr.answer', 'dsr', ['legal_obligation']), {
    despiteFindings: true,
  })
  await commands.purposes.publish(purposeDocument('authority.tax', 'authority', ['legal_obligation']), {
    despiteFindings: true,
  })
  const { consoleWork, platform } = norte.app.house
  const parts = { work: consoleWork, clock: platform.clock }
  for (const role of ['custodian', 'internal'] as const) {
    await registerRecipient(parts, {
      actor: { kind: 'system', name: 'test' },
      recipient: {
        recipientId: `archive-${role}`,
        name: `Archivo ${role}`,
        role,
        processingContract: false,
        thirdCountry: false,
        countries: ['ES'],
        purposes: ['dsr.*', 'authority.*', 'marketing.direct'],
      },
    })
  }
  await norte.app.house.registry.refresh()
  shop = await norte.token(
    await norte.machine({ client_id: 'shop-api', recipient_id: 'tienda-norte-shop', first_party: true }),
  )
  ana = await norte.subjectIdOf('ana')
})
afterAll(() => norte?.close())

const asks = async (bearer: string, purpose: string, more = {}) =>
  (
    await norte.ask(bearer, 'POST', '/api/v1/decisions', {
      questions: [{ sub: ana, purpose, contact_channel: 'none', attribute: 'email', ...more }],
    })
  ).body.items[0]

describe('Where Ana lives', () => {
  const marketing = { contact_channel: 'email' }
  const move = (country: string, bearer = shop) =>
    norte.ask(bearer, 'POST', '/api/v1/residences', { sub: ana, country })

  test('is told by a system of the house; from then on the law of that country decides, for exports too', async () => {
    const archive = await norte.token(
      await norte.machine({ client_id: 'archive', recipient_id: 'archive-internal', first_party: true }),
    )
    expect(await asks(archive, 'marketing.direct', marketing)).toMatchObject({ reason: 'CONSENT_GIVEN' })
    expect((await move('DE')).body).toEqual({ outcome: 'moved' })
    expect((await move('DE')).body).toEqual({ outcome: 'unchanged' })
    expect(await asks(archive, 'marketing.direct', marketing)).toMatchObject({
      decision: 'DENY',
      reason: 'DOUBLE_OPT_IN_MISSING',
    })
    const kept = await norte.owner('permissions').where({
      subject_id: ana,
      purpose_id: 'marketing.direct',
      contact_channel: 'email',
      decision: 'PERMIT',
    })
    expect(kept).toEqual([])
    const [entry] = (await norte.owner('audit_entries').where({ stream_id: ana }).orderBy('seq'))
      .map(({ entry: text }) => JSON.parse(text))
      .filter(({ action }) => action === 'consent.subject-moved')
    expect(entry).toMatchObject({
      actor: 'client:shop-api',
      client: 'shop-api',
      facts: { jurisdiction: 'DE' },
    })
    expect((await move('ES')).body).toEqual({ outcome: 'moved' })
    expect(await asks(archive, 'marketing.direct', marketing)).toMatchObject({ reason: 'CONSENT_GIVEN' })
  })

  test('is no country of three letters, and not for the mailing system to say', async () => {
    expect((await move('DEU')).status).toBe(422)
    const mailer = await norte.token(
      await norte.machine({
        client_id: 'mailer',
        recipient_id: 'correo-norte',
        purpose_id: 'marketing.direct',
        contact_channel: 'email',
      }),
    )
    const asked = await norte.ask(mailer, 'POST', '/api/v1/residences', { sub: 'x', country: 'FR' })
    expect([asked.status, asked.body['code']]).toEqual([403, 'house-only'])
  })
})

describe('Data that somebody else named', () => {
  test('carry the obligation to state their source until the person was told', async () => {
    const marketing = { contact_channel: 'email' }
    const before = await asks(shopForMarketing, 'marketing.direct', marketing)
    expect(before.obligations).not.toContain('state_source')
    await norte
      .owner('assertions')
      .where({ subject_id: ana, attribute_id: 'first_name' })
      .update({ source: 'partner:club-sur' })
    const foreign = await asks(shopForMarketing, 'marketing.direct', marketing)
    expect(foreign.obligations).toContain('state_source')
    const { id, version, language, text_hash } = (
      await norte.ask(shopForMarketing, 'GET', '/api/v1/notices?purpose=marketing.direct&language=es')
    ).body
    const told = () =>
      norte.ask(shopForMarketing, 'POST', '/api/v1/notices-shown', {
        sub: ana,
        purpose: 'marketing.direct',
        contact_channel: 'email',
        notice: { id, version, language, text_hash },
        evidence: { channel: 'store', surface: 'till', language: 'es', touchpoint: 'bilbao-3' },
      })
    const recorded = await told()
    expect(recorded.status, JSON.stringify(recorded.body)).toBe(200)
    expect(recorded.body).toMatchObject({ outcome: 'recorded' })
    expect((await told()).body).toEqual({ outcome: 'unchanged' })
    const after = await asks(shopForMarketing, 'marketing.direct', marketing)
    expect(after).toMatchObject({ decision: 'PERMIT', reason: 'CONSENT_GIVEN' })
    expect(after.obligations).not.toContain('state_source')
  })

  let shopForMarketing: string
  beforeAll(async () => {
    shopForMarketing = await norte.token(
      await norte.machine({ client_id: 'archive-2', recipient_id: 'archive-internal', first_party: true }),
    )
  })
})

describe('Of somebody whose account is blocked (LOPDGDD art. 32)', () => {
  test('only the custodian learns anything, and only for authorities and for their own requests', async () => {
    const client = (recipient: string) =>
      norte.machine({ client_id: `client-${recipient}`, recipient_id: recipient, first_party: true })
    const custodian = await norte.token(await client('archive-custodian'))
    const other = await norte.token(await client('archive-internal'))
    // An authority is answered by the custodian at any time, the person's own request by whoever is registered for it.
    expect(await asks(other, 'authority.tax')).toMatchObject({ reason: 'SYSTEM_NOT_AUTHORISED_FOR_PURPOSE' })
    expect(await asks(custodian, 'authority.tax')).toMatchObject({ reason: 'LEGAL_OBLIGATION' })
    expect(await asks(other, 'dsr.answer')).toMatchObject({ reason: 'LEGAL_OBLIGATION' })
    await norte.owner('subjects').where({ subject_id: ana }).update({ state: 'blocked' })
    for (const purpose of ['dsr.answer', 'authority.tax']) {
      expect(await asks(custodian, purpose)).toMatchObject({
        decision: 'PERMIT',
        reason: 'BLOCKED_EXCEPTION',
      })
      expect(await asks(other, purpose)).toMatchObject({ decision: 'DENY', reason: 'SUBJECT_BLOCKED' })
    }
    const marketing = { contact_channel: 'email' }
    expect(await asks(custodian, 'marketing.direct', marketing)).toMatchObject({ reason: 'SUBJECT_BLOCKED' })
    const explain = await norte.ask(custodian, 'POST', '/api/v1/decisions:explain', {
      sub: ana,
      purpose: 'dsr.answer',
      contact_channel: 'none',
      attribute: 'email',
    })
    expect(explain.body).toMatchObject({ decision: 'PERMIT', reason: 'BLOCKED_EXCEPTION' })
    // Nobody can claim the role in a question.
    const claimed = await norte.ask(other, 'POST', '/api/v1/decisions', {
      questions: [
        {
          sub: ana,
          purpose: 'dsr.answer',
          contact_channel: 'none',
          attribute: 'email',
          actor_role: 'custodian',
        },
      ],
    })
    expect(claimed.status).toBe(422)
  })
})
