import type { ContactChannel } from '../../kernel/evidence.ts'
import type { Facts } from './facts.ts'

/** A verified identifier, as far as it can be written to. */
export interface ReachableIdentifier {
  readonly id: string
  readonly kind: 'email' | 'phone' | 'loyalty_card' | 'federated'
  readonly verified: boolean
  readonly at: number
}

/** The one table of what reaches whom: whoever asks by kind or by channel asks here. */
const reachedBy: Readonly<Record<'email' | 'phone', readonly ContactChannel[]>> = {
  email: ['email'],
  phone: ['sms', 'messaging', 'phone_human', 'phone_auto'],
}

const kinds = ['email', 'phone'] as const

/**
 * The kind of identifier that a contact channel reaches; undefined for post and the rest, which are reached by nothing that
 * identifies the person.
 */
export const identifierKindOf = (contactChannel: ContactChannel): 'email' | 'phone' | undefined =>
  kinds.find((kind) => reachedBy[kind].includes(contactChannel))

export const hasContactPoints = (contactChannel: ContactChannel): boolean =>
  identifierKindOf(contactChannel) !== undefined

/**
 * The contact point in use on each contact channel: the newest verified one, else the newest. Push, post and the rest
 * have no identifier of their own, and are asked about without one.
 */
export function contactPointsOf(
  identifiers: readonly ReachableIdentifier[],
): NonNullable<Facts['contactPoints']> {
  const points: Partial<Record<ContactChannel, string>> = {}
  const ordered = [...identifiers].sort((a, b) => Number(a.verified) - Number(b.verified) || a.at - b.at)
  for (const { id, kind } of ordered) {
    if (kind !== 'email' && kind !== 'phone') continue
    for (const contactChannel of reachedBy[kind]) points[contactChannel] = id
  }
  return points
}
