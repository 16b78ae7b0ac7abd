import type { Assurance, StaffRole } from '../../kernel/actor.ts'
import type { StaffId } from '../../kernel/ids.ts'
import type { PipelinedReader } from '../../platform/db/pipelined-reader.ts'
import type { StaffDirectory } from './staff-directory.ts'

/**
 * Touched every quarter of a minute at most, so that a busy console does not rewrite the row with every click, and a pause is
 * measured no more than that too long. What a page asks by itself ($2 is false) touches nothing.
 */
const sessionSql = `
  with found as (
    select s.staff_id, m.login, m.display_name, s.assurance, s.authenticated_at,
      greatest(s.longest_pause, extract(epoch from now() - s.seen_at)::integer) as longest_pause
    from staff_sessions s join staff m using (staff_id)
    where s.session_hash = $1 and s.ended_at is null and s.expires_at > now()
      and s.seen_at > now() - interval '30 minutes' and m.state = 'active'
  ), touched as (
    update staff_sessions
    set seen_at = now(),
      longest_pause = greatest(longest_pause, extract(epoch from now() - seen_at)::integer)
    where session_hash = $1 and $2::boolean and seen_at < now() - interval '15 seconds'
      and exists (select from found)
  )
  select staff_id, login, display_name, assurance, authenticated_at, longest_pause,
    (select coalesce(jsonb_agg(jsonb_build_array(r.role, r.touchpoint_id, t.name) order by r.role, t.name), '[]')
     from staff_roles r left join touchpoints t using (touchpoint_id) where r.staff_id = found.staff_id)
  from found`

const passkeySql = `
  select p.staff_id, p.public_key, p.counter, p.transports, p.backup_eligible
  from staff_passkeys p join staff m using (staff_id)
  where p.credential_id = $1 and m.state = 'active'`

const enrolmentSql = `
  select e.staff_id, m.login, m.display_name, e.expires_at,
    array(select distinct r.role from staff_roles r where r.staff_id = e.staff_id order by r.role),
    array(select p.credential_id from staff_passkeys p where p.staff_id = e.staff_id)
  from staff_enrolments e join staff m using (staff_id)
  where e.token_hash = $1 and e.consumed_at is null and e.expires_at > now() and m.state = 'active'`

const officerSql = `
  select m.staff_id from staff m
  where m.login = $1 and m.state = 'active'
    and exists (select from staff_roles r where r.staff_id = m.staff_id and r.role = 'dpo')`

const assignmentsSql = `
  select coalesce(jsonb_agg(jsonb_build_array(r.role, r.touchpoint_id)) filter (where r.role is not null), '[]')
  from staff m left join staff_roles r using (staff_id)
  where m.staff_id = $1 and m.state = 'active' group by m.staff_id`

type RoleTriple = readonly [StaffRole, string | null, string | null]

export function pgStaffDirectory(db: PipelinedReader): StaffDirectory {
  return {
    session: async (hash, { attended }) => {
      const [row] = await db.rows({ name: 'staff-session', text: sessionSql }, [hash, attended])
      if (row === undefined) return undefined
      const [staffId, login, displayName, assurance, authenticatedAt, longestPause, roles] = row
      return {
        staffId: staffId as StaffId,
        login: String(login),
        displayName: String(displayName),
        assurance: assurance as Assurance,
        authenticatedAt: authenticatedAt as Date,
        longestPauseSeconds: Number(longestPause),
        assignments: (roles as readonly RoleTriple[]).map(([role, touchpointId, touchpointName]) => ({
          role,
          touchpointId: touchpointId ?? undefined,
          touchpointName: touchpointName ?? undefined,
        })),
      }
    },
    passkey: async (credentialId) => {
      const [row] = await db.rows({ name: 'staff-passkey', text: passkeySql }, [credentialId])
      if (row === undefined) return undefined
      const [staffId, publicKey, counter, transports, backupEligible] = row
      return {
        staffId: staffId as StaffId,
        publicKey: publicKey as Uint8Array,
        counter: Number(counter),
        transports: transports as readonly string[],
        backupEligible: backupEligible === true,
      }
    },
    enrolment: async (tokenHash) => {
      const [row] = await db.rows({ name: 'staff-enrolment', text: enrolmentSql }, [tokenHash])
      if (row === undefined) return undefined
      const [staffId, login, displayName, expiresAt, roles, credentialIds] = row
      return {
        staffId: staffId as StaffId,
        login: String(login),
        displayName: String(displayName),
        expiresAt: expiresAt as Date,
        roles: roles as readonly StaffRole[],
        credentialIds: credentialIds as readonly Uint8Array[],
      }
    },
    officer: async (login) => {
      const [row] = await db.rows({ name: 'staff-officer', text: officerSql }, [login])
      return row?.[0] as StaffId | undefined
    },
    assignments: async (staffId) => {
      const [row] = await db.rows({ name: 'staff-assignments', text: assignmentsSql }, [staffId])
      const roles = row?.[0] as readonly (readonly [StaffRole, string | null])[] | undefined
      return roles?.map(([role, touchpointId]) => ({ role, touchpointId: touchpointId ?? undefined }))
    },
  }
}
