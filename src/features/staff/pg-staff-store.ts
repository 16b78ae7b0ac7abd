import type { Knex } from 'knex'
import type { StaffRole } from '../../kernel/actor.ts'
import type { StaffId } from '../../kernel/ids.ts'
import type { StaffStore, StaffStores } from './staff-store.ts'

interface RoleRow {
  readonly role: StaffRole
  readonly touchpoint_id: string | null
}

/** Null-safe, because a role without a touchpoint is held in the whole house and is a row of its own. */
const sameRole = 'staff_id = ? and role = ? and touchpoint_id is not distinct from ?'

function pgStaffStore(trx: Knex.Transaction): StaffStore {
  const rows = async <Row>(sql: string, values: readonly unknown[]): Promise<readonly Row[]> =>
    (await trx.raw(sql, values as Knex.RawBinding[])).rows

  return {
    insert: async ({ staffId, login, displayName, createdAt }) => {
      const made = await rows(
        `insert into staff (staff_id, login, display_name, created_at) values (?, ?, ?, ?)
         on conflict (login) do nothing returning staff_id`,
        [staffId, login, displayName, createdAt],
      )
      return made.length === 1
    },
    findByLogin: async (login) => {
      const [row] = await rows<{ staff_id: StaffId }>('select staff_id from staff where login = ?', [login])
      return row?.staff_id
    },
    lock: async (staffId) => {
      const [row] = await rows<{ state: string }>('select state from staff where staff_id = ? for update', [
        staffId,
      ])
      if (row === undefined) return undefined
      const held = await rows<RoleRow>('select role, touchpoint_id from staff_roles where staff_id = ?', [
        staffId,
      ])
      return {
        staffId,
        active: row.state === 'active',
        assignments: held.map((one) => ({ role: one.role, touchpointId: one.touchpoint_id ?? undefined })),
      }
    },
    touchpointTree: async () => {
      const all = await rows<{ touchpoint_id: string; parent_id: string | null }>(
        'select touchpoint_id, parent_id from touchpoints where closed_at is null',
        [],
      )
      return new Map(all.map((one) => [one.touchpoint_id, one.parent_id ?? undefined]))
    },
    addRole: async (staffId, { role, touchpointId }, at) => {
      const made = await rows(
        `insert into staff_roles (staff_id, role, touchpoint_id, granted_at) values (?, ?, ?, ?)
         on conflict do nothing returning staff_id`,
        [staffId, role, touchpointId ?? null, at],
      )
      return made.length === 1
    },
    removeRole: async (staffId, { role, touchpointId }) => {
      const gone = await rows(`delete from staff_roles where ${sameRole} returning staff_id`, [
        staffId,
        role,
        touchpointId ?? null,
      ])
      return gone.length === 1
    },
    addEnrolment: async (tokenHash, staffId, at) => {
      await rows('delete from staff_enrolments where staff_id = ? and consumed_at is null', [staffId])
      const [made] = await rows<{ expires_at: Date }>(
        `insert into staff_enrolments (token_hash, staff_id, created_at, expires_at)
         values (?, ?, ?, now() + interval '24 hours') returning expires_at`,
        [tokenHash, staffId, at],
      )
      if (made === undefined) throw new Error('An enrolment was inserted but not returned.')
      return made.expires_at
    },
    consumeEnrolment: async (tokenHash) => {
      const [row] = await rows<{ staff_id: StaffId }>(
        `update staff_enrolments set consumed_at = now()
         where token_hash = ? and consumed_at is null and expires_at > now() returning staff_id`,
        [tokenHash],
      )
      return row?.staff_id
    },
    addPasskey: async (passkey) => {
      const made = await rows(
        `insert into staff_passkeys (credential_id, staff_id, public_key, counter, transports, backup_eligible,
           backed_up, name, created_at) values (?, ?, ?, ?, ?::text[], ?, ?, ?, ?) on conflict do nothing returning staff_id`,
        [
          passkey.credentialId,
          passkey.staffId,
          passkey.publicKey,
          passkey.counter,
          [...passkey.transports],
          passkey.backupEligible,
          passkey.backedUp,
          passkey.name,
          passkey.createdAt,
        ],
      )
      return made.length === 1
    },
    usePasskey: async (credentialId, counter, backedUp, at) => {
      const used = await rows(
        `update staff_passkeys set counter = ?, backed_up = ?, last_used_at = ?
         where credential_id = ? and (counter < ? or (counter = 0 and ? = 0)) returning staff_id`,
        [counter, backedUp, at, credentialId, counter, counter],
      )
      return used.length === 1
    },
    addSession: async ({ hash, staffId, assurance, at }) => {
      await rows(
        `insert into staff_sessions (session_hash, staff_id, assurance, authenticated_at, seen_at, expires_at)
         values (?, ?, ?, ?, now(), now() + interval '10 hours')`,
        [hash, staffId, assurance, at],
      )
    },
    endSession: async (hash) => {
      const [row] = await rows<{ staff_id: StaffId }>(
        'update staff_sessions set ended_at = now() where session_hash = ? and ended_at is null returning staff_id',
        [hash],
      )
      return row?.staff_id
    },
    endSessionsOf: async (staffId) => {
      const ended = await rows(
        'update staff_sessions set ended_at = now() where staff_id = ? and ended_at is null returning staff_id',
        [staffId],
      )
      return ended.length
    },
  }
}

export const pgStaffStores = (trx: Knex.Transaction): StaffStores => ({ staff: pgStaffStore(trx) })
