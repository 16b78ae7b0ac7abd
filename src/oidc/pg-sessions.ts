import type { Statement } from '../platform/db/pipelined-reader.ts'

export const readCurrentSession: Statement = {
  name: 'oidc_current_session',
  text: `
    select s.session_uid, s.payload
      from oidc_sessions s join subjects u on u.subject_id = s.subject_id and u.state = 'active'
     where s.id_hash = $1 and s.expires_at > now()`,
}

/** Newest row of each session: two requests at once may have left two. */
export const readSessions: Statement = {
  name: 'oidc_sessions_of',
  text: `
    select * from (
      select distinct on (s.session_uid) s.session_uid, s.device_label, s.started_at, s.seen_at, s.expires_at,
             array(select distinct g.client_id from oidc_grants g where g.session_uid = s.session_uid) as clients
        from oidc_sessions s
       where s.subject_id = $1 and s.expires_at > now()
       order by s.session_uid, s.seen_at desc) newest
     order by seen_at desc`,
}
