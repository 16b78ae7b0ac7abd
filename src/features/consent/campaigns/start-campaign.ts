import { conflict, notFound } from '../../../kernel/errors.ts'
import type { Work } from '../../../kernel/work.ts'
import { type RegistryAct, saidBy } from '../registry-act.ts'
import { type Campaign, type CampaignId, checkMayStart } from './campaign.ts'
import { type CampaignParts, countAudience } from './campaign-status.ts'
import type { CampaignStores } from './campaign-store.ts'

/**
 * Opens a campaign: from now on its audience is asked when they sign in. Keeps how many they are as far as people have been
 * decided again by the version in force, and answers that number.
 */
export async function startCampaign(
  parts: CampaignParts & { readonly work: Work<CampaignStores> },
  command: RegistryAct & { readonly campaignId: CampaignId },
): Promise<number> {
  const { campaignId } = command
  return parts.work(async ({ campaigns, audit }) => {
    const at = parts.clock.now()
    const campaign: Campaign | undefined = await campaigns.lock(campaignId)
    if (campaign === undefined) throw notFound('campaign-unknown', 'There is no such campaign.')
    checkMayStart(campaign, at)
    const { purpose, purposeVersion } = campaign
    const { unanswered: audience, complete } = await countAudience(parts, campaign, at)
    if (!(await campaigns.start(campaignId, audience, at))) {
      throw conflict('campaign-running', `Another campaign about ${purpose} has not ended.`)
    }
    await audit.record({
      action: 'consent.campaign-started',
      ...saidBy(command),
      at,
      about: `campaign:${campaignId}`,
      facts: { purpose, version: purposeVersion, audience, counting: !complete },
    })
    return audience
  })
}
