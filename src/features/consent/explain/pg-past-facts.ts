import type { IdentifierId, SubjectId } from '../../../kernel/ids.ts'
import type { PipelinedReader } from '../../../platform/db/pipelined-reader.ts'
import type { Facts } from '../facts.ts'
import { type AccountLink, factsWithLinked, type ReadAccount } from '../merging/linked-accounts.ts'
import {
  accountColumnCount,
  accountColumns,
  accountFromRow,
  birthDateAttribute,
  type DatedSources,
  type FactsParts,
} from '../pg-facts.ts'
import { factsAsOf } from './facts-as-of.ts'
import { type Fate, gapsOf, gapsOfOther, goneSince } from './lost-since.ts'
import type { Lost, PastFacts } from './past-facts.ts'
import type { KnownFact } from './what-was-known.ts'

const at = '$2::timestamptz'

/** What the first change after the instant ended is what stood at it; without one it is what stands. */
const stood = (aspect: 'state' | 'jurisdiction'): string => `coalesce(
  (select h.was from subject_changes h
    where h.subject_id = s.subject_id and h.aspect = '${aspect}' and h.changed_at > ${at}
    order by h.changed_at limit 1), s.${aspect})`

const holds = (assertion: string): string =>
  `${assertion}.asserted_at <= ${at} and (${assertion}.superseded_at is null or ${assertion}.superseded_at > ${at})`

const then: DatedSources = {
  state: stood('state'),
  jurisdiction: stood('jurisdiction'),
  identifiers: `(select subject_id, identifier_id, kind, verified_at, created_at from identifiers
     union all
     select subject_id, identifier_id, kind, null::timestamptz, created_at from former_identifiers where removed_at > ${at}) i
     where i.subject_id = s.subject_id and i.created_at <= ${at}`,
  verified: `coalesce(i.verified_at <= ${at}, false)`,
  holds: holds('a'),
  checks: `(select distinct on (list, contact_channel, contact_point) * from exclusion_check_history h
     where h.subject_id = s.subject_id and h.checked_at <= ${at}
     order by list, contact_channel, contact_point, checked_at desc)`,
}

const inForce = `l.kind = 'same-person' and l.asserted_at <= ${at} and not exists (
  select 1 from subject_link_ends x
   where x.subject_id = l.subject_id and x.link_id = l.link_id and x.ended_at <= ${at})`

/**
 * The account and every other that links in force at the instant led to, with what has become of each since. That evidence was
 * erased is told by the trail alone: it is written in the erasing transaction, and nothing else of it may stay.
 */
const statement = {
  name: 'consent-past-facts',
  text: `
  with recursive same_person as (
    select $1::uuid as id
    union
    select l.other_subject_id from same_person p join subject_links l on l.subject_id = p.id where ${inForce}
  )
  select ${accountColumns(then)}, s.subject_id, s.state = 'erased',
    (select array_agg(distinct h.attribute_id) from assertions h where h.subject_id = s.subject_id and ${holds('h')}),
    (select json_agg(json_build_array(l.other_subject_id, l.assurance, l.contact_point, l.other_contact_point))
       from subject_links l where l.subject_id = s.subject_id and ${inForce}),
    exists (select 1 from exclusion_check_history h where h.subject_id = s.subject_id and h.checked_at > ${at}),
    exists (select 1 from assertions h
      where h.subject_id = s.subject_id and h.attribute_id = '${birthDateAttribute}' and ${holds('h')}),
    (select m.value from house_marks m where m.name = 'dated-facts-since'),
    (select max(e.entry::jsonb ->> 'at') from audit_entries e
      where e.stream_id = s.subject_id and e.entry like '%"action":"consent.evidence-erased"%')
    from subjects s left join subject_keys k on k.subject_id = s.subject_id
   where s.subject_id in (select id from same_person)`,
}

type LinkCell = readonly [SubjectId, AccountLink['assurance'], IdentifierId | null, IdentifierId | null]
type PastCells = [
  subjectId: SubjectId,
  erased: boolean,
  held: string[] | null,
  links: LinkCell[] | null,
  askedAgain: boolean,
  birthDateHeld: boolean,
  datedSince: string | null,
  evidenceErasedAt: string | null,
]

const linkOf = (subjectId: SubjectId, [other, assurance, mine, theirs]: LinkCell): AccountLink => ({
  subjects: [subjectId, other],
  assurance,
  shared: mine === null || theirs === null ? undefined : { contactPoint: mine, otherContactPoint: theirs },
})

const dateOf = (text: string | null): Date | undefined => (text === null ? undefined : new Date(text))

export const pgPastFacts = (reader: PipelinedReader, parts: FactsParts): PastFacts => ({
  find: async (subjectId, asOf) => {
    const rows = await reader.rows(statement, [subjectId, asOf])
    const accounts = new Map<SubjectId, ReadAccount>()
    const links: AccountLink[] = []
    const lost = new Map<KnownFact, Lost>()
    for (const row of rows) {
      const cells = row.slice(accountColumnCount) as PastCells
      const [id, erased, held, linked, askedAgain, birthDateHeld, datedSince, evidenceErasedAt] = cells
      const { known, key } = await accountFromRow(id, row, parts)
      accounts.set(id, { known, held: held ?? [] })
      links.push(...(linked ?? []).map((link) => linkOf(id, link)))
      const fate: Fate = {
        began: known.since,
        erased,
        evidenceErasedAt: dateOf(evidenceErasedAt),
        birthDateSealed: birthDateHeld && key === undefined,
        askedAgain,
        datedSince: dateOf(datedSince),
      }
      const gone = id === subjectId ? goneSince(asOf, fate) : undefined
      if (gone !== undefined) {
        const facts = nothingLeft(known.facts, erased ? 'erased' : 'blocked')
        return { facts, since: known.since, lost: new Map([['account', gone]]) }
      }
      for (const [fact, why] of id === subjectId ? gapsOf(asOf, fate) : gapsOfOther(asOf, fate))
        lost.set(fact, why)
    }
    const own = accounts.get(subjectId)
    if (own === undefined) return undefined
    const facts = factsAsOf(factsWithLinked(subjectId, own, accounts, links), asOf.getTime())
    return {
      // An answer that may have taken the place of another one leaves the one before unknown: as if nobody had asked.
      facts: lost.has('exclusion-lists')
        ? { ...facts, suppression: { ...facts.suppression, checks: [] } }
        : facts,
      since: own.known.since,
      lost,
    }
  },
})

/** Of somebody erased, or whose evidence was, no past is put together from what happens to be left. */
const nothingLeft = (facts: Facts, state: 'erased' | 'blocked'): Facts => ({
  ...facts,
  subject: { state, contracts: [], purchases: [], restrictions: [] },
  events: [],
  suppression: { internal: [], listings: [] },
  contactPoints: {},
  linked: undefined,
})
