import type { SubjectId } from '../../kernel/ids.ts'
import type { StatementPart } from '../../platform/db/shared-statement.ts'
import type { Note } from '../../platform/db/shared-work.ts'
import type { EntranceStores } from './entrance.ts'
import type { PasskeyId } from './passkey-store.ts'

/** Somebody let in: their account is open, and their passkey, where it was one, was not behind. */
export interface Entrance {
  readonly subjectId: SubjectId
  readonly use:
    | {
        readonly passkeyId: PasskeyId
        readonly counter: number
        readonly backedUp: boolean
        readonly at: Date
      }
    | undefined
}

/*
 * The same conditions as `mayEnter` and `recordUse` have, asked of all subjects of the statement. Passkeys are locked in
 * the order of their subjects before any is changed, since an UPDATE goes through its rows in whatever order it likes.
 */
export const entrancePart: StatementPart<Entrance> = {
  columns: { passkey_id: 'uuid', counter: 'bigint', backed_up: 'boolean', used_at: 'timestamptz' },
  valuesOf: ({ use }) =>
    use === undefined
      ? [null, null, null, null]
      : [use.passkeyId, use.counter, use.backedUp, use.at.toISOString()],
  members: `
  entered as materialized (
    select given.* from given join subjects s using (subject_id) where s.state = 'active'
  ), locked as materialized (
    select p.subject_id, p.passkey_id from entered join passkeys p using (subject_id, passkey_id)
     order by p.subject_id for no key update of p
  ), used as (
    update passkeys p set counter = entered.counter, backed_up = entered.backed_up, last_used_at = entered.used_at
      from entered join locked using (subject_id, passkey_id)
     where p.subject_id = entered.subject_id and p.passkey_id = entered.passkey_id
       and (p.counter < entered.counter or (p.counter = 0 and entered.counter = 0))
    returning p.subject_id
  ), kept as (
    select subject_id from entered where passkey_id is null union all select subject_id from used
  )`,
}

/** Stores that take note of one entrance; a password that needs another hash is for the ordinary unit. */
export const noteEntrance = (): Note<EntranceStores, Entrance> => {
  let entering: SubjectId | undefined
  let use: Entrance['use']
  let more = false
  return {
    stores: {
      subjects: {
        mayEnter: async (subjectId) => {
          entering = subjectId
          return true
        },
      },
      passkeys: {
        recordUse: async ({ passkeyId }, used) => {
          more ||= use !== undefined
          use = { passkeyId, ...used }
          return true
        },
      },
      passwords: {
        replace: async () => {
          more = true
          return true
        },
      },
    },
    fact: () => (entering === undefined || more ? undefined : { subjectId: entering, use }),
  }
}
