import type { CommandHouse } from '../cli/command-house.ts'
import type { House } from '../compose.ts'
import {
  type CampaignId,
  campaignStatus,
  draftCampaign,
  endCampaign,
  pgCampaignReads,
  startCampaign,
} from '../features/consent/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { invalid, notFound } from '../kernel/errors.ts'
import { parseId } from '../kernel/ids.ts'

const commandLine: Actor = { kind: 'system', name: 'cli' }

const instant = (text: string): Date => {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw invalid('invalid-input', `${text} is no date.`)
  return at
}

const named = (text: string): CampaignId => {
  const campaignId = parseId<'campaign'>(text)
  if (campaignId === undefined) throw notFound('campaign-unknown', 'There is no such campaign.')
  return campaignId
}

/** Asking again after a material change, for the command line. */
export function campaignCommands({
  consoleWork,
  platform,
  registry,
}: House): Pick<CommandHouse, 'campaigns'> {
  const { clock, entropy, lanes } = platform
  const parts = { work: consoleWork, reads: pgCampaignReads(lanes.console), registry, clock }
  return {
    campaigns: {
      create: async ({ purpose, from, until, coolOff }) => {
        const campaignId = await draftCampaign(
          { ...parts, entropy, registry: await registry.refresh() },
          {
            actor: commandLine,
            purpose,
            opensAt: from === undefined ? clock.now() : instant(from),
            closesAt: instant(until),
            coolOff,
          },
        )
        return campaignStatus(parts, campaignId)
      },
      start: async (id) => {
        await startCampaign(parts, { actor: commandLine, campaignId: named(id) })
        return campaignStatus(parts, named(id))
      },
      status: (id) => campaignStatus(parts, named(id)),
      end: async (id) => {
        await endCampaign(parts, { actor: commandLine, campaignId: named(id) })
        return campaignStatus(parts, named(id))
      },
    },
  }
}
