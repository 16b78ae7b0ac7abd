import { conflict } from '../../../kernel/errors.ts'
import type { Id } from '../../../kernel/ids.ts'

export type CampaignId = Id<'campaign'>

/**
 * Asking people again after a purpose changed materially. It writes to nobody: a message that asks for consent to
 * advertising is advertising itself, and would need that very consent (LSSI art. 21.1, ePrivacy Directive Art. 13(1)). Who is
 * due is asked at their next sign-in, with what changed, and can go on without answering; a campaign says from when to when
 * that is so, and what came of it.
 */
export interface Campaign {
  readonly campaignId: CampaignId
  readonly purpose: string
  /** The version people are asked about. */
  readonly purposeVersion: number
  readonly opensAt: Date
  readonly closesAt: Date
  /** ISO 8601: who put the question off or said no counts as not to be asked for so long. */
  readonly coolOff: string
  /** How many there were to ask when it began; undefined before. */
  readonly audience: number | undefined
  readonly startedAt: Date | undefined
  readonly endedAt: Date | undefined
}

export type CampaignState = 'draft' | 'running' | 'ended'

/** A campaign whose window has closed is over, whether or not anybody said so. */
export function stateOf(
  campaign: Pick<Campaign, 'startedAt' | 'endedAt' | 'closesAt'>,
  now: Date,
): CampaignState {
  if (campaign.startedAt === undefined) return 'draft'
  return campaign.endedAt !== undefined || campaign.closesAt <= now ? 'ended' : 'running'
}

export function checkMayStart(campaign: Campaign, now: Date): void {
  if (campaign.startedAt !== undefined)
    throw conflict('campaign-started', 'This campaign has been started before.')
  if (campaign.closesAt <= now) throw conflict('campaign-over', 'The window of this campaign has closed.')
  if (campaign.opensAt > now)
    throw conflict('campaign-too-early', 'The window of this campaign is not open yet.')
}

export function checkMayEnd(campaign: Campaign): void {
  if (campaign.startedAt === undefined)
    throw conflict('campaign-not-started', 'This campaign was never started.')
  if (campaign.endedAt !== undefined) throw conflict('campaign-over', 'This campaign has ended.')
}
