import type { Knex } from 'knex'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { DueChecks } from './due-checks.ts'

export const pgDueChecks = (lane: Knex): DueChecks => ({
  find: async ({ jurisdictions, lists, contactChannels, checkedBefore }, most) => {
    const { rows } = await lane.raw(
      `select s.subject_id from subjects s
        where s.state in ('active', 'locked') and s.jurisdiction = any(:jurisdictions)
          and (exists (select 1 from purchases p where p.subject_id = s.subject_id and p.opt_out_offered)
            or exists (
              select 1 from permissions p
               where p.subject_id = s.subject_id
                 and (p.reason = 'SUPPRESSION_LIST_CHECK_STALE'
                   or (p.purpose_id like 'marketing.%' and p.decision = 'PERMIT'
                     and (p.basis = 'legitimate_interest'
                       or (p.basis = 'consent' and p.contact_channel = any(:contactChannels)))))))
          and exists (
            select 1 from identifiers i
             where i.subject_id = s.subject_id and i.kind in ('email', 'phone')
               and (select count(distinct c.list) from exclusion_checks c
                     where c.subject_id = i.subject_id and c.contact_point = i.identifier_id
                       and c.list = any(:lists) and c.checked_at > :checkedBefore) < :wanted)
        order by (
            select min(c.checked_at) from exclusion_checks c join identifiers i
                on i.subject_id = c.subject_id and i.identifier_id = c.contact_point
             where c.subject_id = s.subject_id) nulls first, s.subject_id
        limit :most`,
      {
        jurisdictions: [...jurisdictions],
        lists: [...lists],
        contactChannels: [...contactChannels],
        checkedBefore,
        wanted: lists.length,
        most,
      },
    )
    return rows.map((row: { subject_id: SubjectId }) => row.subject_id)
  },
})
