import type { IdentifierId, SubjectId } from '../../../kernel/ids.ts'
import type { SamePerson } from '../../identity/index.ts'
import type { KnownSubject } from '../facts-reader.ts'
import { type AccountLink, factsWithLinked, type ReadAccount } from './linked-accounts.ts'

const linksOf = (subject: string): string => `
  (select json_agg(json_build_array(l.other_subject_id, l.assurance, l.contact_point, l.other_contact_point))
     from subject_links l
    where l.subject_id = ${subject} and l.kind = 'same-person' and not exists (
      select 1 from subject_link_ends x where x.subject_id = l.subject_id and x.link_id = l.link_id))`

const heldBy = (subject: string): string => `
  (select json_agg(distinct h.attribute_id) from assertions h
    where h.subject_id = ${subject} and h.superseded_at is null)`

/**
 * The person's other accounts, for statements that start from `subjects s`: null of somebody who has none, which costs them
 * one probe of an index. `columns` are those that tell of one account.
 */
export const othersColumn = (columns: string): string => `
  (select json_build_array(${heldBy('asked.id')}, ${linksOf('asked.id')}, others.found)
     from (select s.subject_id as id) asked
     join subject_clusters c on c.subject_id = asked.id
     cross join lateral (
       select json_agg(json_build_array(s.subject_id, ${heldBy('s.subject_id')}, ${linksOf('s.subject_id')},
                json_build_array(${columns}))) as found
         from subjects s left join subject_keys k on k.subject_id = s.subject_id
        where s.subject_id = any (c.members) and s.subject_id <> asked.id) others)`

type LinkCell = readonly [SubjectId, SamePerson['assurance'], IdentifierId | null, IdentifierId | null]
type OtherCell = readonly [SubjectId, string[] | null, LinkCell[] | null, readonly unknown[]]
export type OthersCell = readonly [string[] | null, LinkCell[] | null, readonly OtherCell[] | null]

const linkOf = (subjectId: SubjectId, [other, assurance, mine, theirs]: LinkCell): AccountLink => ({
  subjects: [subjectId, other],
  assurance,
  shared: mine === null || theirs === null ? undefined : { contactPoint: mine, otherContactPoint: theirs },
})

/** Columns as JSON tells them, in the types a row has: when the account began, and its wrapped key. */
export function asRow(cells: readonly unknown[]): readonly unknown[] {
  const row = [...cells]
  if (typeof row[4] === 'string') row[4] = new Date(row[4])
  if (typeof row[6] === 'string') row[6] = Buffer.from(row[6].replace(/^\\x/, ''), 'hex')
  return row
}

/** One account with the others beside it. */
export async function withOthers(
  subjectId: SubjectId,
  known: KnownSubject,
  [held, links, others]: OthersCell,
  read: (subjectId: SubjectId, row: readonly unknown[]) => Promise<{ readonly known: KnownSubject }>,
): Promise<KnownSubject> {
  const own: ReadAccount = { known, held: held ?? [] }
  const accounts = new Map([[subjectId, own]])
  const found = (links ?? []).map((link) => linkOf(subjectId, link))
  for (const [id, theirs, theirLinks, cells] of others ?? []) {
    accounts.set(id, { known: (await read(id, asRow(cells))).known, held: theirs ?? [] })
    found.push(...(theirLinks ?? []).map((link) => linkOf(id, link)))
  }
  return { ...known, facts: factsWithLinked(subjectId, own, accounts, found) }
}
