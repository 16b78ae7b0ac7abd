import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandHouse } from '../../src/compose/command-house.ts'
import { settleHouse } from '../../src/compose/settle-house.ts'
import { pgRegistrySource, recordPurchase, shippedRulePacks } from '../../src/features/consent/index.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { environment, placet } from './run-placet.ts'

let app: TestApp
let owner: ReturnType<typeof openLane>
let later = 0
beforeAll(async () => {
  app = await startTestApp({ people: true, clock: { now: () => new Date(Date.now() + later) } })
  owner = openLane(app.database.connection, 'law-test', 1)
  const staff = await run(['staff', 'create', 'eva@norte.example', '--name', 'Eva', '--role', 'dpo'])
  expect(staff.code, staff.err).toBe(0)
})
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
})

const run = (args: readonly string[], input = '') =>
  placet([...args, '--json'], {
    env: { ...environment, DATABASE_URL: 'postgres://nobody@localhost/given-below' },
    input,
    openHouse: async () => ({ ...commandHouse(app.house), close: async () => undefined }),
  })
const audited = (words: string): Promise<string[]> =>
  owner('audit_entries').whereLike('entry', `%${words}%`).pluck('entry')
const codeOf = (result: Awaited<ReturnType<typeof run>>) => result.json().error?.code
const decided = ['--officer', 'eva@norte.example', '--reason', 'Counsel signed it on 20 November']
const versions = async (jurisdiction: string) =>
  (await run(['rule-pack', 'list']))
    .json()
    .filter((one: { jurisdiction: string }) => one.jurisdiction === jurisdiction)
    .map(({ version, state, own }: Record<string, unknown>) => [version, state, own])
const shown = async (jurisdiction: string) => (await run(['rule-pack', 'show', jurisdiction])).json()

test('an update that ships law brings it into a house that stands already, each version once', async () => {
  const pt = shippedRulePacks.get('PT')?.[0] ?? expect.fail()
  const next = { ...pt, version: '2027-01-01', validFrom: Date.UTC(2020, 0, 1) }
  const shipped = new Map([...shippedRulePacks, ['PT', [pt, next]] as const])
  await settleHouse(app.house, shipped)
  await settleHouse(app.house, shipped)
  expect(await versions('PT')).toEqual([
    ['2027-01-01', 'in force', false],
    [pt.version, 'superseded', false],
  ])
  expect(await audited('consent.rule-pack-published')).toHaveLength(
    [...shippedRulePacks.values()].flat().length + 1,
  )
})

test('the officer publishes how counsel reads the law, after seeing whom it changes something for', async () => {
  const document = { ...(await shown('ES')), version: '2026-11-22-norte', doubleOptIn: ['email'] }
  const before = await versions('ES')
  const preview = await run(['rule-pack', 'publish', '-', '--dry-run'], JSON.stringify(document))
  expect(preview.code, preview.err).toBe(0)
  const people = await owner('subjects').where({ jurisdiction: 'ES' }).whereNot({ state: 'erased' })
  const permitted = await owner('permissions')
    .where({ decision: 'PERMIT', basis: 'consent', contact_channel: 'email' })
    .distinct('subject_id')
  expect(permitted.length).toBeGreaterThan(0)
  expect(preview.json().impact).toMatchObject({
    decidedAgain: people.length,
    compared: people.length,
    changed: permitted.length,
    gain: 0,
    lose: permitted.length,
  })
  expect(await versions('ES')).toEqual(before)

  const alone = await run(['rule-pack', 'publish', '-'], JSON.stringify(document))
  expect(codeOf(alone)).toBe('officer-only')
  const published = await run(['rule-pack', 'publish', '-', ...decided], JSON.stringify(document))
  expect(published.code, published.err).toBe(0)
  expect((await versions('ES'))[0]).toEqual(['2026-11-22-norte', 'in force', true])
  expect((await shown('ES')).doubleOptIn).toEqual(['email'])
  expect((await audited('2026-11-22-norte')).join()).toMatch(/decidedBy.*staff:.*Counsel signed it/s)
  const twice = await run(['rule-pack', 'publish', '-', ...decided], JSON.stringify(document))
  expect(codeOf(twice)).toBe('rule-pack-published')
})

test('whoever reads the law for themselves is not overruled by an update, and sees what it shipped', async () => {
  const es = shippedRulePacks.get('ES')?.[0] ?? expect.fail()
  await settleHouse(
    app.house,
    new Map([...shippedRulePacks, ['ES', [es, { ...es, version: '2027-01-01' }]] as const]),
  )
  expect((await versions('ES'))[0]).toEqual(['2026-11-22-norte', 'in force', true])
  expect((await versions('ES')).map(([version]: string[]) => version)).not.toContain('2027-01-01')
})

test('every shipped version can be read as a document and handed in again as it is', async () => {
  for (const jurisdiction of shippedRulePacks.keys()) {
    const document = { ...(await shown(jurisdiction)), version: 'the-same' }
    const preview = await run(['rule-pack', 'publish', '-', '--dry-run'], JSON.stringify(document))
    expect(preview.code, `${jurisdiction} ${preview.err}`).toBe(0)
    expect(preview.json().impact.changed).toBe(0)
  }
})

