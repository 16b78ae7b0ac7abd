import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import { type LedgerHouse, openLedgerHouse } from './ledger-house.ts'

let norte: LedgerHouse
const people: SubjectId[] = []
let firstCheckpoint = ''

/** 300 entries, so that there is a complete tile, in two stretches with a checkpoint after each. */
beforeAll(async () => {
  norte = await openLedgerHouse()
  for (let at = 0; at < 10; at += 1) people.push(await norte.register(`Persona${at}`))
  const answers = ['yes', 'no'] as const
  for (let round = 0; round < 30; round += 1) {
    await Promise.all(
      people.map((subjectId) =>
        norte.say(subjectId, 'marketing.direct', 'email', answers[round % 2] ?? 'no'),
      ),
    )
    norte.pass(1000)
    if (round === 9) await norte.keeper.checkpoint()
  }
  await norte.keeper.checkpoint()
  firstCheckpoint = (await readdir(norte.folder)).sort()[0] ?? ''
})
afterAll(() => norte.close())

/** Whoever harms the ledger here owns the database; what is asked is whether it shows. Everything is put back after. */
async function harmed(sql: string, options: Parameters<LedgerHouse['verify']>[0] = {}) {
  const copies = [
    'consent_log',
    'consent_log_tiles',
    'consent_log_places',
    'consent_events',
    'consent_log_tombstones',
  ]
  for (const table of copies) await norte.owner.raw(`create table copy_of_${table} as table ${table}`)
  try {
    await norte.tamper(sql)
    return await norte.verify(options)
  } finally {
    for (const table of copies) {
      await norte.tamper(
        `delete from ${table}; insert into ${table} select * from copy_of_${table}; drop table copy_of_${table}`,
      )
    }
  }
}

test('an untouched ledger verifies, with the keys and without', async () => {
  const plain = await norte.verify()
  expect(plain).toMatchObject({
    intact: true,
    size: 300,
    acts: 300,
    opened: 0,
    erased: 0,
    waiting: 0,
    findings: [],
  })
  expect(plain.checkpoints).toBe(4)
  expect(await norte.verify({ withKeys: true })).toMatchObject({ intact: true, opened: 300 })
  expect(await norte.verify({ from: firstCheckpoint })).toMatchObject({ intact: true, size: 300 })
})

const flip = (column: string) => `set_byte(${column}, 7, get_byte(${column}, 7) # 1)`
test.each([
  [
    'a byte of a commitment',
    `update consent_log set commitment = ${flip('commitment')} where seq = 20`,
    'entry-changed',
  ],
  ['a byte of a tag', `update consent_log set tag = ${flip('tag')} where seq = 21`, 'entry-changed'],
  [
    'a byte of a wording’s hash',
    `update consent_log set notice_sha256 = ${flip('notice_sha256')} where seq = 22`,
    'entry-changed',
  ],
  [
    'a type',
    `update consent_log set type = 'given' where seq = 31 and type <> 'given' or seq = 299`,
    'checkpoint-contradicted',
  ],
  [
    'a millisecond',
    `update consent_log set recorded_at = recorded_at + interval '1 millisecond' where seq = 23`,
    'entry-changed',
  ],
  [
    'a byte in the open end, which no tile covers',
    `update consent_log set tag = ${flip('tag')} where seq = 290`,
    'checkpoint-contradicted',
  ],
  ['a byte of a tile', `update consent_log_tiles set hashes = ${flip('hashes')}`, 'entry-changed'],
  ['the root of a tile', `update consent_log_tiles set root = ${flip('root')}`, 'tile-changed'],
  ['a tile that is gone', 'delete from consent_log_tiles', 'tile-missing'],
  ['a cut tail', 'delete from consent_log where seq >= 290', 'log-truncated'],
  ['everything gone', 'delete from consent_log; delete from consent_log_tiles', 'log-truncated'],
  ['an omitted entry', 'delete from consent_log where seq = 40', 'entry-missing'],
  [
    'an entry left out and the others closed up',
    `delete from consent_log where seq = 40; update consent_log set seq = seq + 10000 where seq > 40;
     update consent_log set seq = seq - 10001 where seq > 10000`,
    'entry-changed',
  ],
  [
    'two entries in each other’s place',
    `update consent_log set seq = case seq when 50 then 10051 else 10050 end where seq in (50, 51);
     update consent_log set seq = seq - 10000 where seq > 10000`,
    'entry-changed',
  ],
  [
    'an entry slipped in at the end',
    `insert into consent_log select 300, recorded_at, type, notice_sha256, commitment, tag from consent_log where seq = 1`,
    'act-missing',
  ],
  [
    'an act nobody queued for the log',
    `insert into consent_events select (jsonb_populate_record(e, jsonb_build_object('event_id', gen_random_uuid()))).*
     from consent_events e limit 1`,
    'act-not-in-log',
  ],
  [
    'an act deleted without a tombstone',
    `with gone as (select * from consent_log_places where seq = 60), act as (delete from consent_events e using gone
       where e.subject_id = gone.subject_id and e.event_id = gone.event_id)
     delete from consent_log_places where seq = 60`,
    'act-missing',
  ],
  [
    'evidence deleted alone',
    `delete from consent_events e using consent_log_places p where p.event_id = e.event_id and p.seq = 61`,
    'act-missing',
  ],
  [
    'a refusal turned into a yes',
    `update consent_events set type = 'given' where event_id = (select p.event_id from consent_log_places p
       join consent_log l using (seq) where l.type = 'withdrawn' limit 1)`,
    'act-changed',
  ],
  [
    'two acts that swap their places',
    `update consent_log_places set seq = case seq when 70 then 71 else 70 end where seq in (70, 71)`,
    'act-changed',
  ],
  [
    'a tombstone over what is still there',
    `insert into consent_log_tombstones values (80, now(), 'none')`,
    'erased-but-there',
  ],
])('%s is found', async (_, sql, fault) => {
  const verdict = await harmed(sql)
  expect(verdict.intact).toBe(false)
  expect(verdict.findings.map((finding) => finding.fault)).toContain(fault)
})

