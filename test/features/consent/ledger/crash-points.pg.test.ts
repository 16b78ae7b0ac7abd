import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendAuditEntries } from '../../../../src/features/audit/index.ts'
import { pgConsentStores, recordChoices } from '../../../../src/features/consent/index.ts'
import { appendOutboxEvents } from '../../../../src/features/delivery/index.ts'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import { openLane } from '../../../../src/platform/db/lanes.ts'
import { unitOfWork } from '../../../../src/platform/db/unit-of-work.ts'
import { sharedActs } from '../consent-house.ts'
import { cuttingWire } from './cutting-wire.ts'
import { type LedgerHouse, openLedgerHouse } from './ledger-house.ts'

let norte: LedgerHouse
let wire: Awaited<ReturnType<typeof cuttingWire>>
let lane: ReturnType<typeof openLane>
let shared: ReturnType<typeof sharedActs>
beforeAll(async () => {
  norte = await openLedgerHouse()
  wire = await cuttingWire(norte.database.appConnection)
  lane = openLane(wire.connection, 'mortal', 1)
  shared = sharedActs(wire.connection, mortalWork())
})
afterAll(async () => {
  await shared?.close()
  await lane?.destroy()
  await wire?.close()
  await norte?.close()
})

/** The same unit of work as the house's, behind the wire that can be cut. */
const mortalWork = () =>
  unitOfWork(
    lane,
    (trx) => pgConsentStores(trx),
    async (trx, entries, events) => {
      await appendAuditEntries(trx, entries)
      await appendOutboxEvents(trx, events)
    },
  )

/** The process is started again: a connection that died with the last one is replaced. */
async function connected(): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const alive = await lane.raw('select 1').then(
      () => true,
      () => false,
    )
    if (alive) return
    if (tries === 20) throw new Error('the wire stays dead')
  }
}

/** How many of everything that one act writes are there. */
const stateSql = `
  select (select consent_epoch from subjects where subject_id = :id)::int as epoch,
    (select count(*) from consent_events where subject_id = :id)::int as events,
    (select count(*) from consent_log_places where subject_id = :id)::int as places,
    (select count(*) from receipts where subject_id = :id)::int as receipts,
    (select coalesce(sum(cardinality(event_ids)), 0) from receipts where subject_id = :id)::int as receipted,
    (select count(*) from outbox_events where subject_id = :id and type like 'consent.%')::int as messages,
    (select count(*) from audit_entries where stream_id = :id and entry like '%consent.recorded%')::int as proofs,
    (select count(*) from permissions where subject_id = :id and decided_at = :at)::int as permissions`

const stateOf = async (id: SubjectId) =>
  (await norte.owner.raw(stateSql, { id, at: norte.clock.now() })).rows[0]

/** The house's way is one piece on a connection that stands; a unit of work is up to nine. */
const ways = [
  { way: 'in the statement shared with others', most: 2, work: () => shared.work },
  { way: 'in a unit of work of its own', most: 9, work: mortalWork },
]

test.each(ways)(
  'killed at any of a thousand points, recording $way has left all of the act or nothing of it',
  async ({ most, work }) => {
    const people: SubjectId[] = []
    for (let at = 0; at < 25; at += 1) people.push(await norte.register(`Persona${at}`))
    const answers = new Map(people.map((id) => [id, false]))
    const ended = { all: 0, nothing: 0, cut: 0 }

    const point = fc.record({
      person: fc.integer({ min: 0, max: people.length - 1 }),
      both: fc.boolean(),
      pieces: fc.integer({ min: 1, max: most }),
      arrives: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(point, async ({ person, both, pieces, arrives }) => {
        const id = people[person] ?? norte.entropy.id<'subject'>()
        norte.pass(1_000)
        const answer = answers.get(id) === true ? 'no' : 'yes'
        const choices = [
          norte.choice('marketing.direct', 'email', answer),
          ...(both ? [norte.choice('marketing.direct', 'sms', answer)] : []),
        ]
        const before = await stateOf(id)
        await connected()
        wire.cutAfter(pieces, arrives)
        await recordChoices({ ...norte.parts, work: work() }, norte.command(id, choices)).catch(
          () => undefined,
        )
        if (wire.wasCut()) ended.cut += 1
        // A server that lost its client ends the transaction at once; one that heard COMMIT finishes it first.
        await settled(norte)
        wire.mend()
        const after = await stateOf(id)
        if (after.epoch === before.epoch) {
          ended.nothing += 1
          expect(after).toEqual({ ...before, permissions: after.permissions })
          expect(after.permissions).toBe(0)
          return
        }
        ended.all += 1
        answers.set(id, answer === 'yes')
        const added = after.events - before.events
        expect(after.epoch).toBe(before.epoch + 1)
        expect(added).toBeGreaterThan(0)
        expect(after.places - before.places).toBe(added)
        expect(after.receipted - before.receipted).toBe(added)
        expect(after.receipts - before.receipts).toBe(1)
        expect(after.messages - before.messages).toBe(1)
        expect(after.proofs - before.proofs).toBe(1)
        expect(after.permissions).toBeGreaterThan(0)
      }),
      { numRuns: 1_000, endOnFailure: true },
    )
    // Were it always the same ending, nothing would have been tried.
    expect(ended.cut).toBeGreaterThan(300)
    expect(ended.all).toBeGreaterThan(100)
    expect(ended.nothing).toBeGreaterThan(100)
    await norte.keeper.checkpoint()
    expect(await norte.verify({ withKeys: true })).toMatchObject({ intact: true, waiting: 0, findings: [] })
  },
  300_000,
)

/** Until no transaction of the process that died is open any more. */
async function settled({ owner }: LedgerHouse): Promise<void> {
  for (;;) {
    const { rows } = await owner.raw(
      `select 1 from pg_stat_activity where datname = current_database()
         and application_name in ('placet:mortal', 'placet:shared') and state <> 'idle'`,
    )
    if (rows.length === 0 && !wire.isDying()) return
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
