import type { Actor } from '../../../kernel/actor.ts'
import type { Clock } from '../../../kernel/clock.ts'
import { conflict, notFound } from '../../../kernel/errors.ts'
import type { Work } from '../../../kernel/work.ts'
import { type Campaign, type CampaignId, checkMayStart } from './campaign.ts'
import { coolOffSince } from './campaign-status.ts'
import type { CampaignReads, CampaignStores } from './campaign-store.ts'

/** Opens a campaign and keeps how many there are to ask; answers that number. */
export async function startCampaign(
  parts: { readonly work: Work<CampaignStores>; readonly reads: CampaignReads; readonly clock: Clock },
  { actor, campaignId }: { readonly actor: Actor; readonly campaignId: CampaignId },
): Promise<number> {
  return parts.work(async ({ campaigns, audit }) => {
    const at = parts.clock.now()
    const campaign: Campaign | undefined = await campaigns.lock(campaignId)
    if (campaign === undefined) throw notFound('campaign-unknown', 'There is no such campaign.')
    checkMayStart(campaign, at)
    const { purpose, purposeVersion } = campaign
    const audience = await parts.reads.countToBeAsked(purpose, purposeVersion, coolOffSince(campaign, at))
    if (!(await campaigns.start(campaignId, audience, at))) {
      throw conflict('campaign-running', `Another campaign about ${purpose} has not ended.`)
    }
    await audit.record({
      action: 'consent.campaign-started',
      actor,
      at,
      about: `campaign:${campaignId}`,
      facts: { purpose, version: purposeVersion, audience },
    })
    return audience
  })
}
