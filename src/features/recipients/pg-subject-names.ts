import { LRUCache } from 'lru-cache'
import type { SubjectId } from '../../kernel/ids.ts'
import type { PipelinedReader } from '../../platform/db/pipelined-reader.ts'
import type { SubjectNames } from './subject-names.ts'

const keep = {
  name: 'subject-names-keep',
  text: `insert into pairwise_subjects (sector, sub, subject_id, first_given_at)
         select sector, sub, subject_id, $4 from unnest($1::text[], $2::text[], $3::uuid[]) as n(sector, sub, subject_id)
         order by sector, sub on conflict do nothing`,
}
const find = {
  name: 'subject-names-find',
  text: 'select sub, subject_id from pairwise_subjects where sector = $1 and sub = any($2::text[])',
}

/** Names of the people seen last are remembered in the process, so that a token given again costs nothing. */
const remembered = 50_000

export function pgSubjectNames(reader: PipelinedReader): SubjectNames {
  const known = new LRUCache<string, true>({ max: remembered })
  return {
    keep: async (names, at) => {
      const fresh = names.filter(({ sector, sub }) => !known.has(`${sector} ${sub}`))
      if (fresh.length === 0) return
      const column = (pick: (name: (typeof fresh)[number]) => string) => fresh.map(pick)
      await reader.rows(keep, [
        column(({ sector }) => sector),
        column(({ sub }) => sub),
        column(({ subjectId }) => subjectId),
        at,
      ])
      for (const { sector, sub } of fresh) known.set(`${sector} ${sub}`, true)
    },
    find: async (sector, subs) => {
      if (subs.length === 0) return new Map()
      const rows = await reader.rows(find, [sector, subs])
      return new Map(rows.map((row) => row as readonly [string, SubjectId]))
    },
  }
}
