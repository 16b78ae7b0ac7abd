import type { Clock } from '../../../kernel/clock.ts'
import { conflict, invalid, notFound } from '../../../kernel/errors.ts'
import type { Entropy } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work.ts'
import { period } from '../calendar.ts'
import type { PublishedRegistry } from '../published.ts'
import { type RegistryAct, saidBy } from '../registry-act.ts'
import type { Campaign, CampaignId } from './campaign.ts'
import type { CampaignStores } from './campaign-store.ts'

export interface DraftCampaign extends RegistryAct {
  readonly purpose: string
  readonly opensAt: Date
  readonly closesAt: Date
  readonly coolOff: string
}

/**
 * Plans asking again about the version in force. Refused where there is nothing to ask again: after an edit every answer
 * still counts, and asking once more would only be pressing.
 */
export async function draftCampaign(
  parts: {
    readonly work: Work<CampaignStores>
    readonly clock: Clock
    readonly entropy: Entropy
    readonly registry: PublishedRegistry
    /** The name it will have, where it was given out beforehand, so that the same order twice is one campaign. */
    readonly campaignId?: CampaignId
  },
  command: DraftCampaign,
): Promise<CampaignId> {
  const { purpose, opensAt, closesAt, coolOff } = command
  const version = parts.registry.active.get(purpose)
  if (version === undefined) throw notFound('purpose-unknown', `There is no purpose ${purpose} in force.`)
  if (version.reconsentMin <= 1) {
    throw conflict('campaign-needless', `${purpose} never changed materially: every answer still counts.`)
  }
  if (closesAt <= opensAt) throw invalid('campaign-window', 'A campaign closes after it opens.')
  try {
    period(coolOff)
  } catch {
    throw invalid('campaign-cool-off', `${coolOff} is no duration such as P6M.`)
  }
  const campaign: Campaign = {
    campaignId: parts.campaignId ?? parts.entropy.id<'campaign'>(),
    purpose,
    purposeVersion: version.reconsentMin,
    opensAt,
    closesAt,
    coolOff,
    audience: undefined,
    startedAt: undefined,
    endedAt: undefined,
  }
  await parts.work(async ({ campaigns, audit }) => {
    const at = parts.clock.now()
    await campaigns.insert(campaign, at)
    await audit.record({
      action: 'consent.campaign-drafted',
      ...saidBy(command),
      at,
      about: `campaign:${campaign.campaignId}`,
      facts: {
        purpose,
        version: campaign.purposeVersion,
        opens: opensAt.toISOString(),
        closes: closesAt.toISOString(),
      },
    })
  })
  return campaign.campaignId
}