test.each([
  ['a duration that is none', { reaskCoolOff: 'six months' }, /reaskCoolOff/],
  [
    'an age below 13 (GDPR Art. 8(1))',
    { digitalConsentAge: [{ age: 12, validFrom: '2018-05-25' }] },
    /digitalConsentAge/,
  ],
  ['lists that stop consent (LOPDGDD 23.4)', { exclusionListsBlock: ['consent'] }, /exclusionListsBlock/],
  ['law that ends before it begins', { validTo: '2001-01-01' }, /ends before it begins/],
  ['a contact channel nobody has', { doubleOptIn: ['fax'] }, /doubleOptIn/],
  ['a word it does not know', { doubleOptin: [] }, /doubleOptin/],
  ['soft opt-in without an age of the sale', { softOptInMaxAge: {} }, /softOptInMaxAge/],
  ['no article it rests on', { sources: [] }, /sources/],
])('%s is refused by name, and nothing is published', async (_, wrong, told) => {
  const before = await versions('ES')
  const document = { ...(await shown('ES')), version: 'wrong', ...wrong }
  const refused = await run(['rule-pack', 'publish', '-', ...decided], JSON.stringify(document))
  expect(refused.code).toBe(1)
  expect(codeOf(refused)).toBe('rule-pack-document')
  expect(refused.err).toMatch(told)
  expect(await versions('ES')).toEqual(before)
})

test('families say what is similar; who bought shoes may be told of bags, from the day it is said until it is taken back', async () => {
  const { names, platform, recording, reads, ledger } = app.house
  const subjectId = await reads.identifiers.findSubject(platform.blindIndex.of('email', 'ana@correo.example'))
  if (subjectId === undefined) throw new Error('no Ana')
  await recordPurchase(recording.circumstances, {
    subjectId,
    actor: { kind: 'system', name: 'till' },
    purchaseId: platform.entropy.id(),
    controller: names.controller,
    category: 'shoes',
    optOutOffered: true,
    boughtAt: new Date(Date.now() - 86_400_000),
  })
  const aboutBags = async () => {
    const known = await ledger.facts.find(subjectId)
    const families = app.house.registry.current().productFamilies
    return { known: known !== undefined, families: Object.fromEntries(families) }
  }
  expect((await run(['product-family', 'list'])).json()).toEqual([])
  const started = new Date(Date.now() + later)
  later += 1000
  const added = await run(['product-family', 'add', 'leather', 'shoes', 'bags', ...decided])
  expect(added.code, added.err).toBe(0)
  expect((await run(['product-family', 'add', 'leather', 'bags', ...decided])).json().added).toEqual([])
  expect(await aboutBags()).toEqual({ known: true, families: { leather: ['bags', 'shoes'] } })
  const between = new Date(Date.now() + later)
  later += 1000
  expect((await run(['product-family', 'remove', 'leather', 'bags', ...decided])).json().removed).toEqual([
    'bags',
  ])
  const past = pgRegistrySource(platform.lanes.console)
  const familiesAt = async (at: Date) => Object.fromEntries((await past.loadAsOf(at)).productFamilies)
  expect(await familiesAt(started)).toEqual({})
  expect(await familiesAt(between)).toEqual({ leather: ['bags', 'shoes'] })
  expect((await run(['product-family', 'list'])).json()).toEqual([
    { family: 'leather', categories: ['shoes'] },
  ])

  expect(codeOf(await run(['product-family', 'remove', 'leather', 'hats', ...decided]))).toBe(
    'product-family-unknown',
  )
  expect(codeOf(await run(['product-family', 'add', 'Leather goods', 'x', ...decided]))).toBe(
    'product-family-name',
  )
  const nobody = ['--officer', 'nobody@norte.example', '--reason', 'x']
  expect(codeOf(await run(['product-family', 'add', 'leather', 'belts', ...nobody]))).toBe('officer-unknown')
})

test('why a customer may be told of what is like what they bought is explained at the command line', async () => {
  const { platform, reads } = app.house
  const subjectId = await reads.identifiers.findSubject(
    platform.blindIndex.of('email', 'carmen@correo.example'),
  )
  const question = ['explain', '--subject', String(subjectId), '--purpose', 'marketing.direct']
  await recordPurchase(app.house.recording.circumstances, {
    subjectId: subjectId ?? expect.fail('no Carmen'),
    actor: { kind: 'system', name: 'till' },
    purchaseId: platform.entropy.id(),
    controller: app.house.names.controller,
    category: 'shoes',
    optOutOffered: true,
    boughtAt: new Date(Date.now() - 86_400_000),
  })
  const reasonFor = async (...more: readonly string[]) =>
    (await run([...question, ...more])).json().decision.reason
  expect(await reasonFor()).toBe('SOFT_OPT_IN_CONDITIONS_NOT_MET')
  expect(await reasonFor('--campaign-category', 'shoes')).toBe('SUPPRESSION_LIST_CHECK_STALE')
})
