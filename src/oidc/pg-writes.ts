import type { Pool } from 'pg'
import { commitStatement } from '../platform/db/commit-statement.ts'
import { type GroupWriter, groupWriter } from '../platform/db/group-writer.ts'
import type { Statement } from '../platform/db/pipelined-reader.ts'

/*
 * All that one request writes goes to the database as one statement, together with that of other requests waiting at the
 * same moment. A unit whose code, refresh token or pushed request was consumed by somebody else in the meantime writes
 * nothing: that is what makes single use hold across processes (security.md finding 1). The statement is put together
 * from the kinds of write present, so the hot ones stay small; each set of kinds has its own name and is planned once.
 */

interface KindOfWrite {
  /** Types of the columns, in order. */
  readonly types: readonly string[]
  /** `rows` is a relation n(unit, c1, c2, …); `kept` is a condition that holds for units that lost nothing. */
  readonly text: (rows: string, kept: string) => string
}

const tokenColumns =
  'id_hash, kind, client_id, subject_id, grant_id, session_uid, expires_with_session, user_code_hash, payload, expires_at'

const kinds = {
  consumeToken: {
    types: ['bytea'],
    text: (rows) => `update oidc_tokens t set consumed_at = now() from ${rows}
      where t.id_hash = n.c1 and t.consumed_at is null returning n.unit`,
  },
  consumePushed: {
    types: ['bytea'],
    text: (rows) => `update oidc_pushed_requests t set consumed_at = now() from ${rows}
      where t.id_hash = n.c1 and t.consumed_at is null returning n.unit`,
  },
  /** A flow that somebody ended meanwhile gives no tokens. After the code's own row: whoever ends one locks in this order. */
  redeemFlow: {
    types: ['bytea'],
    text: (rows) => `update oidc_device_flows t set state = 'redeemed' from ${rows}
      where t.device_code_hash = n.c1 and t.state = 'approved' returning n.unit`,
  },
  /** The same for a request by call. */
  redeemCall: {
    types: ['bytea'],
    text: (rows) => `update oidc_call_requests t set state = 'redeemed' from ${rows}
      where t.auth_req_hash = n.c1 and t.state = 'approved' returning n.unit`,
  },
  /** A session or grant this request began with must still be there: what ended meanwhile is not written back to life. */
  sessionHeld: {
    types: ['bytea'],
    text: (rows) => `select n.unit from ${rows} join oidc_sessions t on t.id_hash = n.c1 for update of t`,
  },
  grantHeld: {
    types: ['text'],
    text: (rows) => `select n.unit from ${rows} join oidc_grants t on t.grant_id = n.c1 for update of t`,
  },
  token: {
    types: ['bytea', 'text', 'text', 'uuid', 'text', 'text', 'boolean', 'bytea', 'bytea', 'float8'],
    text: (rows, kept) => `insert into oidc_tokens (${tokenColumns})
      select c1, c2, c3, c4, c5, c6, c7, c8, c9, to_timestamp(c10) from ${rows} where ${kept}
      on conflict (id_hash) do update set subject_id = excluded.subject_id, grant_id = excluded.grant_id,
        session_uid = excluded.session_uid, expires_with_session = excluded.expires_with_session,
        payload = excluded.payload`,
  },
  dropToken: {
    types: ['bytea'],
    text: (rows, kept) => `delete from oidc_tokens t using ${rows} where t.id_hash = n.c1 and ${kept}`,
  },
  dropFamily: {
    types: ['text'],
    text: (rows, kept) => `delete from oidc_tokens t using ${rows} where t.grant_id = n.c1 and ${kept}`,
  },
  dropGrant: {
    types: ['text'],
    text: (rows, kept) => `delete from oidc_grants t using ${rows} where t.grant_id = n.c1 and ${kept}`,
  },
  /** What a session let its person into at terminals: theirs are the only names with a colon. */
  dropVisitTokens: {
    types: ['uuid', 'text'],
    text: (rows, kept) => `delete from oidc_tokens t using ${rows}
      where t.subject_id = n.c1 and t.session_uid = n.c2 and t.client_id like 'terminal:%' and ${kept}`,
  },
  dropVisitGrants: {
    types: ['uuid', 'text'],
    text: (rows, kept) => `delete from oidc_grants t using ${rows}
      where t.subject_id = n.c1 and t.session_uid = n.c2 and t.client_id like 'terminal:%' and ${kept}`,
  },
  grant: {
    types: ['text', 'uuid', 'text', 'text', 'bytea', 'float8', 'text'],
    text: (
      rows,
      kept,
    ) => `insert into oidc_grants (grant_id, subject_id, client_id, session_uid, payload, expires_at, parent_grant_id)
      select c1, c2, c3, c4, c5, to_timestamp(c6), c7 from ${rows} where ${kept}
      on conflict (grant_id) do update set payload = excluded.payload`,
  },
  pushed: {
    types: ['bytea', 'bytea', 'float8'],
    text: (rows, kept) => `insert into oidc_pushed_requests (id_hash, payload, expires_at)
      select c1, c2, to_timestamp(c3) from ${rows} where ${kept}`,
  },
  dropSession: {
    types: ['bytea'],
    text: (rows, kept) => `delete from oidc_sessions t using ${rows} where t.id_hash = n.c1 and ${kept}`,
  },
  session: {
    types: ['bytea', 'text', 'uuid', 'bytea', 'text', 'float8', 'float8'],
    text: (rows, kept) => `insert into oidc_sessions
        (id_hash, session_uid, subject_id, payload, device_label, started_at, seen_at, expires_at)
      select c1, c2, c3, c4, c5, to_timestamp(c6), now(), to_timestamp(c7) from ${rows} where ${kept}
      on conflict (id_hash) do update set subject_id = excluded.subject_id, payload = excluded.payload,
        started_at = excluded.started_at, seen_at = excluded.seen_at, expires_at = excluded.expires_at`,
  },
  interaction: {
    types: ['bytea', 'text', 'text', 'text', 'bytea', 'bytea', 'bytea', 'float8'],
    text: (rows, kept) => `insert into oidc_interactions
        (id_hash, client_id, prompt, session_uid, pushed_request_hash, payload, result, expires_at)
      select c1, c2, c3, c4, c5, c6, c7, to_timestamp(c8) from ${rows} where ${kept}
      on conflict (id_hash) do update set payload = excluded.payload, result = excluded.result`,
  },
  dropInteraction: {
    types: ['bytea'],
    text: (rows, kept) => `delete from oidc_interactions t using ${rows} where t.id_hash = n.c1 and ${kept}`,
  },
  deviceFlow: {
    types: ['bytea', 'bytea', 'text', 'text', 'bytea', 'float8', 'float8', 'float8', 'int', 'float8'],
    text: (rows, kept) => `insert into oidc_device_flows
        (device_code_hash, user_code_hash, client_id, touchpoint_id, state, particulars, started_at, claim_until,
         code_expires_at, interval_seconds, expires_at)
      select c1, c2, c3, c4, 'shown', c5, to_timestamp(c6), to_timestamp(c7), to_timestamp(c8), c9, to_timestamp(c10)
        from ${rows} where ${kept}`,
  },
  authorization: {
    types: ['uuid', 'text', 'jsonb'],
    text: (rows, kept) => `insert into oidc_authorizations (subject_id, client_id, granted, granted_at)
      select c1, c2, c3, now() from ${rows} where ${kept}
      on conflict (subject_id, client_id) do update set granted = excluded.granted, granted_at = excluded.granted_at`,
  },
  logoutNotice: {
    types: ['uuid', 'text', 'uuid', 'text'],
    text: (rows, kept) => `insert into oidc_logout_notices
        (notice_id, client_id, subject_id, sid, created_at, next_attempt_at, expires_at)
      select c1, c2, c3, c4, now(), now(), now() + interval '1 day' from ${rows} where ${kept}`,
  },
} as const satisfies Record<string, KindOfWrite>

