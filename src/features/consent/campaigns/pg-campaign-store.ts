import type { Knex } from 'knex'
import type { Campaign, CampaignId } from './campaign.ts'
import type { CampaignReads, CampaignStore } from './campaign-store.ts'

interface CampaignRow {
  readonly campaign_id: CampaignId
  readonly purpose_id: string
  readonly purpose_version: number
  readonly opens_at: Date
  readonly closes_at: Date
  readonly cool_off: string
  readonly audience: number | null
  readonly started_at: Date | null
  readonly ended_at: Date | null
}

const table = 'reconsent_campaigns'

const read = (row: CampaignRow | undefined): Campaign | undefined =>
  row && {
    campaignId: row.campaign_id,
    purpose: row.purpose_id,
    purposeVersion: row.purpose_version,
    opensAt: row.opens_at,
    closesAt: row.closes_at,
    coolOff: row.cool_off,
    audience: row.audience ?? undefined,
    startedAt: row.started_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
  }

export const pgCampaignStore = (trx: Knex.Transaction): CampaignStore => ({
  insert: async (campaign, at) => {
    await trx(table).insert({
      campaign_id: campaign.campaignId,
      purpose_id: campaign.purpose,
      purpose_version: campaign.purposeVersion,
      opens_at: campaign.opensAt,
      closes_at: campaign.closesAt,
      cool_off: campaign.coolOff,
      created_at: at,
    })
  },
  lock: async (campaignId) =>
    read(await trx<CampaignRow>(table).first('*').where({ campaign_id: campaignId }).forUpdate()),
  start: async (campaignId, audience, at) => {
    const running = trx(`${table} as other`)
      .select('other.campaign_id')
      .whereNotNull('other.started_at')
      .whereNull('other.ended_at')
      .whereRaw('other.purpose_id = reconsent_campaigns.purpose_id')
    const started = await trx(table)
      .where({ campaign_id: campaignId })
      .whereNotExists(running)
      .update({ audience, started_at: at })
    return started === 1
  },
  end: async (campaignId, at) => {
    await trx(table).where({ campaign_id: campaignId }).update({ ended_at: at })
  },
})

/** Facts about a purpose: its own, and those about a whole family of purposes. */
const about = (event: string): string => `(${event}.purpose_id in (:purpose, '*')
  or (${event}.purpose_id like '%.*' and starts_with(:purpose, rtrim(${event}.purpose_id, '*'))))`

/** A yes that nobody proved, and one that is not the person's, is no answer. */
const ownYes = (
  event: string,
): string => `(${event}.type = 'given' and ${event}.actor in ('subject', 'guardian')
  and ${event}.evidence_grade is distinct from 'none' and ${event}.consent_type is distinct from 'implied')`

/*
 * The last answer of each person on each contact channel of a purpose; at one instant the stricter is the last, as in
 * the fold. One line a person: a no anywhere is the last word.
 */
const countSql = `
  with answered as (
    select distinct on (e.subject_id, e.brand_id, e.contact_channel) e.subject_id, e.type, e.purpose_version
      from consent_events e
     where ${about('e')} and e.occurred_at <= :until
       and (e.type in ('refused', 'withdrawn', 'revoked', 'invalidated') or ${ownYes('e')})
     order by e.subject_id, e.brand_id, e.contact_channel, e.occurred_at desc,
              array_position(array['invalidated', 'withdrawn', 'refused', 'revoked', 'given'], e.type)
  ), people as (
    select subject_id from answered group by subject_id
    having bool_or(type = 'given' and purpose_version < :version) and bool_and(type = 'given')
  )
  select cast(count(*) as integer) as people from people p join subjects s using (subject_id)
   where s.state in ('active', 'locked')
     and not exists (
       select 1 from consent_events o where o.subject_id = p.subject_id and o.type = 'objected' and ${about('o')})
     and not exists (
       select 1 from consent_events d where d.subject_id = p.subject_id and d.type = 'deferred' and ${about('d')}
          and d.occurred_at > :since)`

/* Of those whose older yes was there when the campaign began, what they did last about this version. */
const figuresSql = `
  with said as (
    select distinct on (e.subject_id) e.subject_id, e.type
      from consent_events e
     where ${about('e')} and e.recorded_at >= :started and e.recorded_at <= :until
       and (e.type in ('refused', 'withdrawn', 'deferred')
            or (${ownYes('e')} and e.purpose_version >= :version))
       and exists (
         select 1 from consent_events y where y.subject_id = e.subject_id and y.purpose_id = :purpose
            and ${ownYes('y')} and y.purpose_version < :version and y.recorded_at < :started)
     order by e.subject_id, e.occurred_at desc,
              array_position(array['withdrawn', 'refused', 'given', 'deferred'], e.type)
  )
  select cast(count(*) as integer) as asked,
         cast(count(*) filter (where type = 'given') as integer) as agreed,
         cast(count(*) filter (where type in ('refused', 'withdrawn')) as integer) as refused,
         cast(count(*) filter (where type = 'deferred') as integer) as put_off
    from said`

export const pgCampaignReads = (db: Knex, now: () => Date): CampaignReads => ({
  find: async (campaignId) =>
    read(await db<CampaignRow>(table).first('*').where({ campaign_id: campaignId })),
  countToBeAsked: async (purpose, purposeVersion, coolOffSince) => {
    const { rows } = await db.raw(countSql, {
      purpose,
      version: purposeVersion,
      since: coolOffSince,
      until: now(),
    })
    return rows[0].people
  },
  figures: async ({ purpose, purposeVersion, startedAt }, until) => {
    if (startedAt === undefined) return { asked: 0, agreed: 0, refused: 0, putOff: 0 }
    const { rows } = await db.raw(figuresSql, { purpose, version: purposeVersion, started: startedAt, until })
    const { asked, agreed, refused, put_off: putOff } = rows[0]
    return { asked, agreed, refused, putOff }
  },
})
