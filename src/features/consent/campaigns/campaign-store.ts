import type { Campaign, CampaignId } from './campaign.ts'
import type { AudienceQuestion } from './campaign-audience.ts'

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
  /** Asked, or answered of their own accord, whatever they did then. */
  readonly asked: number
  readonly agreed: number
  readonly refused: number
  readonly putOff: number
}

export interface Audience {
  /** Whose yes was superseded and who has not said anything since that counts. */
  readonly unanswered: number
  /** Of these, who did not put the question off just now. */
  readonly toBeAsked: number
  /** False while answers from before the version in force are still being decided again. */
  readonly complete: boolean
}

/**
 * Port. Promises: reads the primary, at the moment of asking. `audience` judges nobody: it counts kept answers of the one
 * decision that deny because a yes was superseded, each person once, and looks only for questions that were put off.
 */
export interface CampaignReads {
  find(campaignId: CampaignId): Promise<Campaign | undefined>
  /** Newest first. */
  all(): Promise<readonly Campaign[]>
  audience(question: AudienceQuestion): Promise<Audience>
  figures(campaign: Campaign, until: Date): Promise<CampaignFigures>
}
