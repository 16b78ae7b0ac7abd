import type { ContactChannel } from '../../../kernel/evidence.ts'
import { nilUuid, type SubjectId } from '../../../kernel/ids.ts'
import type { PipelinedReader } from '../../../platform/db/pipelined-reader.ts'
import { identifierKindOf } from '../contact-points.ts'
import type { LegalBasis } from '../purpose.ts'
import { noCategory } from '../similar-products.ts'
import type { Contactable, PermissionReads } from './permission-reads.ts'
import { categoryIn } from './permission-row.ts'
import type { PermissionSweep } from './permission-store.ts'

/* A row of a category says no more than the one without, except what soft opt-in permits. */
const ofCategory = (p: string): string =>
  `(${p}.campaign_category = '${noCategory}' or (${p}.campaign_category = $10 and ${p}.basis = 'soft_opt_in'))`

/** What a kept row says of itself that makes it the answer the one decision gives at $6. */
const says = (p: string): string => `
     ${p}.decision = 'PERMIT' and ${ofCategory(p)} and ${p}.purpose_id = $1 and ${p}.contact_channel = $2 and ${p}.brand_id = $3
     and ${p}.controller_id = $4 and ${p}.decided_at >= w.since and ${p}.decided_at <= $6
     and (${p}.valid_until is null or ${p}.valid_until > $6)`

/** What the person's other facts say, each looked up by the key of its subject: that nothing has overtaken the row. */
const stillHolds = (p: string): string => `
     ${p}.contact_point = coalesce((
       select i.identifier_id from identifiers i where i.subject_id = ${p}.subject_id and i.kind = $9
        order by i.verified_at is not null desc, i.created_at desc limit 1), '${nilUuid}')
     and not exists (
       select 1 from assertions a where a.subject_id = ${p}.subject_id and a.attribute_id = 'birth_date'
          and a.superseded_at is null and a.asserted_at > ${p}.decided_at)`

/*
 * Driven by permissions_contactable in the order of ids, so a page costs its own rows however many people there are. What
 * the person's other facts say is looked up by their key: no row that the facts have overtaken is given out. Where a letter,
 * mail or call reaches the person and not the account, one who may be reached by several accounts is given out once, by the
 * oldest of these; asked row by row, it costs whoever has one account a probe of an index.
 *
 * `offset 0` keeps the lookups behind the row they are about. Left to itself the planner takes them to refuse all but one row
 * in two hundred, gathers everybody before it sorts, and is slower than a minute with a hundred thousand people.
 */
export const contactableSql = `
  select p.subject_id, p.contact_point, p.attributes, p.basis, p.valid_until, p.evidence_event_id
    from permission_sweeps w
    join permissions p on p.purpose_id = w.purpose_id
    cross join lateral (
      select from subjects s
       where s.subject_id = p.subject_id and s.state in ('active', 'locked') and ${stillHolds('p')}
         and (p.campaign_category <> '${noCategory}' or $10 = '${noCategory}' or not exists (
           select 1 from permissions q where q.subject_id = p.subject_id and q.contact_point = p.contact_point
              and q.campaign_category = $10 and $10 <> '${noCategory}' and ${says('q')} and ${stillHolds('q')}))
         and (($9 = 'none' and $2 <> 'post') or not exists (
           select from subject_clusters c cross join unnest(c.members) member (id) cross join lateral (
             select from permissions o join subjects t on t.subject_id = o.subject_id and t.state in ('active', 'locked')
              where o.subject_id = member.id and ${says('o')} and ${stillHolds('o')} limit 1) other
            where c.subject_id = p.subject_id and member.id < c.subject_id))
      offset 0) holds
   where w.purpose_id = $1 and w.mark = $5 and ${says('p')} and p.subject_id > $7
   order by p.subject_id limit $8`

const contactable = { name: 'consent-contactable', text: contactableSql }

const ranOut = {
  name: 'consent-ran-out',
  text: `select distinct subject_id from (
           select subject_id from permissions where valid_until <= $1 order by valid_until limit $2) due
         order by subject_id`,
}
const sweeps = {
  name: 'consent-sweeps',
  text: 'select purpose_id, mark, since, reached from permission_sweeps order by purpose_id',
}
const notYetSwept = {
  name: 'consent-not-yet-swept',
  text: `select s.subject_id from subjects s
          where s.subject_id > $1 and s.state <> 'erased'
            and (exists (select 1 from permissions p
                where p.subject_id = s.subject_id and p.purpose_id = $2 and p.decided_at < $3)
              or not exists (select 1 from permissions p where p.subject_id = s.subject_id and p.purpose_id = $2))
          order by s.subject_id limit $4`,
}
const lastSettled = {
  name: 'consent-last-settled',
  text: 'select subject_id from subjects where created_at < $1 order by subject_id desc limit 1',
}
const keys = {
  name: 'consent-kept-keys',
  text: `select controller_id, brand_id, purpose_id, contact_channel, contact_point, campaign_category, decision
           from permissions where subject_id = $1`,
}

const ids = (rows: readonly (readonly unknown[])[]): readonly SubjectId[] =>
  rows.map(([subjectId]) => subjectId as SubjectId)

const pointOf = (point: string): string | undefined => (point === nilUuid ? undefined : point)

export const pgPermissionReads = (reader: PipelinedReader): PermissionReads => ({
  contactable: async (question) => {
    const { purpose, contactChannel, brand, controller, mark, at, after, limit } = question
    const values = [purpose, contactChannel, brand, controller, mark, at, after ?? nilUuid, limit]
    const category = question.campaignCategory ?? noCategory
    const rows = await reader.rows(contactable, [
      ...values,
      identifierKindOf(contactChannel) ?? 'none',
      category,
    ])
    return rows.map((row): Contactable => {
      const [subjectId, point, attributes, basis, validUntil, evidenceEvent] = row as readonly [
        SubjectId,
        string,
        string[],
        LegalBasis,
        Date | null,
        string | null,
      ]
      return {
        subjectId,
        contactPoint: pointOf(point),
        attributes,
        basis,
        validUntil: validUntil ?? undefined,
        evidenceEvent: evidenceEvent ?? undefined,
      }
    })
  },
  ranOut: async (at, limit) => ids(await reader.rows(ranOut, [at, limit])),
  sweeps: async () =>
    (await reader.rows(sweeps, [])).map((row): PermissionSweep => {
      const [purpose, mark, since, reached] = row as readonly [string, string, Date, SubjectId | null]
      return { purpose, mark, since, reached: reached ?? undefined }
    }),
  notYetSwept: async ({ reached, purpose, since }, limit) =>
    ids(await reader.rows(notYetSwept, [reached ?? nilUuid, purpose, since, limit])),
  lastSettled: async (before) => ids(await reader.rows(lastSettled, [before]))[0],
  keysOf: async (subjectId) =>
    (await reader.rows(keys, [subjectId])).map((row) => {
      const [controller, brand, purpose, contactChannel, point, category, decision] = row as readonly [
        string,
        string,
        string,
        ContactChannel,
        string,
        string,
        'PERMIT' | 'DENY',
      ]
      const contactPoint = pointOf(point)
      return {
        controller,
        brand,
        purpose,
        contactChannel,
        decision,
        ...(contactPoint === undefined ? {} : { contactPoint }),
        ...categoryIn(category),
      }
    }),
})
