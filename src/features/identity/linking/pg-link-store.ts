import type { Knex } from 'knex'
import type { IdentifierId, SubjectId } from '../../../kernel/ids.ts'
import { alone, type Cluster } from './cluster.ts'
import type { LinkAssurance, LinkEnd, LinkId, SubjectLink } from './link.ts'
import { pairOf } from './link.ts'
import type { KeptLink, LinkStore } from './link-store.ts'

interface Row {
  subject_id: SubjectId
  link_id: LinkId
  other_subject_id: SubjectId
  kind: SubjectLink['kind']
  assurance: LinkAssurance | null
  rule: string
  confidence: number
  contact_point: IdentifierId | null
  other_contact_point: IdentifierId | null
  asserted_by: string
  proof: Readonly<Record<string, string>>
  asserted_at: Date
}

type EndedRow = Row & {
  ended_by: string | null
  reason: string
  mistaken: boolean
  ended_at: Date | null
}

function linkOf(row: Row): SubjectLink {
  const subjects = pairOf(row.subject_id, row.other_subject_id)
  const asserted = {
    linkId: row.link_id,
    subjects,
    rule: row.rule,
    confidence: row.confidence,
    proof: row.proof,
    assertedBy: row.asserted_by,
    at: row.asserted_at,
  }
  if (row.kind === 'different-people' || row.assurance === null)
    return { ...asserted, kind: 'different-people' }
  const { contact_point: mine, other_contact_point: theirs } = row
  const turned = subjects[0] !== row.subject_id
  const shared =
    mine === null || theirs === null
      ? undefined
      : { contactPoint: turned ? theirs : mine, otherContactPoint: turned ? mine : theirs }
  return { ...asserted, kind: 'same-person', assurance: row.assurance, shared }
}

const keptOf = (row: EndedRow): KeptLink => ({
  link: linkOf(row),
  end:
    row.ended_at === null || row.ended_by === null
      ? undefined
      : { endedBy: row.ended_by, reason: row.reason, mistaken: row.mistaken, at: row.ended_at },
})

/** A link as either of its subjects keeps it. */
const rowsOf = (link: SubjectLink) => {
  const [one, other] = link.subjects
  const shared = link.kind === 'same-person' ? link.shared : undefined
  const side = (subject: SubjectId, beside: SubjectId, mine?: IdentifierId, theirs?: IdentifierId) => ({
    subject_id: subject,
    link_id: link.linkId,
    other_subject_id: beside,
    kind: link.kind,
    assurance: link.kind === 'same-person' ? link.assurance : null,
    rule: link.rule,
    confidence: link.confidence,
    contact_point: mine ?? null,
    other_contact_point: theirs ?? null,
    asserted_by: link.assertedBy,
    proof: JSON.stringify(link.proof),
    asserted_at: link.at,
  })
  return [
    side(one, other, shared?.contactPoint, shared?.otherContactPoint),
    side(other, one, shared?.otherContactPoint, shared?.contactPoint),
  ]
}

const ended = (db: Knex) =>
  db('subject_link_ends as e').whereRaw('e.subject_id = l.subject_id and e.link_id = l.link_id')

export const pgLinkStore = (db: Knex): LinkStore => {
  const kept = (subjectId: SubjectId) =>
    db<EndedRow>('subject_links as l')
      .leftJoin('subject_link_ends as e', (on) =>
        on.on('e.subject_id', 'l.subject_id').andOn('e.link_id', 'l.link_id'),
      )
      .where('l.subject_id', subjectId)
      .select('l.*', 'e.ended_by', 'e.reason', 'e.mistaken', 'e.ended_at')
      .orderBy(['l.asserted_at', 'l.link_id'])
  return {
    clustersOf: async (subjects) => {
      const rows = await db<{ subject_id: SubjectId; members: SubjectId[] }>('subject_clusters')
        .whereIn('subject_id', [...subjects])
        .select('subject_id', 'members')
      const found = new Map(rows.map((row) => [row.subject_id, row.members]))
      return subjects.map((subject): Cluster => {
        const members = found.get(subject)
        return members?.[0] === undefined ? alone(subject) : { canonical: members[0], members }
      })
    },
    inForce: async (subjects) => {
      const rows = await db<Row>('subject_links as l')
        .whereIn('l.subject_id', [...subjects])
        .whereNotExists(ended(db))
        .select('l.*')
        .orderBy(['l.asserted_at', 'l.link_id'])
      return [...new Map(rows.map((row) => [row.link_id, linkOf(row)])).values()]
    },
    history: async (subjectId) => (await kept(subjectId)).map(keptOf),
    find: async (subjectId, linkId) => {
      const [row] = await kept(subjectId).where('l.link_id', linkId)
      return row === undefined ? undefined : keptOf(row)
    },
    add: async (link) => {
      await db('subject_links').insert(rowsOf(link))
    },
    end: async ({ linkId, subjects }, { endedBy, reason, mistaken, at }: LinkEnd) => {
      const rows = subjects.map((subjectId) => ({
        subject_id: subjectId,
        link_id: linkId,
        ended_by: endedBy,
        reason,
        mistaken,
        ended_at: at,
      }))
      const added = await db('subject_link_ends')
        .insert(rows)
        .onConflict(['subject_id', 'link_id'])
        .ignore()
        .returning('subject_id')
      return added.length === rows.length
    },
    keepClusters: async (clusters, at) => {
      const several = clusters.filter(({ members }) => members.length > 1)
      const single = clusters.filter(({ members }) => members.length === 1)
      if (single.length > 0) {
        await db('subject_clusters')
          .whereIn(
            'subject_id',
            single.map(({ canonical }) => canonical),
          )
          .delete()
      }
      const rows = several.flatMap(({ canonical, members }) =>
        members.map((member) => ({
          subject_id: member,
          canonical_subject_id: canonical,
          members: [...members],
          changed_at: at,
        })),
      )
      if (rows.length > 0) await db('subject_clusters').insert(rows).onConflict('subject_id').merge()
    },
  }
}
