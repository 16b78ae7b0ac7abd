import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  discardDraft,
  dpvOfRegistry,
  draftPurpose,
  explainFor,
  impactOfPublishing,
  noticeFor,
  type PurposeDocument,
  pgRegistrySource,
  pgStandingCounts,
  previewRegistry,
  publishDocument,
} from '../../../src/features/consent/index.ts'
import { type ConsentHouse, dpo, house, openConsentHouse, purposes } from './consent-house.ts'
import { pastOf } from './explain-as-of-house.ts'

let norte: ConsentHouse
beforeAll(async () => {
  norte = await openConsentHouse()
})
afterAll(() => norte.close())

const recommendations = () => {
  const described = purposes.find(({ id }) => id === 'personalisation.onsite')
  if (described === undefined) throw new Error('no purpose')
  const { title: _, ...draft } = described
  return draft
}

const document = (change: 'editorial' | 'material'): PurposeDocument => ({
  purpose: { ...recommendations(), change },
  notices: [
    {
      id: 'notice-personalisation.onsite',
      version: 7,
      language: 'es',
      title: 'Recomendaciones para ti',
      summary: 'Te mostramos zapatos de tu número.',
      text: 'Tienda Norte usa tu número de zapato para mostrarte lo que te vale. Lo guardamos hasta que lo dejes. Para dejarlo, entra en Permisos.',
    },
  ],
})

describe('Before publishing', () => {
  test('it is told how many people will be asked again, each counted once', async () => {
    const people = await Promise.all(['Ana', 'Bruno', 'Carmen'].map((name) => norte.register(name)))
    for (const one of people) await norte.say(one, 'personalisation.onsite', 'none', 'yes')
    const parts = { counts: pgStandingCounts(norte.lane), registry: norte.registry.current() }
    expect(await impactOfPublishing(parts, document('material').purpose)).toEqual({
      kind: 'material',
      askedAgain: 3,
      permittedToday: 3,
    })
    expect(await impactOfPublishing(parts, document('editorial').purpose)).toMatchObject({ askedAgain: 0 })
    const wider = { ...document('editorial').purpose, attributes: ['shoe_size', 'email'] }
    expect(await impactOfPublishing(parts, wider)).toMatchObject({ kind: 'material', askedAgain: 3 })
    const fresh = { ...document('material').purpose, id: 'survey.yearly' }
    expect(await impactOfPublishing(parts, fresh)).toMatchObject({ kind: 'new', askedAgain: 0 })
  })

  test('the preview shows the words and version it would have, and publishes nothing', () => {
    const before = norte.registry.current()
    const preview = previewRegistry(before, document('material'), norte.clock.now().getTime())
    expect(noticeFor(preview, 'personalisation.onsite', 'es')?.summary).toBe(
      'Te mostramos zapatos de tu número.',
    )
    expect(preview.active.get('personalisation.onsite')?.reconsentMin).toBe(2)
    expect(norte.registry.current()).toBe(before)
  })
})

test('words the linter would not publish are refused, and nothing of them is kept', async () => {
  const { purpose, notices } = document('material')
  const bad = {
    purpose,
    notices: notices.map((one) => ({ ...one, text: 'Podemos mejorar tu experiencia.' })),
  }
  const parts = { work: norte.work, clock: norte.clock, registry: norte.registry.current() }
  await expect(publishDocument(parts, { actor: dpo, document: bad })).rejects.toMatchObject({
    code: 'notice-not-plain',
    issues: expect.arrayContaining([
      { field: 'notice-personalisation.onsite.es.text', code: 'empty-promise' },
    ]),
  })
  const [drafts] = await norte.owner('purpose_versions').where({ state: 'draft' }).count({ found: '*' })
  expect(Number(drafts?.['found'])).toBe(0)
})

