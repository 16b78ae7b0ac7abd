import type { Knex } from 'knex'
import { pgTerminalStore } from './pg-terminals.ts'
import type { Touchpoint, TouchpointKind } from './touchpoint.ts'
import type { TouchpointDraft } from './touchpoint-rules.ts'
import type { TouchpointSource, TouchpointStore, TouchpointStores } from './touchpoint-store.ts'

interface Row {
  readonly touchpoint_id: string
  readonly parent_id: string | null
  readonly kind: TouchpointKind
  readonly name: string
  readonly city: string | null
  readonly country: string | null
  readonly networks: string[]
  readonly closed_at: Date | null
}

const read = (row: Row): Touchpoint => ({
  id: row.touchpoint_id,
  kind: row.kind,
  name: row.name,
  networks: row.networks,
  state: row.closed_at === null ? 'open' : 'closed',
  ...(row.parent_id === null ? {} : { parent: row.parent_id }),
  ...(row.city === null ? {} : { city: row.city }),
  ...(row.country === null ? {} : { country: row.country }),
})

const columnsOf = ({ parent, name, city, country, networks }: TouchpointDraft) => ({
  parent_id: parent ?? null,
  name,
  city: city ?? null,
  country: country ?? null,
  networks: [...networks],
})

const pgTouchpointStore = (trx: Knex.Transaction): TouchpointStore => {
  const moved = (at: Date) => ({ changed_at: at, version: trx.raw('version + 1') })
  return {
    lockAll: async () => {
      // Readers go on reading; whoever would change the tree, enrol or revoke waits for its turn.
      await trx.raw('lock table touchpoints in share row exclusive mode')
      return (await trx<Row>('touchpoints').select('*').orderBy('touchpoint_id')).map(read)
    },
    insert: async (touchpoint, at) => {
      const { id, kind } = touchpoint
      await trx('touchpoints').insert({ touchpoint_id: id, kind, ...columnsOf(touchpoint), changed_at: at })
    },
    change: async (touchpoint, at) => {
      await trx('touchpoints')
        .where({ touchpoint_id: touchpoint.id })
        .update({ ...columnsOf(touchpoint), ...moved(at) })
    },
    close: async (ids, at) => {
      await trx('touchpoints')
        .whereIn('touchpoint_id', [...ids])
        .whereNull('closed_at')
        .update({ closed_at: at, ...moved(at) })
    },
  }
}

/** Versions only grow and rows are never deleted, so that no two states of the table have the same count and sum. */
const fingerprintSql = `select count(*) || ' ' || coalesce(sum(version), 0) as fingerprint from touchpoints`

export const pgTouchpointSource = (db: Knex): TouchpointSource => {
  const fingerprint = async (): Promise<string> => (await db.raw(fingerprintSql)).rows[0].fingerprint
  return {
    fingerprint,
    load: async () => {
      const taken = await fingerprint()
      const rows = await db<Row>('touchpoints').select('*').orderBy('touchpoint_id')
      return { fingerprint: taken, touchpoints: rows.map(read) }
    },
  }
}

/** All stores of the room on one transaction. */
export const pgTouchpointStores = (trx: Knex.Transaction): TouchpointStores => ({
  touchpoints: pgTouchpointStore(trx),
  terminals: pgTerminalStore(trx),
})
