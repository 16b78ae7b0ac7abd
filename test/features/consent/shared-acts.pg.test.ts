import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countRoundTrips } from '../../../bench/meters/round-trips.ts'
import { readAuditStream } from '../../../src/features/audit/index.ts'
import { recordChoices } from '../../../src/features/consent/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { told } from '../../platform/db/small-ledger.ts'
import { type CommitFate, layWire } from '../../platform/db/wire.ts'
import { type ConsentHouse, openConsentHouse, sharedActs } from './consent-house.ts'

let norte: ConsentHouse
beforeAll(async () => {
  norte = await openConsentHouse()
})
afterAll(() => norte.close())

const yes = (subjectId: SubjectId) =>
  norte.command(subjectId, [norte.choice('marketing.direct', 'email', 'yes')])

/** Everything one act leaves, and whether its proofs hold together. */
const traceOf = async (subjectId: SubjectId) => {
  const [subject] = await norte.owner('subjects').where('subject_id', subjectId)
  const versions = await norte
    .owner('outbox_events')
    .where('subject_id', subjectId)
    .orderBy('subject_version')
    .pluck('subject_version')
  const { verdict, lines } = await readAuditStream(norte.owner, subjectId)
  return {
    epoch: Number(subject.consent_epoch),
    facts: await norte.count('consent_events', subjectId),
    receipts: await norte.count('receipts', subjectId),
    recorded: lines.filter(({ entry }) => entry['action'] === 'consent.recorded').length,
    intact: verdict.intact,
    gapless: versions.every((version, index) => Number(version) === index + 1),
  }
}
const whole = (acts: number) => ({
  epoch: acts,
  facts: acts,
  receipts: acts,
  recorded: acts,
  intact: true,
  gapless: true,
})

test('an act costs one read and one statement that keeps fact, permissions, receipt, audit entry and event', async () => {
  const ana = await norte.register('Ana')
  await norte.say(ana, 'personalisation.onsite', 'none', 'yes')
  const counting = countRoundTrips()
  await recordChoices(norte.parts, yes(ana))
  expect(counting.stop()).toEqual({ roundTrips: 2, statements: 2 })
  expect(await traceOf(ana)).toEqual(whole(2))
})

test('fifty commands of one person at once leave a gapless chain, gapless versions and no act twice', async () => {
  const bruno = await norte.register('Bruno')
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, turn) => {
      norte.pass(1)
      return norte.say(bruno, 'marketing.direct', 'email', turn % 2 === 0 ? 'yes' : 'no')
    }),
  )
  const recorded = outcomes.filter(({ outcome }) => outcome === 'recorded').length
  expect(recorded).toBeGreaterThan(0)
  expect(outcomes.every(({ outcome }) => outcome === 'recorded' || outcome === 'unchanged')).toBe(true)
  expect(await traceOf(bruno)).toEqual(whole(recorded))
})

test('two hundred people at once are recorded in a handful of statements', async () => {
  const people: SubjectId[] = []
  for (let group = 0; group < 20; group += 1) {
    people.push(
      ...(await Promise.all(Array.from({ length: 10 }, (_, at) => norte.register(`carmen${group}-${at}`)))),
    )
  }
  const counting = countRoundTrips()
  const outcomes = await Promise.all(people.map((subjectId) => recordChoices(norte.parts, yes(subjectId))))
  const writes = counting.stop().statements - people.length
  expect(outcomes.every(({ outcome }) => outcome === 'recorded')).toBe(true)
  expect(writes).toBeLessThanOrEqual(40)
  for (const subjectId of people.slice(0, 20)) expect(await traceOf(subjectId)).toEqual(whole(1))
  const [{ kept }] = await norte
    .owner('receipts')
    .whereIn('subject_id', people)
    .count({ kept: '*' })
    .then((rows) => rows as [{ kept: string }])
  expect(Number(kept)).toBe(200)
})

test('one act that cannot be written does not fail those it travelled with', async () => {
  const people = await Promise.all(['diego', 'elena', 'fatima', 'gloria'].map((name) => norte.register(name)))
  const broken = { ...norte.parts, entropy: { ...norte.entropy, id: () => 'no uuid' as never } }
  const outcomes = await Promise.allSettled(
    people.map((subjectId, at) => recordChoices(at === 1 ? broken : norte.parts, yes(subjectId))),
  )
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  const traces = await Promise.all(people.map(traceOf))
  expect(traces).toEqual([whole(1), whole(0), whole(1), whole(1)])
})

test('an act decided on facts that moved on meanwhile is decided again, on those of now', async () => {
  const hugo = await norte.register('Hugo')
  let reads = 0
  const late: typeof norte.parts.facts = {
    find: async (subjectId) => {
      const known = await norte.parts.facts.find(subjectId)
      reads += 1
      // Another process records between this read and the write: inTurn does not reach there.
      if (reads === 1) await norte.owner('subjects').where('subject_id', hugo).increment('consent_epoch', 1)
      return known
    },
  }
  const outcome = await recordChoices({ ...norte.parts, facts: late }, yes(hugo))
  expect(outcome).toMatchObject({ outcome: 'recorded', repeated: false })
  expect(reads).toBe(2)
  expect(await traceOf(hugo)).toEqual({ ...whole(1), epoch: 2 })
})

