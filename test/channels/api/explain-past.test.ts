import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandHouse } from '../../../src/compose/command-house.ts'
import { redecideParts } from '../../../src/compose/redecide.ts'
import { moveSubject } from '../../../src/features/consent/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { environment, placet } from '../../cli/run-placet.ts'
import { type ApiHouse, startApiHouse } from './api-house.ts'
import { nameInMailing } from './permission-list.ts'

let norte: ApiHouse
let mailer: string
let shop: string
/** Bruno, as the house knows him and as the mailing system does. */
let bruno: SubjectId
let brunoToMailer: string
/** Everything is in force, and nothing has changed yet. */
let atFirst: string

beforeAll(async () => {
  norte = await startApiHouse()
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
  bruno = (await norte.subjectIdOf('bruno')) as SubjectId
  brunoToMailer = await nameInMailing(norte, 'bruno')
  atFirst = new Date(Date.now() - 1).toISOString()
})
afterAll(() => norte?.close())

const explained = async (asOf?: string) => {
  const question = {
    sub: brunoToMailer,
    purpose: 'marketing.direct',
    contact_channel: 'email',
    attribute: 'email',
    ...(asOf === undefined ? {} : { as_of: asOf }),
  }
  const { status, body } = await norte.ask(mailer, 'POST', '/api/v1/decisions:explain', question)
  expect(status).toBe(200)
  return body
}
const run = (...more: readonly string[]) =>
  placet(['explain', '--subject', bruno, '--purpose', 'marketing.direct', '--channel', 'email', ...more], {
    env: { ...environment, DATABASE_URL: 'postgres://nobody@localhost/given-below' },
    openHouse: async () => ({ ...commandHouse(norte.app.house), close: async () => undefined }),
  })
/** The same asked by a system of the house itself. */
const explainedToShop = async (asOf?: string) => {
  const question = {
    sub: bruno,
    purpose: 'personalisation.onsite',
    contact_channel: 'none',
    attribute: 'first_name',
    ...(asOf === undefined ? {} : { as_of: asOf }),
  }
  const { status, body } = await norte.ask(shop, 'POST', '/api/v1/decisions:explain', question)
  expect(status).toBe(200)
  return body
}
const residence = (knew: readonly { readonly fact: string }[]) =>
  knew.find(({ fact }) => fact === 'residence')

test('Bruno moved to Germany: what he is asked about Spain’s days is answered as in Spain, by system and by command', async () => {
  const live = await explainedToShop()
  const liveToMailer = await explained()
  expect(live.law.jurisdiction).toBe('ES')
  await moveSubject(redecideParts(norte.app.house), {
    subjectId: bruno,
    actor: { kind: 'system', name: 'test' },
    jurisdiction: 'DE',
  })

  const now = await explainedToShop()
  expect(now.law.jurisdiction).toBe('DE')
  expect(residence(now.knew)).toMatchObject({ known: true, says: { es: 'Vivía en: DE.' } })
  const then = await explainedToShop(atFirst)
  expect(then).toMatchObject({ law: live.law, decision: live.decision, reason: live.reason })
  expect(residence(then.knew)).toMatchObject({ known: true, says: { es: 'Vivía en: ES.' } })
  expect(then.knew.map(({ fact }: { fact: string }) => fact)).toEqual([
    'account',
    'residence',
    'birth-date',
    'contact-point',
    'acts',
    'dealings',
    'own-suppressions',
    'exclusion-lists',
    'other-accounts',
    'recipient',
  ])
  // Known is that there is a date of birth and an address, to whoever may ask; which, is for others.
  expect(JSON.stringify(then)).not.toMatch(/1978|@/)

  const told = await run('--at', atFirst, '--lang', 'es')
  expect(told.code, told.err).toBe(0)
  expect(told.out).toContain(`${liveToMailer.decision} ${liveToMailer.reason}`)
  expect(told.out).toContain('by the law of ES')
  expect(told.out).toContain('· residence: Vivía en: ES.')
  expect((await run()).out).toContain('· residence: The person lived in: DE.')
})

test('a system that is not the house’s own is told the answer and its reasons, and nothing else about Bruno', async () => {
  for (const told of [await explained(), await explained(atFirst)]) {
    expect(told.rules).toHaveLength(8)
    expect(told).not.toHaveProperty('law')
    expect(told.rules.filter((rule: object) => 'bases' in rule)).toEqual([])
    expect(told.knew.map(({ fact }: { fact: string }) => fact)).toEqual([
      'account',
      'contact-point',
      'recipient',
    ])
    // Neither in words nor by the articles of a place: LSSI is Spain's law, UWG Germany's.
    expect(JSON.stringify(told)).not.toMatch(/\bES\b|\bDE\b|LSSI|UWG|compra|contrato abierto|entrada/)
  }
})

test('a purpose that was retired since can be asked about as of a day it was in force, and not as of today', async () => {
  await norte
    .owner('purposes')
    .where('purpose_id', 'marketing.direct')
    .update({ retired_at: new Date(Date.now() + 1) })
  await norte.app.house.registry.refresh()
  const today = await norte.ask(mailer, 'POST', '/api/v1/decisions:explain', {
    sub: brunoToMailer,
    purpose: 'marketing.direct',
    contact_channel: 'email',
    attribute: 'email',
  })
  expect(today.status).toBe(404)
  expect((await explained(atFirst)).rules[0]).toMatchObject({ rule: 'capability', outcome: 'PASSED' })
  // The command fills in what is left out from the version of that day.
  const told = await run('--at', atFirst)
  expect(told.out).toContain('· 3 minimisation')
  expect((await run()).out).toContain('DENY PURPOSE_RETIRED')
})

test('of somebody erased since, both say that the past can no longer be told', async () => {
  await norte.owner('subjects').where({ subject_id: bruno }).update({ state: 'erased' })
  const told = await run('--at', atFirst)
  expect(told.out).toContain('DENY')
  expect(told.out).toContain('not everything of that day can be told any more')
  expect(told.out).toContain('? account: The person')
  expect(told.out).toContain('can no longer be told')
  const { knew } = await explained(atFirst)
  expect(knew).toMatchObject([{ fact: 'account', known: false }])
})
