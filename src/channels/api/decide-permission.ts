import {
  type Decision,
  decide,
  type Facts,
  type PublishedRegistry,
  type PurposeVersion,
} from '../../features/consent/index.ts'
import type { ContactChannel } from '../../kernel/evidence.ts'
import type { Asking } from './asking.ts'
import { isoOrNull } from './shapes.ts'

/** What a system may do with a purpose on a contact channel, over all attributes of the purpose: asked of the one decision. */
export function decidePermission(
  asking: Asking,
  version: PurposeVersion,
  contactChannel: ContactChannel,
  facts: Facts,
  registry: PublishedRegistry,
  now: number,
) {
  const { system, controller, brand } = asking
  const answers = version.attributes.map((attribute) => ({
    attribute,
    answer: decide(
      { system, purpose: version.purpose, contactChannel, attribute, controller, brand },
      facts,
      registry,
      now,
    ),
  }))
  const permitted = answers.filter(({ answer }) => answer.decision === 'PERMIT')
  const telling: Decision | undefined = (permitted[0] ?? answers[0])?.answer
  const ends = answers.flatMap(({ answer }) => (answer.validUntil === null ? [] : [answer.validUntil]))
  return {
    purpose: version.purpose,
    contact_channel: contactChannel,
    decision: permitted.length > 0 ? ('PERMIT' as const) : ('DENY' as const),
    reason: telling?.reason ?? 'ATTRIBUTE_NOT_IN_PURPOSE',
    basis: telling?.basis ?? null,
    attributes: permitted.map(({ attribute }) => attribute),
    valid_until: isoOrNull(ends.length === 0 ? null : Math.min(...ends)),
  }
}
