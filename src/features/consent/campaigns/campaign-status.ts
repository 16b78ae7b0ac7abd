import type { Clock } from '../../../kernel/clock.ts'
import { notFound } from '../../../kernel/errors.ts'
import { period, plus } from '../calendar.ts'
import { type Campaign, type CampaignId, type CampaignState, stateOf } from './campaign.ts'
import type { CampaignFigures, CampaignReads } from './campaign-store.ts'

export interface CampaignStatus extends CampaignFigures {
  readonly campaign: Campaign
  readonly state: CampaignState
  /** People who are still to be asked, if they sign in. */
  readonly toBeAsked: number
}

/** From when on a question that was put off still counts as just asked. */
export function coolOffSince({ coolOff }: Pick<Campaign, 'coolOff'>, now: Date): Date {
  const { months, milliseconds } = period(coolOff)
  return new Date(plus(now.getTime(), { months: -months, milliseconds: -milliseconds }))
}

/** How a campaign stands, counted from what is recorded: the same question asked twice differs only by what happened. */
export async function campaignStatus(
  { reads, clock }: { readonly reads: CampaignReads; readonly clock: Clock },
  campaignId: CampaignId,
): Promise<CampaignStatus> {
  const campaign = await reads.find(campaignId)
  if (campaign === undefined) throw notFound('campaign-unknown', 'There is no such campaign.')
  const now = clock.now()
  const state = stateOf(campaign, now)
  const until = state === 'ended' ? (campaign.endedAt ?? campaign.closesAt) : now
  const { purpose, purposeVersion } = campaign
  return {
    campaign,
    state,
    toBeAsked:
      state === 'ended'
        ? 0
        : await reads.countToBeAsked(purpose, purposeVersion, coolOffSince(campaign, now)),
    ...(await reads.figures(campaign, until)),
  }
}
