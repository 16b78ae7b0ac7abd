import type pg from 'pg'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { createTestDatabase } from '../../support/postgres.ts'
import { arrangeClient, arrangeSubject, openPool } from './arrange.ts'
import { arrangeTerminal, deviceGrant, type Kiosk, kioskCalls, phone, visitor } from './device-flow.ts'
import { openHouse } from './house.ts'
import { makeKey } from './keys.ts'

export interface AuditLine {
  readonly action: string
  /** Whose chain it is in. */
  readonly stream: string
  readonly touchpoint?: string
  readonly facts?: Record<string, unknown>
}

export type Shop = Awaited<ReturnType<typeof openShop>>

/** A house with two kiosks in one store, two customers with phones, and two clients that are no terminals. */
export async function openShop() {
  const database = await createTestDatabase()
  const db: pg.Pool = openPool(database.connection)
  const kiosk = await arrangeTerminal(db, 'gran-via-kiosk-3', await makeKey())
  const neighbour = await arrangeTerminal(db, 'gran-via-kiosk-4', await makeKey())
  await arrangeClient(db, {
    clientId: 'tienda-web',
    metadata: { grant_types: ['authorization_code', deviceGrant] },
  })
  await arrangeClient(db, { clientId: 'plain-web' })
  const ana: SubjectId = await arrangeSubject(db)
  const bruno: SubjectId = await arrangeSubject(db)
  const house = await openHouse(database.appConnection)
  const calls = kioskCalls(house.issuer)

  return {
    db,
    house,
    kiosk,
    neighbour,
    ana,
    bruno,
    calls,
    /** As at the beginning of a day: nothing counted, shown, issued or recorded. */
    tidy: async () => {
      for (const table of [
        'rate_limits',
        'oidc_device_flows',
        'oidc_tokens',
        'outbox_events',
        'audit_entries',
      ]) {
        await db.query(`delete from ${table}`)
      }
      house.troubles.length = 0
    },
    open: (code: string, who = visitor(ana)) => phone(house.origin, 'open', code, who),
    approve: (code: string, number: string | number, who = visitor(ana)) =>
      phone(house.origin, 'approve', code, who, Number(number)),
    /** A kiosk that waits as it was told. */
    poll: async (deviceCode: string, by: Kiosk = kiosk) => {
      await db.query(`update oidc_device_flows set polled_at = polled_at - interval '1 hour'`)
      return calls.poll(by, deviceCode)
    },
    entries: async (action: string): Promise<readonly AuditLine[]> => {
      const { rows } = await db.query<{ stream_id: string; entry: string }>(
        'select stream_id, entry from audit_entries order by stream_id, seq',
      )
      return rows
        .map((row) => ({ ...(JSON.parse(row.entry) as AuditLine), stream: row.stream_id }))
        .filter((one) => one.action === action)
    },
    alarms: async (): Promise<readonly Record<string, string>[]> => {
      const { rows } = await db.query(
        `select payload from outbox_events where type = 'device-flow.killed' order by occurred_at`,
      )
      return rows.map(({ payload }) => payload)
    },
    close: async () => {
      await house.close()
      await db.end()
      await database.drop()
    },
  }
}
