import type { Campaign, CampaignId } from './campaign.ts'

/**
 * Port. Promises: `lock` holds the campaign until the unit ends; `start` answers false when another campaign of the
 * purpose is running.
 */
export interface CampaignStore {
  insert(campaign: Campaign, at: Date): Promise<void>
  lock(campaignId: CampaignId): Promise<Campaign | undefined>
  start(campaignId: CampaignId, audience: number, at: Date): Promise<boolean>
  end(campaignId: CampaignId, at: Date): Promise<void>
}

export interface CampaignStores {
  readonly campaigns: CampaignStore
}

/** What came of it, each person counted once, under the last thing they did. */
export interface CampaignFigures {
  /** Asked at a sign-in, whatever they did then. */
  readonly asked: number
  readonly agreed: number
  readonly refused: number
  readonly putOff: number
}

/** Port. Promises: counted from the ledger and the kept permissions on the primary, at the moment of asking. */
export interface CampaignReads {
  find(campaignId: CampaignId): Promise<Campaign | undefined>
  /**
   * People whose yes to an older version is the last word they said, and no longer enough for this one. Whoever refused,
   * took it back, objected or is blocked is not among them: their no is not asked for again.
   */
  countToBeAsked(purpose: string, purposeVersion: number, coolOffSince: Date): Promise<number>
  figures(campaign: Campaign, until: Date): Promise<CampaignFigures>
}
