import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  pgPermissionReads,
  redecidePermissions,
  whoMayBeContacted,
} from '../../../src/features/consent/index.ts'
import { contactableSql } from '../../../src/features/consent/permissions/pg-permission-reads.ts'
import { declareAttributes } from '../../../src/features/profile/index.ts'
import type { ContactChannel } from '../../../src/kernel/evidence.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { type ConsentHouse, dpo, evidence, house, openConsentHouse, purposes } from './consent-house.ts'

const day = 86_400_000

let norte: ConsentHouse
beforeAll(async () => {
  norte = await openConsentHouse()
})
afterAll(() => norte.close())

const parts = () => ({
  ...norte.parts,
  work: norte.work,
  registry: norte.registry,
  reads: pgPermissionReads(norte.reader),
})

/** Rounds until nothing is left, as the worker does; one that never ends is a failure of its own. */
async function sweep(batch = 50) {
  norte.pass(11_000)
  for (let round = 0; round < 200; round += 1) {
    const { done } = await redecidePermissions(parts(), { batch })
    if (done) return round + 1
  }
  throw new Error('the sweep never ended')
}

async function contactable(purpose: string, contactChannel: ContactChannel): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  let after: SubjectId | undefined
  do {
    const page = await whoMayBeContacted(parts(), { ...house, purpose, contactChannel }, { after, limit: 3 })
    for (const { subjectId } of page.people) found.add(subjectId)
    after = page.next
  } while (after !== undefined)
  return found
}

const declareBirth = (subjectId: SubjectId, yearsAgo: number) =>
  declareAttributes(
    { ...norte, catalogue: norte.catalogue },
    {
      subjectId,
      declarations: [
        { attributeId: 'birth_date', value: `${norte.clock.now().getUTCFullYear() - yearsAgo}-01-01` },
      ],
      provenance: 'declared',
      source: 'web:privacy-centre',
      actor: norte.asSubject(subjectId),
      evidence,
    },
  )

test('who turns out to be a child is on no list, and one who was taken for a child is on it again', async () => {
  const gema = await norte.register('Gema')
  await norte.say(gema, 'marketing.direct', 'email', 'yes')
  await sweep()
  expect(await contactable('marketing.direct', 'email')).toContain(gema)
  norte.pass(1_000)
  await declareBirth(gema, 8)
  expect(await contactable('marketing.direct', 'email')).not.toContain(gema)
  await sweep()
  const kept = () =>
    norte
      .owner('permissions')
      .first('decision')
      .where({ subject_id: gema, purpose_id: 'marketing.direct', contact_channel: 'email' })
  expect(await kept()).toEqual({ decision: 'DENY' })
  await declareBirth(gema, 30)
  await sweep()
  expect(await kept()).toEqual({ decision: 'PERMIT' })
  expect(await contactable('marketing.direct', 'email')).toContain(gema)
})

test('what is being decided on the facts of before a new birth date is not kept', async () => {
  const iker = await norte.register('Iker')
  const known = await norte.parts.facts.find(iker)
  await declareBirth(iker, 8)
  const kept = await norte.work(async ({ permissions, audit }) => {
    await audit.record({ action: 'test', actor: dpo, at: norte.clock.now(), subjectId: iker, facts: {} })
    return permissions.rewrite(iker, known?.epoch ?? -1, [], norte.clock.now())
  })
  expect(kept).toBe(false)
})

test('a yes that ran out is on no list from that instant, before any job has run', async () => {
  const ana = await norte.register('Ana')
  await norte.say(ana, 'marketing.direct', 'email', 'yes')
  await sweep()
  expect(await contactable('marketing.direct', 'email')).toContain(ana)
  const [row] = await norte
    .owner('permissions')
    .where({ subject_id: ana, purpose_id: 'marketing.direct', contact_channel: 'email' })
  await norte.owner('permissions').where({ subject_id: ana }).update({ valid_until: norte.clock.now() })
  expect(await contactable('marketing.direct', 'email')).not.toContain(ana)
  expect(row.decision).toBe('PERMIT')
  await sweep()
  expect(await contactable('marketing.direct', 'email')).toContain(ana)
})

test('a clock that was set back gives out nothing it decided in the future', async () => {
  const bruno = await norte.register('Bruno')
  await norte.say(bruno, 'marketing.direct', 'email', 'yes')
  await sweep()
  norte.pass(-60_000)
  expect(await contactable('marketing.direct', 'email')).not.toContain(bruno)
  norte.pass(60_000)
  expect(await contactable('marketing.direct', 'email')).toContain(bruno)
})

test('a material change empties the list at once, and a sweep cut short goes on where it was', async () => {
  const people = await Promise.all(
    ['Carmen', 'Dolores', 'Elena', 'Fermín'].map((name) => norte.register(name)),
  )
  for (const one of people) await norte.say(one, 'personalisation.onsite', 'none', 'yes')
  await sweep()
  const before = await contactable('personalisation.onsite', 'none')
  for (const one of people) expect(before).toContain(one)
  const described = purposes.find(({ id }) => id === 'personalisation.onsite')
  if (described === undefined) throw new Error('no purpose')
  const { title, ...draft } = described
  await norte.publish({ ...draft, attributes: ['shoe_size', 'email'] }, title, 2)
  await norte.registry.refresh()
  expect(await contactable('personalisation.onsite', 'none')).toEqual(new Set())
  norte.pass(1_000)
  expect((await redecidePermissions(parts(), { batch: 2 })).done).toBe(false)
  expect(await sweep(2)).toBeGreaterThan(2)
  expect(await contactable('personalisation.onsite', 'none')).toEqual(new Set())
  const [row] = await norte
    .owner('permissions')
    .where({ subject_id: people[0], purpose_id: 'personalisation.onsite' })
  expect(row.reason).toBe('CONSENT_SUPERSEDED')
  const [told] = await norte
    .owner('outbox_events')
    .where({ subject_id: people[0], type: 'consent.permissions-changed' })
  expect(told.payload.because).toBe('consent.redecided-by-registry')
  expect((await redecidePermissions(parts())).people).toBe(0)
})

test('two workers at the same sweep decide everybody, once more at most, and never fail', async () => {
  norte.pass(400 * day)
  norte.pass(11_000)
  const rounds = async () => {
    for (let round = 0; round < 50; round += 1)
      if ((await redecidePermissions(parts(), { batch: 3 })).done) return
  }
  await Promise.all([rounds(), rounds()])
  const [left] = await norte
    .owner('permissions')
    .where('valid_until', '<=', norte.clock.now())
    .count({ found: '*' })
  expect(Number(left?.['found'])).toBe(0)
})

test('the list is one select on its index, however many people there are', async () => {
  const plan = await norte.owner.transaction(async (trx) => {
    await trx.raw('set local enable_seqscan = off; set local enable_bitmapscan = off')
    const values = [
      'marketing.direct',
      'email',
      house.brand,
      house.controller,
      'mark',
      new Date(),
      '00000000-0000-0000-0000-000000000000',
      100,
      'email',
      'fashion',
    ]
    const text = contactableSql.replaceAll(/\$(\d+)/g, (_, place: string) => {
      const value = values[Number(place) - 1]
      return value instanceof Date
        ? `'${value.toISOString()}'::timestamptz`
        : typeof value === 'number'
          ? String(value)
          : `'${value}'`
    })
    const { rows } = await trx.raw(`explain ${text}`)
    return rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n')
  })
  expect(plan).toMatch(/Index Scan using permissions_contactable/)
  expect(plan).not.toMatch(/Seq Scan on (permissions|subjects|identifiers|assertions)|Sort .*permissions/)
})