test('what was published is deleted by nobody, the owner of the tables included; a draft can be given up', async () => {
  const published = { purpose_id: 'personalisation.onsite' }
  for (const table of ['notices', 'purpose_versions', 'purposes']) {
    await expect(norte.lane(table).where(published).delete()).rejects.toThrow(/permission denied/)
    await expect(norte.owner(table).where(published).delete()).rejects.toThrow(/never deleted/)
  }
  await expect(norte.owner.raw('truncate notices')).rejects.toThrow(/never deleted/)
  const parts = { work: norte.work, clock: norte.clock }
  const version = await draftPurpose(parts, {
    actor: dpo,
    draft: { ...recommendations(), change: 'editorial' },
  })
  expect(await discardDraft(parts, { actor: dpo, purpose: 'personalisation.onsite' })).toBe(version)
  await norte.registry.refresh()
  expect(norte.registry.current().active.get('personalisation.onsite')?.version).toBe(version - 1)
})

test('what was published despite what the linter found is on the audit trail with every finding', async () => {
  const plain = document('editorial')
  const vague = 'Para mejorar tu experiencia usamos tus datos y los de nuestros socios.'
  const { findings } = await publishDocument(
    { work: norte.work, clock: norte.clock, registry: norte.registry.current() },
    {
      actor: dpo,
      document: { ...plain, notices: plain.notices.map((one) => ({ ...one, version: 6, text: vague })) },
      despiteFindings: true,
    },
  )
  expect(findings.length).toBeGreaterThan(0)
  const entries: readonly string[] = await norte
    .owner('audit_entries')
    .where('entry', 'like', '%consent.purpose-published%')
    .pluck('entry')
  const told = entries.map((entry) => JSON.parse(entry).facts).filter(({ despite }) => despite !== undefined)
  expect(told.map(({ despite }) => despite)).toEqual([[...new Set(findings.map(({ code }) => code))].sort()])
})

test('a decision is explained under the purposes that were in force on the day', async () => {
  const dolores = await norte.register('Dolores')
  norte.pass(1_000)
  await norte.say(dolores, 'personalisation.onsite', 'none', 'yes')
  const day = norte.clock.now()
  norte.pass(60_000)
  await publishDocument(
    { work: norte.work, clock: norte.clock, registry: norte.registry.current() },
    { actor: dpo, document: document('material'), despiteFindings: true },
  )
  await norte.registry.refresh()
  norte.pass(60_000)
  const query = {
    ...house,
    system: '(house)',
    purpose: 'personalisation.onsite',
    contactChannel: 'none',
    attribute: 'shoe_size',
  } as const
  const parts = { ...norte.parts, past: pgRegistrySource(norte.lane), pastFacts: pastOf(norte) }
  const now = await explainFor(parts, { subjectId: dolores, query })
  expect(now?.decision.reason).toBe('CONSENT_SUPERSEDED')
  const then = await explainFor(parts, { subjectId: dolores, query, asOf: day })
  expect(then?.decision.reason).toBe('CONSENT_GIVEN')
})

describe('The registry in terms of DPV', () => {
  /** Terms of DPV 2 that the export may use; one that is not here is a typing mistake or was taken out. */
  const known = new Set(
    `DataController DataProcessor ThirdParty Organisation Recipient PersonalData SpecialCategoryPersonalData Purpose Process
     LegalBasis PrivacyNotice StorageCondition hasName hasAddress hasContact hasLocation hasPurpose hasLegalBasis
     hasPersonalData hasDataController hasDataSubject hasRecipient hasStorageCondition hasNotice`.split(
      /\s+/,
    ),
  )

  test('uses known terms alone, lists throughout, and points only at what is in it', () => {
    const text = JSON.stringify(dpvOfRegistry(norte.registry.current()))
    const used = [...text.matchAll(/"dpv:(\w+)"/g)].map(([, term = '']) => term)
    expect(used.filter((term) => !known.has(term))).toEqual([])
    const graph: readonly Record<string, unknown>[] = JSON.parse(text)['@graph']
    const ids = new Set(graph.map((node) => node['@id']))
    const pointed = [...text.matchAll(/\{"@id":"(urn:placet:[^"]+)"\}/g)].map(([, id]) => id)
    expect(pointed.length).toBeGreaterThan(5)
    expect(pointed.filter((id) => !ids.has(id))).toEqual([])
    for (const node of graph) {
      for (const [name, value] of Object.entries(node))
        if (name !== '@id') expect(Array.isArray(value)).toBe(true)
    }
  })
})
