import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HistoryChanged, issueCheckpoint } from '../../../../src/features/consent/ledger/issue-checkpoint.ts'
import { ledgerKeeper } from '../../../../src/features/consent/ledger/ledger-keeper.ts'
import { fromBase64Url, rowHash, tagFor } from '../../../../src/features/consent/ledger/log-row.ts'
import { verifyInclusion } from '../../../../src/features/consent/ledger/merkle-tree.ts'
import { pgConsentLog } from '../../../../src/features/consent/ledger/pg-consent-log.ts'
import { proveInclusion } from '../../../../src/features/consent/ledger/prove-inclusion.ts'
import type { ConsentEventId } from '../../../../src/kernel/ids.ts'
import { openLane } from '../../../../src/platform/db/lanes.ts'
import { type LedgerHouse, openLedgerHouse } from './ledger-house.ts'

let norte: LedgerHouse
beforeAll(async () => {
  norte = await openLedgerHouse()
})
afterAll(() => norte.close())

const recorded = async (name: string, answer: 'yes' | 'no' = 'yes') => {
  const subjectId = await norte.register(name)
  const outcome = await norte.say(subjectId, 'marketing.direct', 'email', answer)
  if (outcome.outcome !== 'recorded') throw new Error('not recorded')
  const [eventId = '' as ConsentEventId] = outcome.eventIds
  return { subjectId, eventId }
}

test('recording waits for no log: the fact commits with its commitment, and gets its place later', async () => {
  const ana = await recorded('Ana')
  const [place] = await norte.owner('consent_log_places').where('event_id', ana.eventId)
  expect(place.seq).toBeNull()
  expect(place.commitment).toHaveLength(32)
  expect(await norte.log.placesOf(ana.subjectId, [ana.eventId])).toEqual(new Map())
  expect(await norte.keeper.append()).toBe(1)
  expect((await norte.log.placesOf(ana.subjectId, [ana.eventId])).get(ana.eventId)).toBe(0)
  expect(await norte.keeper.append()).toBe(0)
})

test('an entry says what and when, and nothing about whom; her key finds it again', async () => {
  const bruno = await recorded('Bruno', 'no')
  await norte.keeper.append()
  const seq = (await norte.log.placesOf(bruno.subjectId, [bruno.eventId])).get(bruno.eventId) ?? -1
  const [row] = await norte.log.rows([seq])
  expect(row).toEqual({
    v: 1,
    log: 'tienda-norte/consent/1',
    seq,
    recorded_at: norte.clock.now().toISOString(),
    type: 'refused',
    notice_hash: norte.choice('marketing.direct', 'email', 'no').notice.textHash,
    commit: expect.stringMatching(/^[\w-]{43}$/),
    tag: expect.stringMatching(/^[\w-]{43}$/),
  })
  expect(JSON.stringify(row)).not.toContain(bruno.subjectId)
  const key = await norte.sealer.derive(bruno.subjectId, 'consent-log tag')
  expect(fromBase64Url(row?.tag ?? '')).toEqual(Buffer.from(tagFor(key, seq)))
})

test('two appenders at once leave no gap and no entry twice, while people go on recording', async () => {
  const other = openLane(norte.database.appConnection, 'other-appender', 2)
  const second = ledgerKeeper({ ...norte.keeperParts, log: pgConsentLog(other) })
  const people = await Promise.all(Array.from({ length: 8 }, (_, at) => norte.register(`Persona${at}`)))
  const before = await norte.log.size()
  const record = Promise.all(
    people.flatMap((subjectId) => [
      norte.say(subjectId, 'marketing.direct', 'email', 'yes'),
      norte.say(subjectId, 'marketing.direct', 'sms', 'no'),
      norte.say(subjectId, 'personalisation.onsite', 'none', 'yes'),
    ]),
  )
  let running = true
  const keepAppending = async (append: () => Promise<number>) => {
    while (running) await append()
  }
  const appenders = [keepAppending(norte.keeper.append), keepAppending(second.append)]
  await record
  running = false
  await Promise.all(appenders)
  await norte.keeper.append()
  await other.destroy()
  expect(await norte.log.size()).toBe(before + 24)
  const seqs = await norte.owner('consent_log').orderBy('seq').pluck('seq')
  expect(seqs.map(Number)).toEqual(Array.from({ length: before + 24 }, (_, at) => at))
  expect((await norte.verify({ withKeys: true })).findings).toEqual([])
})

test('an appender that dies in the middle of its turn leaves every fact waiting', async () => {
  const carmen = await recorded('Carmen')
  const size = await norte.log.size()
  const dying = ledgerKeeper({
    ...norte.keeperParts,
    log: {
      ...norte.log,
      inTurn: (name, at, act) =>
        norte.log.inTurn(name, at, async (turn) => {
          await act(turn)
          throw new Error('killed before the commit')
        }),
    },
  })
  await expect(dying.append()).rejects.toThrow('killed before the commit')
  expect(await norte.log.size()).toBe(size)
  expect(await norte.log.placesOf(carmen.subjectId, [carmen.eventId])).toEqual(new Map())
  expect(await norte.keeper.append()).toBe(1)
})

test('what another process appends and signs while a checkpoint is being made is no change of history', async () => {
  await recorded('Irene')
  await norte.keeper.append()
  let meanwhile = 0
  const overtaken = async <Read>(read: () => Promise<Read>): Promise<Read> => {
    const found = await read()
    meanwhile += 1
    await recorded(`Meanwhile${meanwhile}`)
    await norte.keeper.checkpoint()
    return found
  }
  const { log } = norte
  const slow = {
    ...log,
    size: () => overtaken(log.size),
    newestCheckpoint: () => overtaken(log.newestCheckpoint),
  }
  const checkpoint = await issueCheckpoint({ ...norte.keeperParts, log: slow })
  expect(meanwhile).toBeGreaterThan(1)
  expect(checkpoint?.size).toBeLessThanOrEqual(await log.size())
  expect((await norte.verify({ withKeys: true })).findings).toEqual([])
})

