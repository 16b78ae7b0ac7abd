import type { Clock } from '../../../kernel/clock.ts'
import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { ConsentRegistry } from '../cached-registry.ts'
import { decisiveMark } from './decisive-mark.ts'
import type { Contactable, PermissionReads } from './permission-reads.ts'

export interface ContactPage {
  readonly people: readonly Contactable[]
  /** Where the next page begins; undefined after the last. */
  readonly next: SubjectId | undefined
}

const most = 10_000

/**
 * "Who may be mailed for this purpose on this contact channel now", for millions: one indexed select a page, in the order
 * of ids. It reads kept decisions and gives out only those that the one decision would give at this moment; whoever's answer
 * has yet to be decided again is left out, because no answer means no. Nobody is reached twice because they have two accounts.
 */
export async function whoMayBeContacted(
  parts: {
    readonly reads: PermissionReads
    readonly registry: Pick<ConsentRegistry, 'current'>
    readonly clock: Clock
  },
  question: {
    readonly controller: string
    readonly brand: string
    readonly purpose: string
    readonly contactChannel: ContactChannel
    /** Product category of the campaign: with it, customers who bought something similar are among them (soft opt-in). */
    readonly campaignCategory?: string | undefined
  },
  page: { readonly after?: SubjectId | undefined; readonly limit?: number } = {},
): Promise<ContactPage> {
  const registry = parts.registry.current()
  if (!registry.active.has(question.purpose)) return { people: [], next: undefined }
  const limit = Math.min(page.limit ?? most, most)
  const { controller, brand, purpose, contactChannel } = question
  const people = await parts.reads.contactable({
    controller,
    brand,
    purpose,
    contactChannel,
    campaignCategory: question.campaignCategory,
    mark: decisiveMark(registry, purpose),
    at: parts.clock.now(),
    after: page.after,
    limit,
  })
  return { people, next: people.length < limit ? undefined : people.at(-1)?.subjectId }
}
