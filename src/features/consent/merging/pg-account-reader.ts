import type { IdentifierId, SubjectId } from '../../../kernel/ids.ts'
import type { PipelinedReader } from '../../../platform/db/pipelined-reader.ts'
import type { SamePerson } from '../../identity/index.ts'
import { type FactsParts, factColumnCount, factColumns, factsFromRow } from '../pg-facts.ts'
import type { AccountReader } from './account-reader.ts'
import { type AccountLink, factsWithLinked, type ReadAccount } from './linked-accounts.ts'

/** The facts of accounts, with what each holds and the links it has in force. */
const accountsSql = `
  select ${factColumns}, s.subject_id,
    (select array_agg(distinct h.attribute_id) from assertions h
      where h.subject_id = s.subject_id and h.superseded_at is null),
    (select json_agg(json_build_array(l.other_subject_id, l.assurance, l.contact_point, l.other_contact_point))
       from subject_links l
      where l.subject_id = s.subject_id and l.kind = 'same-person' and not exists (
        select 1 from subject_link_ends x where x.subject_id = l.subject_id and x.link_id = l.link_id))
    from subjects s left join subject_keys k on k.subject_id = s.subject_id`

const some = { name: 'consent-accounts', text: `${accountsSql} where s.subject_id = any ($1::uuid[])` }
const person = {
  name: 'consent-accounts-of-person',
  text: `${accountsSql} where s.subject_id = any (coalesce(
    (select c.members from subject_clusters c where c.subject_id = $1), array[$1::uuid]))`,
}

type LinkRow = readonly [SubjectId, SamePerson['assurance'], IdentifierId | null, IdentifierId | null]

function linkOf(subjectId: SubjectId, [other, assurance, mine, theirs]: LinkRow): AccountLink {
  const shared: SamePerson['shared'] =
    mine === null || theirs === null ? undefined : { contactPoint: mine, otherContactPoint: theirs }
  return { subjects: [subjectId, other], assurance, shared }
}

export function pgAccountReader(reader: PipelinedReader, parts: FactsParts): AccountReader {
  const read = async (rows: readonly (readonly unknown[])[]) => {
    const accounts = new Map<SubjectId, ReadAccount>()
    const links: AccountLink[] = []
    for (const row of rows) {
      const [subjectId, held, linked] = row.slice(factColumnCount) as [
        SubjectId,
        string[] | null,
        LinkRow[] | null,
      ]
      const { known } = await factsFromRow(subjectId, row, parts)
      accounts.set(subjectId, { known, held: held ?? [] })
      links.push(...(linked ?? []).map((link) => linkOf(subjectId, link)))
    }
    return { accounts, links }
  }
  return {
    find: async (subjectId) => {
      const { accounts, links } = await read(await reader.rows(person, [subjectId]))
      const own = accounts.get(subjectId)
      return own && { ...own.known, facts: factsWithLinked(subjectId, own, accounts, links) }
    },
    accounts: async (subjects) => (await read(await reader.rows(some, [[...subjects]]))).accounts,
  }
}
