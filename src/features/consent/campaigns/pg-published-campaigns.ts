import type { Knex } from 'knex'
import type { Campaign } from './campaign.ts'
import { type CampaignRow, campaignOf, campaignTable } from './pg-campaign-store.ts'

/** The campaigns that ask about a version of a purpose: what the registry hands to whoever asks people. */
export async function publishedCampaigns(
  db: Knex,
): Promise<
  (version: { readonly purpose_id: string; readonly reconsent_min: number }) => readonly Campaign[]
> {
  const campaigns = (await db<CampaignRow>(campaignTable).select('*').orderBy('campaign_id')).map(campaignOf)
  return ({ purpose_id: purpose, reconsent_min: version }) =>
    campaigns.filter((one) => one.purpose === purpose && one.purposeVersion === version)
}
