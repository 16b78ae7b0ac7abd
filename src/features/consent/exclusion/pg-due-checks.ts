import type { Knex } from 'knex'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { DueChecks } from './due-checks.ts'

const stillWaits = `a.asked_at > case a.outcome when 'refused' then :refused::timestamptz
  when 'unused' then :unused::timestamptz when 'silent' then :silent::timestamptz else :failed::timestamptz end`

const dueSql = `
  with asks as (select * from unnest(:lists::text[], :channels::text[]) as ask(list, contact_channel))
  select s.subject_id from subjects s
   where s.state in ('active', 'locked') and s.jurisdiction = any(:jurisdictions)
     and (exists (select 1 from purchases p where p.subject_id = s.subject_id and p.opt_out_offered)
       or exists (
         select 1 from permissions p
          where p.subject_id = s.subject_id
            and (p.reason = 'SUPPRESSION_LIST_CHECK_STALE'
              or (p.purpose_id like 'marketing.%' and p.decision = 'PERMIT'
                and (p.basis = 'legitimate_interest'
                  or (p.basis = 'consent' and p.contact_channel = any(:channels)))))))
     and exists (
       select 1 from identifiers i
         join asks on (asks.contact_channel = 'email') = (i.kind = 'email')
        where i.subject_id = s.subject_id and i.kind in ('email', 'phone')
          and not exists (
            select 1 from exclusion_checks c
             where c.subject_id = i.subject_id and c.contact_point = i.identifier_id and c.list = asks.list
               and c.contact_channel = asks.contact_channel and c.checked_at > :checkedBefore)
          and not exists (
            select 1 from exclusion_attempts a
             where a.subject_id = i.subject_id and a.contact_point = i.identifier_id and a.list = asks.list
               and a.contact_channel = asks.contact_channel and ${stillWaits}))
     and not exists (
       select 1 from exclusion_attempts a where a.subject_id = s.subject_id and a.list = '*' and ${stillWaits})
   order by greatest(
       (select max(c.checked_at) from exclusion_checks c where c.subject_id = s.subject_id),
       (select max(a.asked_at) from exclusion_attempts a where a.subject_id = s.subject_id)) nulls first,
     s.subject_id
   limit :most`

export const pgDueChecks = (lane: Knex): DueChecks => ({
  find: async ({ jurisdictions, asks, checkedBefore, triedBefore }, most) => {
    const values = {
      jurisdictions: [...jurisdictions],
      lists: asks.map(({ list }) => list),
      channels: asks.map(({ contactChannel }) => contactChannel),
      checkedBefore,
      ...triedBefore,
      most,
    }
    return lane.transaction(async (trx): Promise<readonly SubjectId[]> => {
      // It looks at everybody, once a run: of a million people longer than a screen may take.
      await trx.raw(`set local statement_timeout = '60s'`)
      const { rows } = await trx.raw(dueSql, values)
      return rows.map((row: { subject_id: SubjectId }) => row.subject_id)
    })
  },
  noteAttempts: async (attempts, at) => {
    if (attempts.length === 0) return
    await lane('exclusion_attempts')
      .insert(
        attempts.map(({ subjectId, list, contactChannel, contactPoint, outcome }) => ({
          subject_id: subjectId,
          list,
          contact_channel: contactChannel,
          contact_point: contactPoint,
          asked_at: at,
          outcome,
        })),
      )
      .onConflict(['subject_id', 'list', 'contact_channel', 'contact_point'])
      .merge()
  },
})
