import type { PipelinedReader, Statement } from '../platform/db/pipelined-reader.ts'
import type { ReadAlong } from './ports.ts'

/** Rows as arrays, by column order; every statement is one round trip. */
export type Row = readonly unknown[]

export interface OidcReads {
  row(statement: Statement, values: readonly unknown[]): Promise<Row | undefined>
  rows(statement: Statement, values: readonly unknown[]): Promise<readonly Row[]>
}

export function createReads(reader: PipelinedReader, onRoundTrip: (name: string) => void): OidcReads {
  const rows = async (statement: Statement, values: readonly unknown[]) => {
    onRoundTrip(statement.name)
    return reader.rows(statement, values)
  }
  return { rows, row: async (statement, values) => (await rows(statement, values))[0] }
}

/**
 * A token of whatever kind with everything the engine will ask about next: the person's state, the grant, and the
 * session when the token lives only as long as it. $1 hash of the token.
 */
export const tokenColumnsSql = (columns = '', join = '') => `
    select t.kind, t.payload, t.consumed_at is not null, t.subject_id, u.state, t.grant_id, g.payload, t.session_uid,
           s.id_hash, s.payload, t.expires_with_session${columns}
      from oidc_tokens t
      left join subjects u on u.subject_id = t.subject_id
      left join oidc_grants g on g.grant_id = t.grant_id
      left join lateral (
        select id_hash, payload from oidc_sessions
         where session_uid = t.session_uid and t.expires_with_session
         order by seen_at desc limit 1) s on true
      ${join}
     where t.id_hash = $1`

export const readToken: Statement = { name: 'oidc_token', text: tokenColumnsSql() }

/**
 * What a browser brings to an authorization request, in one read: its session ($1), the interaction it comes back from
 * ($2), the request it pushed before ($4), and for that person and client ($3) the grant of this session and what the
 * person allowed the client at another time.
 */
const entrySql = (columns = '', join = '') => `
    with s as (select session_uid, subject_id, payload from oidc_sessions where id_hash = $1::bytea),
         i as (select client_id, result_subject_id, pushed_request_hash, payload, result
                 from oidc_interactions where id_hash = $2::bytea),
         who as (select coalesce(i.result_subject_id, s.subject_id) as subject_id,
                      coalesce(i.client_id, $3::text) as client_id,
                      coalesce(i.pushed_request_hash, $4::bytea) as pushed, s.session_uid
                 from (values (1)) one left join s on true left join i on true)
    select s.payload, i.payload, i.result, who.subject_id, u.state, who.client_id, g.grant_id, g.payload, a.granted,
           who.pushed, p.payload, p.consumed_at is not null${columns}
      from who
      left join s on true
      left join i on true
      left join subjects u on u.subject_id = who.subject_id
      left join lateral (
        select grant_id, payload from oidc_grants
         where session_uid = who.session_uid and client_id = who.client_id
         order by expires_at desc limit 1) g on true
      left join oidc_authorizations a on a.subject_id = who.subject_id and a.client_id = who.client_id
      left join oidc_pushed_requests p on p.id_hash = who.pushed
      ${join}`

export const readEntry: Statement = { name: 'oidc_entry', text: entrySql() }

/** The two reads with something read along; its columns come last. */
export interface ReadsAlong {
  readonly token: Statement
  readonly entry: Statement
}

/** How many columns the reads have by themselves. */
export const tokenWidth = 11
export const entryWidth = 12

const joined = ({ select, width }: ReadAlong, subject: string, client: string) => {
  const names = Array.from({ length: width }, (_, column) => `along${column}`).join(', ')
  return [', along.*', `left join lateral (${select(subject, client)}) as along(${names}) on true`] as const
}

export const readsAlong = (along: {
  readonly release: ReadAlong
  readonly undecided: ReadAlong
}): ReadsAlong => ({
  token: {
    name: 'oidc_token_along',
    text: tokenColumnsSql(...joined(along.release, 't.subject_id', 't.client_id')),
  },
  entry: {
    name: 'oidc_entry_along',
    text: entrySql(...joined(along.undecided, 'who.subject_id', 'who.client_id')),
  },
})

export const readGrant: Statement = {
  name: 'oidc_grant',
  text: 'select payload from oidc_grants where grant_id = $1',
}

/** Two requests at once may leave two rows of one session; the one seen last counts. */
export const readSessionByUid: Statement = {
  name: 'oidc_session_by_uid',
  text: 'select id_hash, payload from oidc_sessions where session_uid = $1 order by seen_at desc limit 1',
}

export const readTokenByUserCode: Statement = {
  name: 'oidc_token_by_user_code',
  text: `select encode(id_hash, 'hex'), kind, payload, consumed_at is not null from oidc_tokens where user_code_hash = $1`,
}

/** The person's state and what they allowed this client, where no earlier read brought it. */
export const readStanding: Statement = {
  name: 'oidc_standing',
  text: `
    select u.state, a.granted from subjects u
      left join oidc_authorizations a on a.subject_id = u.subject_id and a.client_id = $2
     where u.subject_id = $1`,
}
