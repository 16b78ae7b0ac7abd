import type { Clock } from '../../../kernel/clock.ts'
import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { ConsentRegistry } from '../cached-registry.ts'
import type { Instant } from '../calendar.ts'
import { identifierKindOf } from '../contact-points.ts'
import { decide } from '../decision.ts'
import type { Facts } from '../facts.ts'
import type { FactsReader } from '../facts-reader.ts'
import { houseSystem } from '../key-decision.ts'
import { keyFor } from '../standing-choice.ts'

export interface OtherAccount {
  readonly subjectId: SubjectId
  /** When time alone could make it another one; null if it cannot. */
  readonly validUntil: Instant | null
}

/** A letter, mail or call reaches the person; a push message, or what is shown on a page, the account. */
const reachesThePerson = (contactChannel: ContactChannel): boolean =>
  contactChannel === 'post' || identifierKindOf(contactChannel) !== undefined

/**
 * By which other account the person is contacted instead of by this one; undefined when it is by this one. Of several accounts
 * that may be contacted it is the oldest, as in `whoMayBeContacted`, so that whoever keeps a list of their own by single
 * answers has the same people on it. Whether this account's data may be used at all is the decision's to say.
 */
export async function contactedInstead(
  parts: {
    readonly facts: FactsReader
    readonly registry: Pick<ConsentRegistry, 'current'>
    readonly clock: Clock
  },
  { subjectId, facts }: { readonly subjectId: SubjectId; readonly facts: Facts },
  question: {
    readonly controller: string
    readonly brand: string
    readonly purpose: string
    readonly contactChannel: ContactChannel
    readonly campaignCategory?: string | undefined
  },
): Promise<OtherAccount | undefined> {
  const { purpose, contactChannel } = question
  if (facts.linked === undefined || !reachesThePerson(contactChannel)) return undefined
  const registry = parts.registry.current()
  const now = parts.clock.now().getTime()
  const older = facts.linked.map(({ id }) => id as SubjectId).filter((id) => id < subjectId)
  for (const one of older.sort()) {
    const known = await parts.facts.find(one)
    if (known === undefined) continue
    const key = keyFor(question, purpose, contactChannel, known.facts)
    const { campaignCategory } = question
    const permit = (registry.active.get(purpose)?.attributes ?? [])
      .map((attribute) =>
        decide({ ...key, system: houseSystem, attribute, campaignCategory }, known.facts, registry, now),
      )
      .find(({ decision }) => decision === 'PERMIT')
    if (permit !== undefined) return { subjectId: one, validUntil: permit.validUntil }
  }
  return undefined
}
