import type { Knex } from 'knex'
import type { Campaign, CampaignId } from './campaign.ts'
import type { CampaignStore } from './campaign-store.ts'

export interface CampaignRow {
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

export const campaignTable = 'reconsent_campaigns'

export const campaignOf = (row: CampaignRow): Campaign => ({
  campaignId: row.campaign_id,
  purpose: row.purpose_id,
  purposeVersion: row.purpose_version,
  opensAt: row.opens_at,
  closesAt: row.closes_at,
  coolOff: row.cool_off,
  audience: row.audience ?? undefined,
  startedAt: row.started_at ?? undefined,
  endedAt: row.ended_at ?? undefined,
})

export const maybeCampaign = (row: CampaignRow | undefined): Campaign | undefined => row && campaignOf(row)

export const pgCampaignStore = (trx: Knex.Transaction): CampaignStore => ({
  insert: async (campaign, at) => {
    await trx(campaignTable).insert({
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
    maybeCampaign(
      await trx<CampaignRow>(campaignTable).first('*').where({ campaign_id: campaignId }).forUpdate(),
    ),
  start: async (campaignId, audience, at) => {
    const running = trx(`${campaignTable} as other`)
      .select('other.campaign_id')
      .whereNotNull('other.started_at')
      .whereNull('other.ended_at')
      .whereRaw('other.purpose_id = reconsent_campaigns.purpose_id')
    const started = await trx(campaignTable)
      .where({ campaign_id: campaignId })
      .whereNotExists(running)
      .update({ audience, started_at: at })
    return started === 1
  },
  end: async (campaignId, at) => {
    await trx(campaignTable).where({ campaign_id: campaignId }).update({ ended_at: at })
  },
})