export type WriteKind = keyof typeof kinds
const order = Object.keys(kinds) as WriteKind[]
const consuming: readonly WriteKind[] = [
  'consumeToken',
  'consumePushed',
  'redeemFlow',
  'redeemCall',
  'sessionHeld',
  'grantHeld',
]

export interface WriteUnit {
  /** Two units of one key never share a statement: the hash of what is consumed, or something unique. */
  readonly key: string
  readonly rows: Readonly<Partial<Record<WriteKind, readonly (readonly unknown[])[]>>>
}

/** `lost`: what the unit wanted to consume, or built on, was gone, and nothing of it was written. */
export type WriteOutcome = 'written' | 'lost'

const prepared = new Map<string, Statement>()

function statementFor(present: readonly WriteKind[]): Statement {
  const name = `oidc_write_${present.map((kind) => order.indexOf(kind).toString(36)).join('')}`
  const known = prepared.get(name)
  if (known !== undefined) return known
  const wanting = present.filter((kind) => consuming.includes(kind))
  const kept = wanting.length === 0 ? 'true' : 'n.unit not in (select unit from lost)'
  let next = 0
  const rowsOf = new Map<WriteKind, string>()
  for (const kind of present) {
    const types = kinds[kind].types
    const parameters = ['int', ...types].map((type) => {
      next += 1
      return `$${next}::${type}[]`
    })
    const names = types.map((_, index) => `c${index + 1}`)
    rowsOf.set(kind, `unnest(${parameters.join(', ')}) as n(unit, ${names.join(', ')})`)
  }
  const parts = present.map((kind) => ({ kind, rows: rowsOf.get(kind) ?? '' }))
  const ctes = [
    ...parts.filter((one) => consuming.includes(one.kind)).map((one) => cte(one.kind, one.rows, 'true')),
    ...(wanting.length === 0
      ? []
      : [
          `lost as (${wanting
            .map((kind) => `(select unit from ${rowsOf.get(kind)} except select unit from w_${kind})`)
            .join(' union all ')})`,
        ]),
    ...parts.filter((one) => !consuming.includes(one.kind)).map((one) => cte(one.kind, one.rows, kept)),
  ]
  const last = wanting.length === 0 ? 'select null::int where false' : 'select unit from lost'
  const made = { name, text: `with ${ctes.join(',\n')}\n${last}` }
  prepared.set(name, made)
  return made
}

