import type { Knex } from 'knex'
import { longestInQueue, plausibleSkews } from '../told-time.ts'
import type { DeviceCommand, DeviceLog, SettledAct } from './device-log.ts'

interface Row {
  readonly counter: string | number | null
  readonly command_hash: Buffer
  readonly received_at: Date
  readonly in_order: boolean
  readonly counted_at: Date | null
  readonly settled: SettledAct | null
}

/** As far back as a queue may reach: what the device's clock said whenever it spoke to us. */
const readingsSql = `
  select extract(epoch from received_at) * 1000 as at, skew_ms as skew from device_acts
  where device = :device and skew_ms is not null and received_at >= :since order by received_at`

/** The last counter, and the latest instant that anything before this one counts at. */
const beforeSql = `
  select max(counter) as counter, max(counted_at) filter (where counter < :counter) as counted_at
  from device_acts where device = :device and counter <> :counter`

async function skewsOf(
  trx: Knex.Transaction,
  { device, occurredAt, receivedAt }: DeviceCommand,
): Promise<readonly number[]> {
  if (occurredAt === undefined) return []
  const since = new Date(receivedAt.getTime() - longestInQueue)
  const { rows } = await trx.raw<{ rows: { at: string; skew: string }[] }>(readingsSql, { device, since })
  const readings = rows.map(({ at, skew }) => ({ at: Number(at), skew: Number(skew) }))
  return plausibleSkews(readings, occurredAt.getTime(), receivedAt.getTime())
}

export function pgDeviceLog(db: Knex): DeviceLog {
  return {
    claim: (command) =>
      db.transaction(async (trx) => {
        const { device, counter, commandHash, receivedAt, skew } = command
        await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`device_acts ${device}`])
        const same = await trx<Row, Row[]>('device_acts')
          .where('device', device)
          .where('counter', counter)
          .first()
        const skews = await skewsOf(trx, command)
        if (same !== undefined) {
          if (!same.command_hash.equals(commandHash))
            return { as: 'out-of-order', receivedAt: same.received_at, skews }
          if (same.settled !== null) return { as: 'already-recorded', settled: same.settled }
        }
        const { rows } = await trx.raw<{ rows: Pick<Row, 'counter' | 'counted_at'>[] }>(beforeSql, {
          device,
          counter,
        })
        const [before] = rows
        const last: string | number | null = before?.counter ?? null
        const inOrder = same?.in_order ?? (last === null || Number(last) < counter)
        if (same === undefined) {
          await trx('device_acts').insert({
            device,
            counter,
            command_hash: Buffer.from(commandHash),
            received_at: receivedAt,
            in_order: inOrder,
            skew_ms: skew ?? null,
          })
        }
        const first = same?.received_at ?? receivedAt
        if (!inOrder) return { as: 'out-of-order', receivedAt: first, skews }
        return { as: 'next', receivedAt: first, skews, notBefore: before?.counted_at ?? undefined }
      }),
    settle: async ({ device, counter, commandHash }, countedAt, settled) => {
      await db('device_acts')
        .where({ device, counter, command_hash: Buffer.from(commandHash) })
        .update({ counted_at: countedAt, settled: JSON.stringify(settled) })
    },
  }
}

/** Rows that no queue can still be about; the last of each device stays, so that its counter is never begun anew. */
export const sweepDeviceActs = async (db: Knex): Promise<number> => {
  const { rowCount } = await db.raw<{ rowCount: number }>(
    `delete from device_acts d where received_at < now() - make_interval(secs => ?)
       and counter < (select max(counter) from device_acts where device = d.device)`,
    [(2 * longestInQueue) / 1_000],
  )
  return rowCount
}
