import { afterAll, beforeAll, expect, test } from 'vitest'
import { importConsents } from '../../../../src/features/consent/imports/import-consents.ts'
import { decideKey } from '../../../../src/features/consent/key-decision.ts'
import { pgFactsReader } from '../../../../src/features/consent/pg-facts.ts'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import { type ConsentHouse, house, openConsentHouse } from '../consent-house.ts'
import { fileOf, type ImportHouse, openImportHouse, quarantineInMemory } from './import-house.ts'

let shop: ConsentHouse
let imports: ImportHouse

beforeAll(async () => {
  shop = await openConsentHouse()
  imports = await openImportHouse(shop.database.appConnection)
})
afterAll(async () => {
  await imports.close()
  await shop.close()
})

async function importRows(...rows: readonly object[]) {
  const { report } = await importConsents(imports.parts, {
    file: fileOf(rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
    format: 'ndjson',
    mapping: {},
    source: 'old-crm',
    ...house,
    actor: { kind: 'system', name: 'import' },
    newcomers: { jurisdiction: 'ES' },
    language: 'es',
    dryRun: false,
    resume: false,
    quarantine: quarantineInMemory().quarantine,
  })
  return report
}

const keptFor = async (subjectId: SubjectId) => {
  const rows = await shop.owner('permissions').where({ subject_id: subjectId, purpose_id: 'auth.login' })
  return rows.map(({ decision, reason }) => ({ decision, reason }))
}

const decidedFor = async (subjectId: SubjectId) => {
  const { reader, sealer } = imports
  const known = await pgFactsReader(reader, { sealer, controller: house.controller }).find(subjectId)
  if (known === undefined) throw new Error('nobody')
  const key = { ...house, purpose: 'auth.login', contactChannel: 'none' } as const
  const now = shop.clock.now().getTime()
  const { decision, reason } = decideKey(key, known.facts, shop.registry.current(), now)
  return { decision, reason, contracts: known.facts.subject.contracts.length }
}

const yes = {
  email: 'bruno@correo.example',
  purpose: 'marketing.direct',
  contact_channel: 'email',
  answer: 'given',
  given_at: '2025-03-03T10:00:00Z',
  channel: 'web',
  notice_id: 'notice-marketing.direct',
  notice_version: '1',
  evidence_grade: 'full',
  evidence_reference: 'form 7',
}

const refusal = {
  purpose: 'auth.login',
  contact_channel: 'none',
  answer: 'refused',
  given_at: '2025-03-03T10:00:00Z',
  channel: 'web',
}

test('somebody who was imported has made no contract, and is decided on as they are kept', async () => {
  const report = await importRows({ ...refusal, email: 'iris@correo.example' })
  expect(report).toMatchObject({ refused: 1, newPeople: 1 })
  const [iris] = await shop.owner('subjects').orderBy('subject_id', 'desc').limit(1)
  const denied = { decision: 'DENY', reason: 'NO_ACTIVE_CONTRACT' }
  expect(await keptFor(iris.subject_id)).toEqual([denied])
  expect(await decidedFor(iris.subject_id)).toEqual({ ...denied, contracts: 0 })
})

test('an account whose owner proved their address is a contract, also where a file tells of them', async () => {
  const [ana] = await imports.seedPeople(['ana@correo.example'])
  if (ana === undefined) throw new Error('nobody')
  expect(await importRows({ ...refusal, email: 'ana@correo.example' })).toMatchObject({ newPeople: 0 })
  expect(await keptFor(ana)).toEqual([expect.objectContaining({ decision: 'PERMIT' })])
  expect(await decidedFor(ana)).toMatchObject({ decision: 'PERMIT', contracts: 1 })
})

test('a row widens no notice: what it names beyond the wording was not agreed to, and what it leaves out neither', async () => {
  const [bruno] = await imports.seedPeople(['bruno@correo.example'])
  if (bruno === undefined) throw new Error('nobody')
  expect(await importRows({ ...yes, attributes: 'email phone' })).toMatchObject({ given: 1 })
  const events = await shop.owner('consent_events').where({ subject_id: bruno, type: 'given' })
  expect(events).toEqual([
    expect.objectContaining({ attributes: ['email'], default_state: null, consent_type: null }),
  ])
})
