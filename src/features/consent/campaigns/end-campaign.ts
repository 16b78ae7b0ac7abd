import type { Clock } from '../../../kernel/clock.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { Work } from '../../../kernel/work.ts'
import { type RegistryAct, saidBy } from '../registry-act.ts'
import { type CampaignId, checkMayEnd } from './campaign.ts'
import type { CampaignStores } from './campaign-store.ts'

/** Ends a campaign. Who has not answered stays as they are: an old yes that no longer counts permits nothing. */
export async function endCampaign(
  { work, clock }: { readonly work: Work<CampaignStores>; readonly clock: Clock },
  command: RegistryAct & { readonly campaignId: CampaignId },
): Promise<void> {
  const { campaignId } = command
  await work(async ({ campaigns, audit }) => {
    const at = clock.now()
    const campaign = await campaigns.lock(campaignId)
    if (campaign === undefined) throw notFound('campaign-unknown', 'There is no such campaign.')
    checkMayEnd(campaign)
    await campaigns.end(campaignId, at)
    await audit.record({
      action: 'consent.campaign-ended',
      ...saidBy(command),
      at,
      about: `campaign:${campaignId}`,
      facts: { purpose: campaign.purpose },
    })
  })
}
