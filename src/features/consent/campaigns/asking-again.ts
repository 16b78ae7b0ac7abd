import { type Instant, type Period, period } from '../calendar.ts'
import { type Campaign, stateOf } from './campaign.ts'

/**
 * Whom a material change is asked about now. Where nobody planned a campaign for the version, everybody whose answer no
 * longer counts, at once. Where somebody did, only people whose yes was superseded, and only while a campaign runs: a no
 * said to the older text stands, and is not what a campaign is for.
 */
export type AskingAgain =
  | { readonly whom: 'everybody' }
  | { readonly whom: 'audience'; readonly coolOff: Period }
  | { readonly whom: 'nobody' }

export function askingAgain(campaigns: readonly Campaign[] | undefined, now: Instant): AskingAgain {
  if (campaigns === undefined || campaigns.length === 0) return { whom: 'everybody' }
  const running = campaigns.find((campaign) => stateOf(campaign, new Date(now)) === 'running')
  return running === undefined ? { whom: 'nobody' } : { whom: 'audience', coolOff: period(running.coolOff) }
}
