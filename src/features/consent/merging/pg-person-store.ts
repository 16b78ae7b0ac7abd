import type { Knex } from 'knex'
import { nilUuid, type SubjectId } from '../../../kernel/ids.ts'
import { categoryIn } from '../permissions/permission-row.ts'
import type { StoredKey } from '../permissions/permission-store.ts'
import { factColumns, factsFromRow } from '../pg-facts.ts'
import type { AccountNow, PersonStore } from './person-store.ts'
import { asRow } from './pg-others-column.ts'
import { moveAllOn, takeNoted } from './pg-person.ts'

type KeyCell = readonly [
  string,
  string,
  string,
  StoredKey['contactChannel'],
  string,
  string,
  StoredKey['decision'],
]

interface Row {
  readonly subject_id: SubjectId
  readonly facts: readonly unknown[]
  readonly keys: readonly KeyCell[] | null
}

const accountsSql = `
  select s.subject_id, json_build_array(${factColumns}) as facts,
    (select json_agg(json_build_array(p.controller_id, p.brand_id, p.purpose_id, p.contact_channel, p.contact_point,
        p.campaign_category, p.decision)) from permissions p where p.subject_id = s.subject_id) as keys
    from subjects s left join subject_keys k on k.subject_id = s.subject_id
   where s.subject_id = any (cast(? as uuid[]))`

const keyOf = ([
  controller,
  brand,
  purpose,
  contactChannel,
  point,
  category,
  decision,
]: KeyCell): StoredKey => ({
  controller,
  brand,
  purpose,
  contactChannel,
  decision,
  ...(point === nilUuid ? {} : { contactPoint: point }),
  ...categoryIn(category),
})

export const pgPersonStore = (trx: Knex.Transaction): PersonStore => ({
  outdate: (subjects, at, because) => moveAllOn(trx, subjects, at, because),
  takeOutdated: () => [...takeNoted(trx)].sort((a, b) => (a.subjectId < b.subjectId ? -1 : 1)),
  read: async (subjects, opening) => {
    const { rows }: { rows: readonly Row[] } = await trx.raw(accountsSql, [[...subjects]])
    const accounts = new Map<SubjectId, AccountNow>()
    for (const { subject_id: subjectId, facts, keys } of rows) {
      const { known } = await factsFromRow(subjectId, asRow(facts), opening)
      accounts.set(subjectId, { known, before: (keys ?? []).map(keyOf) })
    }
    return accounts
  },
})