test('each checkpoint is read for its copy once, and one that another process signed is copied too', async () => {
  const read: (number | undefined)[] = []
  const log = {
    ...norte.log,
    checkpoints: (after?: number) => {
      read.push(after)
      return norte.log.checkpoints(after)
    },
  }
  const keeper = ledgerKeeper({ ...norte.keeperParts, log })
  const first = await keeper.checkpoint()
  await recorded('Jaime')
  const apart = await ledgerKeeper({ ...norte.keeperParts, folder: undefined }).checkpoint()
  const second = await keeper.checkpoint()
  expect(second?.size).toBe(apart?.size)
  expect(read).toEqual([0, first?.size])
  expect((await readdir(norte.folder)).filter((name) => name.includes(`${second?.size}.jws`))).toHaveLength(1)
})

test('a checkpoint is signed when the log grew, copied out once, and proves each entry', async () => {
  const diego = await recorded('Diego')
  const checkpoint = await norte.keeper.checkpoint()
  const again = await norte.keeper.checkpoint()
  expect(again).toEqual(checkpoint)
  expect(checkpoint?.size).toBe(await norte.log.size())
  const names = await readdir(norte.folder)
  expect(names).toContain(`checkpoint-${String(checkpoint?.size).padStart(15, '0')}.jws`)
  const { proofs, waiting } = await proveInclusion(norte.log, { ...diego, eventIds: [diego.eventId] })
  const [proof] = proofs
  expect(waiting).toEqual([])
  if (proof === undefined || checkpoint === undefined) throw new Error('not proven')
  const proven = {
    leaf: rowHash(proof.entry),
    index: proof.entry.seq,
    size: checkpoint.size,
    root: checkpoint.root,
  }
  expect(verifyInclusion(proven, proof.path.map(fromBase64Url))).toBe(true)
})

test('what is younger than the newest checkpoint is said to wait for the next', async () => {
  const elena = await recorded('Elena')
  await norte.keeper.append()
  const answer = await proveInclusion(norte.log, { ...elena, eventIds: [elena.eventId] })
  expect(answer).toMatchObject({ proofs: [], waiting: [elena.eventId] })
})

test('the application can change and remove nothing of the log, and not even the owner by mistake (R89)', async () => {
  const tables = [
    'consent_log',
    'consent_log_tiles',
    'consent_log_checkpoints',
    'consent_log_tombstones',
    'consent_logs',
  ]
  const column = { consent_log: 'type', consent_log_checkpoints: 'jws', consent_logs: 'name' } as const
  for (const db of [norte.lane, norte.owner]) {
    for (const table of tables) {
      await expect(db.raw(`delete from ${table}`)).rejects.toMatchObject({ code: '42501' })
      await expect(db.raw(`truncate ${table}`)).rejects.toMatchObject({ code: '42501' })
    }
    for (const [table, name] of Object.entries(column)) {
      await expect(db.raw(`update ${table} set ${name} = ''`)).rejects.toMatchObject({ code: '42501' })
    }
  }
})

test('an act from before there was a log gets its place, with the commitment its own evidence makes', async () => {
  const hugo = await recorded('Hugo')
  const [{ commitment }] = await norte.owner('consent_log_places').where('event_id', hugo.eventId)
  await norte.tamper(`update consent_log_places set commitment = null where event_id = '${hugo.eventId}'`)
  expect(await norte.verify({ withKeys: true })).toMatchObject({ waiting: 1, findings: [] })
  expect(await norte.keeper.append()).toBe(1)
  const [place] = await norte.owner('consent_log_places').where('event_id', hugo.eventId)
  expect(place.commitment).toEqual(commitment)
  expect(await norte.verify({ withKeys: true })).toMatchObject({ waiting: 0, findings: [] })
})

test('the entry of somebody whose key is gone gets a tag that no key will ever give', async () => {
  const fermin = await recorded('Fermin')
  await norte.owner('subject_keys').where('subject_id', fermin.subjectId).delete()
  norte.sealer.forget(fermin.subjectId)
  expect(await norte.keeper.append()).toBe(1)
  expect((await norte.verify()).findings).toEqual([])
})

test('of an act from before whose key is gone nothing is promised, and the log goes on', async () => {
  const ines = await recorded('Inés')
  await norte.tamper(`update consent_log_places set commitment = null where event_id = '${ines.eventId}'`)
  await norte.owner('subject_keys').where('subject_id', ines.subjectId).delete()
  norte.sealer.forget(ines.subjectId)
  const julia = await recorded('Julia')
  expect(await norte.keeper.append()).toBe(2)
  expect((await norte.log.placesOf(julia.subjectId, [julia.eventId])).size).toBe(1)
  expect((await norte.verify()).findings).toEqual([])
})

test('nothing is signed over a history that contradicts the last checkpoint', async () => {
  const house = await openLedgerHouse()
  try {
    const gloria = await house.register('Gloria')
    await house.say(gloria, 'marketing.direct', 'email', 'no')
    await house.keeper.checkpoint()
    await house.tamper("update consent_log set type = 'given' where seq = 0")
    await house.say(gloria, 'marketing.direct', 'sms', 'no')
    await expect(house.keeper.checkpoint()).rejects.toThrow(HistoryChanged)
    await house.tamper('delete from consent_log')
    await expect(house.keeper.checkpoint()).rejects.toThrow(HistoryChanged)
  } finally {
    await house.close()
  }
})