const cte = (kind: WriteKind, rows: string, kept: string) =>
  `w_${kind} as (${(kinds[kind] as KindOfWrite).text(rows, kept)})`

async function writeUnits(pool: Pool, units: readonly WriteUnit[]): Promise<readonly WriteOutcome[]> {
  const present = order.filter((kind) => units.some((unit) => (unit.rows[kind]?.length ?? 0) > 0))
  const values: unknown[] = []
  for (const kind of present) {
    const width = kinds[kind].types.length + 1
    const columns: unknown[][] = Array.from({ length: width }, () => [])
    units.forEach((unit, index) => {
      for (const row of unit.rows[kind] ?? []) {
        columns[0]?.push(index)
        row.forEach((value, at) => void columns[at + 1]?.push(value))
      }
    })
    values.push(...columns)
  }
  const rows = await commitStatement(pool, statementFor(present), values)
  const lost = new Set(rows.map((row) => row[0]))
  return units.map((_, index) => (lost.has(index) ? 'lost' : 'written'))
}

export interface OidcWrites {
  write(unit: WriteUnit): Promise<WriteOutcome>
  /** Moves a session's end on. Not waited for, and its commit is not flushed: losing one costs a person nothing. */
  touch(session: { readonly idHash: Uint8Array; readonly payload: Uint8Array; readonly exp: number }): void
  drain(): Promise<void>
}

const touchSql = {
  name: 'oidc_touch',
  text: `update oidc_sessions t set payload = n.c2, seen_at = now(), expires_at = to_timestamp(n.c3)
           from unnest($1::bytea[], $2::bytea[], $3::float8[]) as n(c1, c2, c3) where t.id_hash = n.c1`,
}

export function createWrites(
  pools: { readonly durable: Pool; readonly lazy: Pool },
  onRoundTrip: (name: string) => void,
  onTouchFailed: (error: unknown) => void,
): OidcWrites {
  const writer: GroupWriter<WriteUnit, WriteOutcome> = groupWriter({
    key: (unit) => unit.key,
    run: (units) => writeUnits(pools.durable, units),
  })
  type Touch = { readonly key: string; readonly values: readonly [Uint8Array, Uint8Array, number] }
  const toucher: GroupWriter<Touch, undefined> = groupWriter({
    key: (touch) => touch.key,
    run: async (touches) => {
      const columns = [0, 1, 2].map((at) => touches.map((touch) => touch.values[at]))
      await pools.lazy.query({ ...touchSql, values: columns })
      return touches.map(() => undefined)
    },
  })
  return {
    write: (unit) => {
      onRoundTrip('oidc_write')
      return writer.write(unit)
    },
    touch: ({ idHash, payload, exp }) => {
      onRoundTrip('oidc_touch')
      const key = Buffer.from(idHash).toString('hex')
      toucher.write({ key, values: [idHash, payload, exp] }).catch(onTouchFailed)
    },
    drain: async () => {
      await Promise.all([writer.drain(), toucher.drain()])
    },
  }
}
