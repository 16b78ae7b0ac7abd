import { afterAll, beforeAll, expect, test } from 'vitest'
import { redecideParts } from '../../../src/compose/redecide.ts'
import {
  changeProductFamily,
  redecidePermissions,
  refreshExclusionChecks,
} from '../../../src/features/consent/index.ts'
import { type ApiHouse, startApiHouse } from './api-house.ts'
import { list, nameInMailing } from './permission-list.ts'

let norte: ApiHouse
let mailer: string
let shop: string
let carmen: string
beforeAll(async () => {
  norte = await startApiHouse()
  await norte.sweep()
  mailer = await norte.token(
    await norte.machine({
      client_id: 'correo-norte-api',
      recipient_id: 'correo-norte',
      purpose_id: 'marketing.direct',
      contact_channel: 'email',
      channel: 'api',
    }),
  )
  shop = await norte.token(
    await norte.machine({ client_id: 'shop-api', recipient_id: 'tienda-norte-shop', first_party: true }),
  )
  carmen = await nameInMailing(norte, 'carmen')
})
afterAll(() => norte?.close())

/** Who is on the list for a campaign, by the mailing system's names; page by page to the end. */
async function listedFor(category?: string) {
  const about = category === undefined ? '' : `&campaign_category=${category}`
  const found = new Map<string, string>()
  let since = ''
  for (let page = 0; page < 50; page += 1) {
    const { status, body } = await norte.ask(mailer, 'GET', `${list}${about}&limit=2${since}`)
    expect(status, JSON.stringify(body)).toBe(200)
    for (const { sub, decision, basis } of body['items']) if (decision === 'PERMIT') found.set(sub, basis)
    if (body['more'] === false) return { found, next: String(body['next']) }
    since = `&changed_since=${encodeURIComponent(body['next'])}`
  }
  throw new Error('the list has no end')
}
const ofCarmen = async (category: string) => {
  const { body } = await norte.ask(
    mailer,
    'GET',
    `/api/v1/subjects/${carmen}/permissions?campaign_category=${category}`,
  )
  return body['items'][0]
}

/** As the worker does, after every process has heard of the change. */
async function decideAgain() {
  await norte.app.house.registry.refresh()
  const parts = redecideParts(norte.app.house)
  const clock = { now: () => new Date(Date.now() + 11_000) }
  await redecidePermissions(parts)
  for (let round = 0; round < 50; round += 1)
    if ((await redecidePermissions({ ...parts, clock })).done) return
  throw new Error('the sweep never ended')
}

test('a customer who bought shoes is on the list of a campaign for shoes, and on no list that names no category', async () => {
  expect((await listedFor('shoes')).found.has(carmen)).toBe(false)
  const sale = {
    sub: await norte.subjectIdOf('carmen'),
    purchase_id: norte.app.house.platform.entropy.id(),
    category: 'shoes',
    opt_out_offered: true,
    bought_at: new Date(Date.now() - 3_600_000).toISOString(),
  }
  expect((await norte.ask(shop, 'POST', '/api/v1/purchases', sale)).body).toEqual({ outcome: 'recorded' })
  expect((await listedFor('shoes')).found.has(carmen)).toBe(false)
  const { exclusion } = norte.app.house.recording
  const clear = (name: string) => ({
    name,
    contactChannels: ['email' as const],
    most: 100,
    check: async (values: readonly string[]) => values.map(() => ({ listed: false })),
  })
  await refreshExclusionChecks({ ...exclusion, lists: [clear('robinson'), clear('stop_publicidad')] })

  expect((await listedFor('shoes')).found.get(carmen)).toBe('soft_opt_in')
  expect((await listedFor()).found.has(carmen)).toBe(false)
  expect((await listedFor('garden')).found.has(carmen)).toBe(false)
  expect(await ofCarmen('shoes')).toMatchObject({ decision: 'PERMIT', reason: 'SOFT_OPT_IN' })
  expect(await ofCarmen('garden')).toMatchObject({ decision: 'DENY' })
  const [event] = await norte
    .owner('outbox_events')
    .where({ subject_id: sale.sub, type: 'consent.permissions-changed' })
    .orderBy('subject_version', 'desc')
  expect(event.payload.byCategory).toContainEqual(
    expect.objectContaining({ contactChannel: 'email', campaignCategory: 'shoes', decision: 'PERMIT' }),
  )
  // Nobody takes a yes for shoes for a yes to everything.
  expect(event.payload.permissions).not.toContainEqual(
    expect.objectContaining({ purpose: 'marketing.direct', contactChannel: 'email', decision: 'PERMIT' }),
  )
})

test('what the officer calls similar widens the list, and a cursor is of the campaign it was given for', async () => {
  const { consoleWork, platform } = norte.app.house
  const officer = {
    kind: 'staff',
    staffId: platform.entropy.id<'staff'>(),
    roles: ['dpo'],
    assurance: 'passkey',
  } as const
  const family = { actor: officer, family: 'leather', categories: ['shoes', 'bags'] }
  await changeProductFamily({ work: consoleWork, clock: platform.clock }, 'add', family)
  await decideAgain()
  const { next } = await listedFor('bags')
  const other = await norte.ask(
    mailer,
    'GET',
    `${list}&campaign_category=shoes&changed_since=${encodeURIComponent(next)}`,
  )
  expect([other.status, other.body['code']]).toEqual([410, 'cursor-gone'])
  expect(await ofCarmen('bags')).toMatchObject({ decision: 'PERMIT', reason: 'SOFT_OPT_IN' })
  const kept = await norte.owner('permissions').where({ campaign_category: 'bags', contact_channel: 'email' })
  expect(kept).toMatchObject([{ decision: 'PERMIT', basis: 'soft_opt_in' }])
})

test('a complaint takes the customer off every list at once', async () => {
  const complaint = { sub: carmen, contact_channel: 'email', reason: 'complaint', source: 'feedback-loop' }
  const said = await norte.ask(mailer, 'POST', '/api/v1/suppressions', complaint)
  expect(said.body).toEqual({ outcome: 'recorded' })
  for (const category of ['shoes', 'bags', undefined]) {
    expect((await listedFor(category)).found.has(carmen), category).toBe(false)
  }
})
