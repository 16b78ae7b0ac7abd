import type { PublishedRegistry } from '../published.ts'
import { changesScope, type PurposeDraft } from '../purpose-draft.ts'

export interface PublishingImpact {
  /** `new` asks nobody again, because nobody was asked; `editorial` keeps every answer. */
  readonly kind: 'new' | 'editorial' | 'material'
  /** People whose standing consent would no longer count, and who would be asked again in a session they start. */
  readonly askedAgain: number
  /** People for whom the purpose is permitted today, on whatever basis. */
  readonly permittedToday: number
}

/** Port. Promises: people are counted once, whatever number of contact channels or points they said yes to. */
export interface StandingCounts {
  standing(purpose: string): Promise<{ readonly byConsent: number; readonly permitted: number }>
}

/**
 * "n people will be asked again": what publishing a draft would do, told before it is done. A draft that says it is an edit
 * and changes what is done counts as the material change it is; publishing it is refused.
 */
export async function impactOfPublishing(
  parts: { readonly counts: StandingCounts; readonly registry: PublishedRegistry },
  draft: PurposeDraft,
): Promise<PublishingImpact> {
  const before = parts.registry.active.get(draft.id)
  if (before === undefined) return { kind: 'new', askedAgain: 0, permittedToday: 0 }
  const { byConsent, permitted } = await parts.counts.standing(draft.id)
  const material = draft.change === 'material' || changesScope(draft, before)
  return {
    kind: material ? 'material' : 'editorial',
    askedAgain: material ? byConsent : 0,
    permittedToday: permitted,
  }
}
