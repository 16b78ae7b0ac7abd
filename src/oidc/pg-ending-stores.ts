import type { Knex } from 'knex'
import type { EndedSession, EndingStores } from './ending-stores.ts'

const chosen = `subject_id = :subjectId and (cast(:only as text) is null or session_uid = :only)
  and (cast(:except as text) is null or session_uid is distinct from :except)`

/** Whoever ends everything elsewhere means the kiosk they walked away from as well, though this very session let them in. */
const chosenOrAtKiosk = `(${chosen}) or (subject_id = :subjectId and cast(:except as text) is not null
  and client_id like 'terminal:%')`

export const pgEndingStores = (trx: Knex.Transaction): EndingStores => ({
  sessions: {
    end: async (subjectId, { only = null, except = null }) => {
      const { rows } = await trx.raw<{ rows: EndedSession[] }>(
        `with g as (delete from oidc_grants where ${chosenOrAtKiosk}),
              t as (delete from oidc_tokens where ${chosenOrAtKiosk})
         delete from oidc_sessions where ${chosen}
         returning session_uid as uid, encode(id_hash, 'hex') as hash, payload`,
        { subjectId, only, except },
      )
      return rows
    },
    queueNotices: async (subjectId, notices) => {
      if (notices.length === 0) return
      await trx.raw(
        `insert into oidc_logout_notices
           (notice_id, client_id, subject_id, sid, created_at, next_attempt_at, expires_at)
         select n.id, n.client, cast(? as uuid), n.sid, now(), now(), now() + interval '1 day'
           from unnest(cast(? as uuid[]), cast(? as text[]), cast(? as text[])) as n(id, client, sid)`,
        [
          subjectId,
          notices.map(({ noticeId }) => noticeId),
          notices.map(({ clientId }) => clientId),
          notices.map(({ sid }) => sid),
        ] as Knex.RawBinding[],
      )
    },
  },
  allowances: {
    drop: async (subjectId, clientId) => {
      const ofClient = 'subject_id = :subjectId and client_id = :clientId'
      const { rows } = await trx.raw(
        `with a as (delete from oidc_authorizations where ${ofClient} returning 1),
              g as (delete from oidc_grants where ${ofClient} returning 1),
              t as (delete from oidc_tokens where ${ofClient})
         select 1 from a union all select 1 from g`,
        { subjectId, clientId },
      )
      return rows.length > 0
    },
    dropAll: async (subjectId) => {
      await trx('oidc_authorizations').where({ subject_id: subjectId }).delete()
    },
  },
})
