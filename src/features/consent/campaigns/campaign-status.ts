import type { Clock } from '../../../kernel/clock.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { ConsentRegistry } from '../cached-registry.ts'
import { type Campaign, type CampaignId, type CampaignState, stateOf } from './campaign.ts'
import { audienceQuestion } from './campaign-audience.ts'
import type { Audience, CampaignFigures, CampaignReads } from './campaign-store.ts'

export interface CampaignStatus extends CampaignFigures {
  readonly campaign: Campaign
  readonly state: CampaignState
  /** How many it is about: those counted when it began, or more where people came to belong to it since; undefined before. */
  readonly audience: number | undefined
  /** People who would be asked now, were they to come; of a draft, if it ran. Nobody once it has ended. */
  readonly toBeAsked: number
  /** People whose older yes no longer counts and whose word on this version is still out: for them the answer is DENY. */
  readonly unanswered: number
  /** True until everybody was decided again by the version in force: until then there are more than these counts say. */
  readonly counting: boolean
}

export interface CampaignParts {
  readonly reads: CampaignReads
  readonly registry: Pick<ConsentRegistry, 'current'>
  readonly clock: Clock
}

const nobody: Audience = { unanswered: 0, toBeAsked: 0, complete: true }

/** Whom a campaign is about, counted from kept answers of the one decision. */
export async function countAudience(
  { reads, registry }: Pick<CampaignParts, 'reads' | 'registry'>,
  campaign: Campaign,
  at: Date,
): Promise<Audience> {
  const question = audienceQuestion(campaign, registry.current(), at)
  return question === undefined ? nobody : reads.audience(question)
}

/** How a campaign stands, counted from what is recorded: the same question asked twice differs only by what happened. */
export async function campaignStatus(parts: CampaignParts, campaignId: CampaignId): Promise<CampaignStatus> {
  const campaign = await parts.reads.find(campaignId)
  if (campaign === undefined) throw notFound('campaign-unknown', 'There is no such campaign.')
  const now = parts.clock.now()
  const state = stateOf(campaign, now)
  const until = state === 'ended' ? (campaign.endedAt ?? campaign.closesAt) : now
  const [{ unanswered, toBeAsked, complete }, figures] = await Promise.all([
    countAudience(parts, campaign, now),
    parts.reads.figures(campaign, until),
  ])
  const known = figures.agreed + figures.refused + unanswered
  return {
    campaign,
    state,
    audience: campaign.audience === undefined ? undefined : Math.max(campaign.audience, known),
    toBeAsked: state === 'ended' ? 0 : toBeAsked,
    unanswered,
    counting: !complete,
    ...figures,
  }
}
