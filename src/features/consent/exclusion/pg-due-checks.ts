import type { Knex } from 'knex'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { DueChecks } from './due-checks.ts'

export const pgDueChecks = (lane: Knex): DueChecks => ({
  find: async ({ jurisdictions, lists, checkedBefore }, most) => {
    const { rows } = await lane.raw(
      `select s.subject_id from subjects s
        where s.state in ('active', 'locked') and s.jurisdiction = any(:jurisdictions)
          and exists (select 1 from purchases p where p.subject_id = s.subject_id and p.opt_out_offered)
          and exists (
            select 1 from identifiers i
             where i.subject_id = s.subject_id and i.kind in ('email', 'phone')
               and (select count(distinct c.list) from exclusion_checks c
                     where c.subject_id = i.subject_id and c.contact_point = i.identifier_id
                       and c.list = any(:lists) and c.checked_at > :checkedBefore) < :wanted)
        limit :most`,
      {
        jurisdictions: [...jurisdictions],
        lists: [...lists],
        checkedBefore,
        wanted: lists.length,
        most,
      },
    )
    return rows.map((row: { subject_id: SubjectId }) => row.subject_id)
  },
})