test('a ledger that never stands still is given up as busy, and nothing is left of the act', async () => {
  const irene = await norte.register('Irene')
  const never: typeof norte.parts.facts = {
    find: async (subjectId) => {
      const known = await norte.parts.facts.find(subjectId)
      await norte.owner('subjects').where('subject_id', irene).increment('consent_epoch', 1)
      return known
    },
  }
  await expect(recordChoices({ ...norte.parts, facts: never }, yes(irene))).rejects.toMatchObject({
    failure: 'unavailable',
    code: 'ledger-busy',
  })
  expect(await traceOf(irene)).toEqual({ ...whole(0), epoch: 5 })
})

describe('the shared statement and an ordinary unit', () => {
  const lockers = () =>
    norte.owner.raw(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
  const ordinaryUnit = (subjectId: SubjectId) =>
    norte.work(async (tx) => {
      const at = norte.clock.now()
      await tx.audit.record({ action: 'test.done', actor: norte.asSubject(subjectId), at, subjectId })
      await tx.outbox.add(told(subjectId))
    })
  const sharedAct = (subjectId: SubjectId) => recordChoices(norte.parts, yes(subjectId))

  test.each([
    ['the shared statement', sharedAct],
    ['an ordinary unit', ordinaryUnit],
  ])(
    'take the heads of their streams in one order: %s waits for its audit entry with its event in hand',
    async (name, write) => {
      const nuria = await norte.register(`nuria-${name.length}`)
      await norte.say(nuria, 'personalisation.onsite', 'none', 'yes')
      const holder = await norte.owner.transaction()
      await holder('audit_streams').where('stream_id', nuria).forUpdate()
      const writing = write(nuria)
      await expect.poll(async () => (await lockers()).rows.length).toBe(1)
      const { rows: free } = await norte.owner.raw(
        'select 1 from outbox_streams where subject_id = ? for update skip locked',
        [nuria],
      )
      expect(free).toEqual([])
      await holder.rollback()
      await writing
    },
  )
})

describe('a connection that breaks', () => {
  test('between the read and the write leaves nothing, says that nobody knows, and the same command then counts once', async () => {
    const javier = await norte.register('Javier')
    const command = yes(javier)
    const holder = await norte.owner.transaction()
    await holder('subjects').where('subject_id', javier).forUpdate()
    // Looked at from the start: the refusal may come while we are still watching the connection.
    const refused = expect(recordChoices(norte.parts, command)).rejects.toMatchObject({
      failure: 'unavailable',
      code: 'outcome-unknown',
    })
    const waiting = `from pg_stat_activity where datname = current_database()
      and application_name = 'placet:shared' and wait_event_type = 'Lock'`
    for (;;) {
      const { rows } = await norte.owner.raw(`select pg_terminate_backend(pid) ${waiting}`)
      if (rows.length > 0) break
      await sleep(5)
    }
    await refused
    await holder.rollback()
    expect(await traceOf(javier)).toEqual(whole(0))
    expect(await recordChoices(norte.parts, command)).toMatchObject({ outcome: 'recorded', repeated: false })
    expect(await recordChoices(norte.parts, command)).toMatchObject({ outcome: 'recorded', repeated: true })
    expect(await traceOf(javier)).toEqual(whole(1))
  })

  const fates: readonly [CommitFate, number][] = [
    ['lost-before', 0],
    ['lost-after', 1],
    ['unanswered', 1],
  ]
  test.each(fates)(
    '%s is an unknown outcome, and the same command sent again makes one act',
    async (fate, kept) => {
      const laura = await norte.register(`laura-${fate}`)
      const wire = await layWire(norte.database.appConnection, 'shared_act')
      const acts = sharedActs(wire.connection, norte.work)
      const command = yes(laura)
      wire.commits(fate)
      await expect(recordChoices({ ...norte.parts, work: acts.work }, command)).rejects.toMatchObject({
        code: 'outcome-unknown',
      })
      expect(await traceOf(laura)).toEqual(whole(kept))
      wire.commits('passes')
      wire.cut()
      expect(await recordChoices({ ...norte.parts, work: acts.work }, command)).toMatchObject({
        outcome: 'recorded',
        repeated: kept === 1,
      })
      expect(await traceOf(laura)).toEqual(whole(1))
      await acts.close()
      await wire.remove()
    },
  )
})

test('a unit that proves nothing writes nothing, shared or not', async () => {
  const mario = await norte.register('Mario')
  const silent: typeof norte.parts.work = (act) =>
    norte.parts.work((tx) => act({ ...tx, audit: { record: async () => {} } }))
  await expect(recordChoices({ ...norte.parts, work: silent }, yes(mario))).rejects.toThrow(
    'without an audit entry',
  )
  expect(await traceOf(mario)).toEqual(whole(0))
})
