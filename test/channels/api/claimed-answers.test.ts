import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiHouse, startApiHouse } from './api-house.ts'

let norte: ApiHouse
let shop: string
let ana: string

beforeAll(async () => {
  norte = await startApiHouse()
  const { id, secret } = await norte.machine({
    client_id: 'shop-api',
    recipient_id: 'tienda-norte-shop',
    first_party: true,
  })
  const [{ purposes }] = await norte.owner('recipients').where('recipient_id', 'tienda-norte-shop')
  await norte
    .owner('recipients')
    .where('recipient_id', 'tienda-norte-shop')
    .update({ purposes: [...purposes, 'marketing.direct'] })
  await norte.app.house.registry.refresh()
  shop = await norte.token({ id, secret })
  ana = await norte.subjectIdOf('ana')
})
afterAll(() => norte?.close())

const answers = async (claimedOn: object = {}) => {
  const { body } = await norte.ask(shop, 'GET', '/api/v1/notices?purpose=marketing.direct')
  const { id, version, language, text_hash } = body
  const notice = { id, version, language, text_hash }
  const asked = { purpose: 'marketing.direct', notice }
  return {
    sub: ana,
    choices: [
      { ...asked, contact_channel: 'email', answer: 'no' },
      {
        ...asked,
        contact_channel: 'sms',
        answer: 'yes',
        default_state: 'unticked',
        notice: { ...notice, ...claimedOn },
      },
    ],
    evidence: { channel: 'web', surface: 'newsletter-footer', language: 'es' },
  }
}
const kept = () => norte.owner('consent_events').where('subject_id', ana).orderBy('recorded_at')

test('what is refused was not recorded by halves: a no beside a claim on words nobody published is not kept', async () => {
  const before = (await kept()).length
  const said = await norte.ask(shop, 'POST', '/api/v1/consents', await answers({ text_hash: 'x'.repeat(43) }))
  expect(said.body['code']).toBe('notice_unknown')
  expect(await kept()).toHaveLength(before)
})

test('a no and a claim told together are kept together, under one receipt', async () => {
  const said = await norte.ask(shop, 'POST', '/api/v1/consents', await answers())
  expect(said.body).toMatchObject({
    outcome: 'recorded',
    items: [
      { contact_channel: 'email', counted: true },
      { contact_channel: 'sms', counted: false, decision: 'DENY' },
    ],
  })
  // Nobody said how the control of the no had stood, so nothing is written down of it.
  expect((await kept()).findLast(({ contact_channel: over }) => over === 'email')).toMatchObject({
    type: 'withdrawn',
    default_state: null,
  })
  const claim = (await kept()).find(({ evidence_grade: grade }) => grade === 'none')
  expect(claim).toMatchObject({ contact_channel: 'sms', actor: 'system', default_state: null })
})
