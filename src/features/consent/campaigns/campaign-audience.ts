import type { ContactChannel } from '../../../kernel/evidence.ts'
import { identifierKindOf } from '../contact-points.ts'
import { decisiveMark } from '../permissions/decisive-mark.ts'
import { noticeFor, type PublishedRegistry } from '../published.ts'
import { packInForce } from '../rule-pack.ts'
import { Watch } from '../valid-until.ts'
import type { Campaign } from './campaign.ts'

/** Which kept answers are of people a campaign is about. */
export interface AudienceQuestion {
  readonly purpose: string
  readonly purposeVersion: number
  /** Of the registry the reader knows; an answer of another state of it is none. */
  readonly mark: string
  readonly at: Date
  readonly contactChannels: readonly {
    readonly contactChannel: ContactChannel
    readonly identifierKind: 'email' | 'phone' | undefined
  }[]
  /** How long a question that was put off is left alone: by the campaign, by the law of each country and by the default. */
  readonly coolOff: {
    readonly campaign: string
    readonly byJurisdiction: Readonly<Record<string, string>>
    readonly elsewhere: string
  }
}

const iso = ({ months, milliseconds }: { readonly months: number; readonly milliseconds: number }): string =>
  `P${months}MT${milliseconds / 1000}S`

/**
 * What to ask kept answers to learn who belongs to a campaign; undefined where nobody does any more: the purpose is retired,
 * it has no words for a screen, or it changed materially once more, which is another question.
 */
export function audienceQuestion(
  { purpose, purposeVersion, coolOff }: Campaign,
  registry: PublishedRegistry,
  at: Date,
): AudienceQuestion | undefined {
  const version = registry.active.get(purpose)
  if (version === undefined || version.reconsentMin !== purposeVersion) return undefined
  if (noticeFor(registry, purpose, 'es') === undefined) return undefined
  const watch = new Watch(at.getTime())
  const packs = [...registry.packs].map(
    ([jurisdiction, versions]) =>
      [jurisdiction, iso((packInForce(versions, watch) ?? registry.strictest).reaskCoolOff)] as const,
  )
  return {
    purpose,
    purposeVersion,
    mark: decisiveMark(registry, purpose),
    at,
    contactChannels: version.contactChannels.map((contactChannel) => ({
      contactChannel,
      identifierKind: identifierKindOf(contactChannel),
    })),
    coolOff: {
      campaign: coolOff,
      byJurisdiction: Object.fromEntries(packs),
      elsewhere: iso(registry.strictest.reaskCoolOff),
    },
  }
}
