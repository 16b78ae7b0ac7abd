import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  mergeSubjects,
  noticeFor,
  recordChoices,
  referenceTo,
  unmergeSubjects,
} from '../../../src/features/consent/index.ts'
import { pgLinkStore } from '../../../src/features/identity/index.ts'
import { parseId, type SubjectId } from '../../../src/kernel/ids.ts'
import { type ApiHouse, startApiHouse } from './api-house.ts'
import { list, walkList } from './permission-list.ts'

let norte: ApiHouse
let mailer: string
/** Two accounts that both may be mailed, the older first. */
let older: { readonly id: SubjectId; readonly sub: string }
let newer: typeof older

const actor = { kind: 'system', name: 'test' } as const
const evidence = { channel: 'web', surface: 'privacy-centre', language: 'es' } as const
const linking = () => {
  const { consoleWork: work, platform } = norte.app.house
  return { work, clock: platform.clock, entropy: platform.entropy }
}

async function sayYes(subjectId: SubjectId) {
  const { ledger, registry } = norte.app.house
  const notice = noticeFor(registry.current(), 'marketing.direct', 'es')
  if (notice === undefined) throw new Error('no notice')
  const { controller = '', id: brand = '' } = [...registry.current().brands.values()][0] ?? {}
  return recordChoices(ledger, {
    subjectId,
    actor: { kind: 'subject', subjectId, assurance: 'passkey' },
    evidence,
    idempotencyKey: ledger.entropy.id(),
    controller,
    brand,
    choices: [
      { purpose: 'marketing.direct', contactChannel: 'email', answer: 'yes', notice: referenceTo(notice) },
    ],
  })
}

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
  const bruno = parseId<'subject'>(await norte.subjectIdOf('bruno'))
  if (bruno === undefined) throw new Error('no Bruno')
  await sayYes(bruno)
  const { items } = await walkList(norte, mailer)
  const rows = await norte.owner('pairwise_subjects').whereIn(
    'sub',
    items.map(({ sub }) => String(sub)),
  )
  const found = rows.map(({ subject_id: id, sub }) => ({ id, sub })).sort((a, b) => (a.id < b.id ? -1 : 1))
  expect(found.length).toBeGreaterThan(1)
  older = found[0]!
  newer = found[1]!
})
afterAll(() => norte?.close())

const feed = (since: string) => norte.ask(mailer, 'GET', `${list}&changed_since=${encodeURIComponent(since)}`)
const ofPerson = (items: readonly Record<string, unknown>[]) =>
  items.filter(({ sub }) => sub === older.sub || sub === newer.sub)

/** A client's own list, built from what it was told: on it by PERMIT, off it by anything else. */
function apply(own: Set<string>, items: readonly Record<string, unknown>[]) {
  for (const { sub, decision } of items) {
    if (decision === 'PERMIT') own.add(String(sub))
    else own.delete(String(sub))
  }
  return own
}

test('a client that follows the changes has whom the list has: of two accounts of a person one, and both again once unlinked', async () => {
  const first = await walkList(norte, mailer)
  const own = apply(new Set(), first.items)
  expect([own.has(older.sub), own.has(newer.sub)]).toEqual([true, true])

  const merged = await mergeSubjects(linking(), {
    subjects: [older.id, newer.id],
    assurance: 'L2',
    rule: 'proven-in-store',
    confidence: 100,
    proof: { code: 'otp-1' },
    actor,
    evidence,
  })
  expect(merged.outcome).toBe('linked')
  const linked = await feed(first.next)
  // Both are told, whichever of their own answers changed.
  expect(
    ofPerson(linked.body.items)
      .map(({ sub }) => sub)
      .sort(),
  ).toEqual([older.sub, newer.sub].sort())
  expect(linked.body.items.find(({ sub }: { sub: string }) => sub === newer.sub)).toMatchObject({
    decision: 'DENY',
    reason: 'OTHER_ACCOUNT_CONTACTED',
    attributes: [],
    duplicate_of: older.sub,
  })
  expect(linked.body.items.find(({ sub }: { sub: string }) => sub === newer.sub).opt_out).toBeUndefined()
  apply(own, linked.body.items)
  const listed = await walkList(norte, mailer)
  expect(own).toEqual(apply(new Set(), listed.items))
  expect(own.has(newer.sub)).toBe(false)

  // What the data may be used for is another question, and it tells the same of the other account.
  const { body: read } = await norte.ask(mailer, 'GET', `/api/v1/subjects/${newer.sub}/permissions`)
  expect(read.items).toMatchObject([{ decision: 'PERMIT', duplicate_of: older.sub }])
  const question = { purpose: 'marketing.direct', contact_channel: 'email', attribute: 'email' }
  const asked = await norte.ask(mailer, 'POST', '/api/v1/decisions', {
    questions: [newer, older].map(({ sub }) => ({ sub, ...question })),
  })
  expect(asked.body.items).toMatchObject([
    { decision: 'PERMIT', duplicate_of: older.sub },
    { decision: 'PERMIT' },
  ])
  expect(asked.body.items[1].duplicate_of).toBeUndefined()

  const [link] = await pgLinkStore(norte.app.house.platform.lanes.console).inForce([older.id])
  if (link === undefined) throw new Error('no link')
  await unmergeSubjects(linking(), {
    subjectId: older.id,
    linkId: link.linkId,
    reason: 'asked',
    mistaken: false,
    actor,
  })
  const unlinked = await feed(String(linked.body.next))
  expect(ofPerson(unlinked.body.items)).toMatchObject([{ decision: 'PERMIT' }, { decision: 'PERMIT' }])
  apply(own, unlinked.body.items)
  expect(own).toEqual(apply(new Set(), (await walkList(norte, mailer)).items))
  expect([own.has(older.sub), own.has(newer.sub)]).toEqual([true, true])
})
