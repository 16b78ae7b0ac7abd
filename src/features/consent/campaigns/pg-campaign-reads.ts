import type { Knex } from 'knex'
import { nilUuid } from '../../../kernel/ids.ts'
import type { AudienceQuestion } from './campaign-audience.ts'
import type { CampaignReads } from './campaign-store.ts'
import { type CampaignRow, campaignOf, campaignTable, maybeCampaign } from './pg-campaign-store.ts'

/** Facts about a purpose: its own, and those about a whole family of purposes. */
const about = (event: string): string => `(${event}.purpose_id in (:purpose, '*')
  or (${event}.purpose_id like '%.*' and starts_with(:purpose, rtrim(${event}.purpose_id, '*'))))`

/** A yes that nobody proved, and one that is not the person's, is no answer. */
const ownYes = (
  event: string,
): string => `(${event}.type = 'given' and ${event}.actor in ('subject', 'guardian')
  and ${event}.evidence_grade is distinct from 'none' and ${event}.consent_type is distinct from 'implied')`

/*
 * The kept answers that the one decision gives at :at and that deny because a yes was superseded, as `contactable` reads
 * those that permit: decided under this mark, not run out, at the contact point in use, the date of birth not corrected
 * since. Driven by permissions_superseded, so it costs the people it counts. A question that was put off is one lookup each.
 */
const audienceSql = `
  with superseded as (
    select p.subject_id, bool_or(not exists (
        select 1 from consent_events d
         where d.subject_id = p.subject_id and d.type = 'deferred' and ${about('d')}
           and d.controller_id = p.controller_id and (d.brand_id in (p.brand_id, '*') or p.brand_id = '*')
           and d.contact_channel in (p.contact_channel, '*') and coalesce(d.purpose_version, 0) >= :version
           and greatest(
             (d.occurred_at at time zone 'UTC') + cast(:coolOff as interval),
             (d.occurred_at at time zone 'UTC')
               + cast(coalesce(cast(:byLaw as jsonb) ->> s.jurisdiction, :elsewhere) as interval)
           ) > cast(:at as timestamptz) at time zone 'UTC')) as due
      from permissions p
      join permission_sweeps w on w.purpose_id = p.purpose_id and w.mark = :mark
      join unnest(cast(:channels as text[]), cast(:kinds as text[])) as c (channel, kind)
        on c.channel = p.contact_channel
      join subjects s on s.subject_id = p.subject_id and s.state in ('active', 'locked')
     where p.purpose_id = :purpose and p.reason = 'CONSENT_SUPERSEDED'
       and p.decided_at >= w.since and p.decided_at <= :at and (p.valid_until is null or p.valid_until > :at)
       and p.contact_point = coalesce((
         select i.identifier_id from identifiers i where i.subject_id = p.subject_id and i.kind = c.kind
          order by i.verified_at is not null desc, i.created_at desc limit 1), '${nilUuid}')
       and not exists (
         select 1 from assertions a where a.subject_id = p.subject_id and a.attribute_id = 'birth_date'
            and a.superseded_at is null and a.asserted_at > p.decided_at)
     group by p.subject_id
  )
  select cast(count(*) as integer) as unanswered, cast(count(*) filter (where due) as integer) as to_be_asked,
         exists (select 1 from permission_sweeps w where w.purpose_id = :purpose and w.mark = :mark and w.since <= :at
            and not exists (
              select 1 from permissions p where p.purpose_id = :purpose and p.decision = 'PERMIT'
                 and p.contact_channel = any (cast(:channels as text[])) and p.decided_at < w.since)) as complete
    from superseded`

const bindingsOf = (question: AudienceQuestion) => ({
  purpose: question.purpose,
  version: question.purposeVersion,
  mark: question.mark,
  at: question.at,
  channels: question.contactChannels.map(({ contactChannel }) => contactChannel),
  kinds: question.contactChannels.map(({ identifierKind }) => identifierKind ?? 'none'),
  coolOff: question.coolOff.campaign,
  byLaw: JSON.stringify(question.coolOff.byJurisdiction),
  elsewhere: question.coolOff.elsewhere,
})

/*
 * Of those whose older yes stood when the campaign began, what they did last about this version: an answer tells more than
 * that they were asked. It counts acts and judges none of them; what an answer is worth the decision says.
 */
const figuresSql = `
  with said as (
    select distinct on (e.subject_id) e.subject_id, e.type
      from consent_events e
     where ${about('e')} and e.recorded_at >= :started and e.recorded_at <= :until
       and (e.type in ('refused', 'withdrawn', 'deferred')
            or ((e.type = 'requested' or ${ownYes('e')}) and e.purpose_version >= :version))
       and exists (
         select 1 from consent_events y where y.subject_id = e.subject_id and y.purpose_id = :purpose
            and ${ownYes('y')} and y.purpose_version < :version and y.recorded_at < :started
            and not exists (
              select 1 from consent_events n where n.subject_id = y.subject_id and ${about('n')}
                 and n.type in ('refused', 'withdrawn', 'revoked', 'invalidated', 'objected')
                 and n.contact_channel in (y.contact_channel, '*')
                 and n.occurred_at >= y.occurred_at and n.recorded_at < :started))
     order by e.subject_id, e.type = 'requested', e.occurred_at desc,
              array_position(array['withdrawn', 'refused', 'given', 'deferred'], e.type)
  )
  select cast(count(*) as integer) as asked,
         cast(count(*) filter (where type = 'given') as integer) as agreed,
         cast(count(*) filter (where type in ('refused', 'withdrawn')) as integer) as refused,
         cast(count(*) filter (where type = 'deferred') as integer) as put_off
    from said`

export const pgCampaignReads = (db: Knex): CampaignReads => ({
  find: async (campaignId) =>
    maybeCampaign(await db<CampaignRow>(campaignTable).first('*').where({ campaign_id: campaignId })),
  all: async () =>
    (await db<CampaignRow>(campaignTable).select('*').orderBy('campaign_id', 'desc')).map(campaignOf),
  audience: async (question) => {
    const { rows } = await db.raw(audienceSql, bindingsOf(question))
    const { unanswered, to_be_asked: toBeAsked, complete } = rows[0]
    return { unanswered, toBeAsked, complete }
  },
  figures: async ({ purpose, purposeVersion, startedAt }, until) => {
    if (startedAt === undefined) return { asked: 0, agreed: 0, refused: 0, putOff: 0 }
    const { rows } = await db.raw(figuresSql, { purpose, version: purposeVersion, started: startedAt, until })
    const { asked, agreed, refused, put_off: putOff } = rows[0]
    return { asked, agreed, refused, putOff }
  },
})
