import type { Knex } from 'knex'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Statement } from '../../platform/db/pipelined-reader.ts'
import { visitTimes } from './visit.ts'
import type { EndedVisit, VisitStores } from './visit-store.ts'

/** A visit that counts: its time is not over, nor that of its grant, and neither person nor terminal was shut out. */
const alive = `v.id_hash = $1 and v.expires_at > to_timestamp($2::float8)
  and exists (select 1 from oidc_grants g where g.grant_id = v.grant_id and g.expires_at > to_timestamp($2::float8))
  and exists (select 1 from subjects u where u.subject_id = v.subject_id and u.state = 'active')
  and exists (select 1 from clients c where c.client_id = v.client_id and c.state = 'active')`

/** $1 hash of the cookie, $2 now. Two at once leave the later end: sent again it does no harm. */
export const touchVisit: Statement = {
  name: 'oidc_visit_touch',
  text: `
    update oidc_visits v
       set expires_at = least(v.ends_at,
         greatest(v.expires_at, to_timestamp($2::float8) + interval '${visitTimes.idle} seconds'))
     where ${alive}
    returning v.subject_id, v.client_id, v.touchpoint_id, v.key_thumbprint, v.assurance, v.authenticated_at`,
}

export const readVisit: Statement = {
  name: 'oidc_visit',
  text: `select v.client_id, v.key_thumbprint from oidc_visits v where ${alive}`,
}

/** One whose time is over too: whoever leaves takes what is left of it along. */
export const readAnyVisit: Statement = {
  name: 'oidc_visit_any',
  text: 'select 1 from oidc_visits where id_hash = $1',
}

/** Whether anybody walked away, their kiosk switched off behind them. */
export const readIdleVisit: Statement = {
  name: 'oidc_visit_idle',
  text: 'select 1 from oidc_visits where expires_at < to_timestamp($1::float8) limit 1',
}

/** Visits with their grants and tokens, in one statement; `which` picks them. */
const ending = (which: string, returning: string) => `
  with v as (delete from oidc_visits where ${which} returning *),
       t as (delete from oidc_tokens using v where oidc_tokens.grant_id = v.grant_id),
       g as (delete from oidc_grants using v where oidc_grants.grant_id = v.grant_id)
  select ${returning} from v`

export const pgVisitStores = (trx: Knex.Transaction): VisitStores => {
  const endedBy = async (which: string, values: readonly Knex.RawBinding[]): Promise<EndedVisit[]> => {
    const { rows } = await trx.raw<{
      rows: { subject_id: SubjectId; client_id: string; touchpoint_id: string }[]
    }>(ending(which, 'subject_id, client_id, touchpoint_id'), values)
    return rows.map((row) => ({
      subjectId: row.subject_id,
      clientId: row.client_id,
      touchpointId: row.touchpoint_id,
    }))
  }
  return {
    visits: {
      insert: async (visit) => {
        const { rows } = await trx.raw(
          `insert into oidc_visits (id_hash, grant_id, subject_id, client_id, touchpoint_id, key_thumbprint, assurance,
           authenticated_at, started_at, ends_at, expires_at)
         select ?, g.grant_id, g.subject_id, g.client_id, ?, ?, ?, ?, ?, ?, ?
           from oidc_grants g where g.grant_id = ? and g.subject_id = ? and g.client_id = ? for update
         on conflict (grant_id) do nothing returning 1`,
          [
            Buffer.from(visit.idHash),
            visit.touchpointId,
            visit.keyThumbprint,
            visit.assurance,
            visit.authenticatedAt,
            visit.startedAt,
            visit.endsAt,
            visit.expiresAt,
            visit.grantId,
            visit.subjectId,
            visit.clientId,
          ],
        )
        return rows.length === 1
      },
      insertGrant: async ({ grantId, subjectId, clientId, sealed, expiresAt }) => {
        await trx('oidc_grants').insert({
          grant_id: grantId,
          subject_id: subjectId,
          client_id: clientId,
          payload: Buffer.from(sealed),
          expires_at: expiresAt,
        })
      },
      endOthers: async (clientId, keep) => {
        const { rows } = await trx.raw<{ rows: { subject_id: SubjectId }[] }>(
          ending('client_id = ? and id_hash <> ?', 'subject_id'),
          [clientId, Buffer.from(keep)],
        )
        return rows.map((row) => row.subject_id)
      },
      end: async (idHash) => {
        const [ended] = await endedBy('id_hash = ?', [Buffer.from(idHash)])
        return ended
      },
      endIdle: (at, limit) =>
        endedBy(
          'id_hash in (select id_hash from oidc_visits where expires_at < ? limit ? for update skip locked)',
          [at, limit],
        ),
    },
  }
}
