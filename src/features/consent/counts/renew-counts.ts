import { stateOf } from '../campaigns/campaign.ts'
import { type CampaignParts, campaignStatus } from '../campaigns/campaign-status.ts'
import type { CountStore } from './house-counts.ts'

export interface CountParts extends CampaignParts {
  readonly counts: CountStore
  /** Every purpose that ever was. */
  readonly purposes: () => Promise<readonly { readonly id: string }[]>
}

/** An officer decides by thousands; a number of five minutes ago, told as such, serves as well as one of now. */
const renewMs = 5 * 60_000

/**
 * Counts anew what the officer's pages say about everybody: one purpose or campaign after the other, each for itself, so
 * that one that fails keeps no other from being counted. Of a campaign that has ended the last count stays.
 */
export async function renewCounts(parts: CountParts, signal?: AbortSignal): Promise<number> {
  const { counts, clock, reads } = parts
  const failures: unknown[] = []
  let renewed = 0
  const renew = async (
    what: Parameters<CountStore['claim']>[0],
    count: (
      now: Date,
    ) => Promise<{ readonly numbers: Parameters<CountStore['keep']>[1]; readonly last?: boolean }>,
  ): Promise<void> => {
    const now = clock.now()
    if (signal?.aborted === true) return
    if (!(await counts.claim(what, now, new Date(now.getTime() + renewMs)))) return
    try {
      const { numbers, last = false } = await count(now)
      await counts.keep(what, numbers, now, last)
      renewed += 1
    } catch (error) {
      failures.push(error)
    }
  }
  let people: number | undefined
  for (const { id } of await parts.purposes()) {
    await renew({ purpose: id }, async (now) => {
      people ??= await counts.people()
      return { numbers: { people, ...(await counts.answers(id, now)) } }
    })
  }
  for (const campaign of await reads.all()) {
    if (campaign.startedAt === undefined) continue
    await renew({ campaign: campaign.campaignId }, async (now) => {
      const { asked, audience = 0 } = await campaignStatus(parts, campaign.campaignId)
      return { numbers: { asked, audience }, last: stateOf(campaign, now) === 'ended' }
    })
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some counts could not be renewed.')
  return renewed
}