test.each([
  [
    'a purpose changed in the ledger',
    `update consent_events set purpose_id = 'personalisation.onsite' where event_id in
       (select event_id from consent_log_places where seq = 90)`,
    'act-changed',
  ],
  [
    'a byte of sealed evidence',
    `update consent_events set sealed_evidence = ${flip('sealed_evidence')} where event_id in
       (select event_id from consent_log_places where seq = 91)`,
    'evidence-unreadable',
  ],
])('%s is found by whoever holds the keys', async (_, sql, fault) => {
  expect((await harmed(sql)).intact).toBe(true)
  const verdict = await harmed(sql, { withKeys: true })
  expect(verdict.findings.map((finding) => finding.fault)).toEqual([fault])
})

test('a history rewritten before a checkpoint that somebody kept contradicts it, wherever one starts', async () => {
  const verdict = await harmed(
    `update consent_log_tiles set hashes = ${flip('hashes')}, root = ${flip('root')}`,
    { from: firstCheckpoint },
  )
  expect(verdict.findings.map(({ fault }) => fault)).toContain('checkpoint-contradicted')
})

test('a checkpoint that another key signed vouches for nothing, and is named', async () => {
  const stranger = await openLedgerHouse()
  try {
    const irene = await stranger.register('Irene')
    await stranger.say(irene, 'marketing.direct', 'email', 'no')
    const forged = await stranger.keeper.checkpoint()
    await writeFile(join(norte.folder, 'checkpoint-forged.jws'), forged?.jws ?? '')
    const verdict = await norte.verify()
    expect(verdict.findings).toEqual([{ fault: 'checkpoint-unknown-key', at: 'checkpoint-forged.jws' }])
    await writeFile(join(norte.folder, 'checkpoint-forged.jws'), 'no checkpoint at all')
    expect((await norte.verify()).findings).toEqual([
      { fault: 'checkpoint-unsigned', at: 'checkpoint-forged.jws' },
    ])
  } finally {
    await rm(join(norte.folder, 'checkpoint-forged.jws'))
    await stranger.close()
  }
})

test('evidence that was erased leaves a tombstone, and the log verifies as before (R99)', async () => {
  const [ana] = people
  if (ana === undefined) throw new Error('nobody')
  const events = await norte.owner('consent_events').where('subject_id', ana).pluck('event_id')
  for (const eventId of events) await norte.erase(ana, eventId)
  expect(await norte.count('consent_events', ana)).toBe(0)
  expect(await norte.count('consent_log_places', ana)).toBe(0)
  expect(await norte.verify({ withKeys: true })).toMatchObject({
    intact: true,
    size: 300,
    acts: 300 - events.length,
    erased: events.length,
  })
})

test('an act that waits for its place is not erased before it has one', async () => {
  const [, bruno] = people
  if (bruno === undefined) throw new Error('nobody')
  await norte.say(bruno, 'marketing.direct', 'sms', 'no')
  const [place] = await norte.owner('consent_log_places').whereNull('seq')
  await expect(norte.erase(bruno, place.event_id)).rejects.toMatchObject({ code: 'ledger-behind' })
  await norte.keeper.append()
  await norte.erase(bruno, place.event_id)
  expect((await norte.verify()).findings).toEqual([])
})
