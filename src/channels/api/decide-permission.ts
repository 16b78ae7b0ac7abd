import {
  type Decision,
  decide,
  type Facts,
  type OptOut,
  type PublishedRegistry,
  type PurposeVersion,
} from '../../features/consent/index.ts'
import type { ContactChannel } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { ApiDeps } from './api-deps.ts'
import type { Asking } from './asking.ts'
import { optOutWith } from './opt-out.ts'
import { isoOrNull } from './shapes.ts'

export interface JudgedPerson {
  readonly subjectId: SubjectId
  readonly facts: Facts
}

/** What a system may do with a purpose on a contact channel, over all attributes of the purpose: asked of the one decision. */
export function decidePermission(
  deps: Pick<ApiDeps, 'clock' | 'optOut'>,
  asking: Asking,
  version: PurposeVersion,
  contactChannel: ContactChannel,
  person: JudgedPerson,
  registry: PublishedRegistry,
  campaignCategory?: string,
) {
  const { system, controller, brand } = asking
  const { purpose } = version
  const now = deps.clock.now().getTime()
  const answers = version.attributes.map((attribute) => ({
    attribute,
    answer: decide(
      { system, purpose, contactChannel, attribute, controller, brand, campaignCategory },
      person.facts,
      registry,
      now,
    ),
  }))
  const permitted = answers.filter(({ answer }) => answer.decision === 'PERMIT')
  const telling: Decision | undefined = (permitted[0] ?? answers[0])?.answer
  const ends = answers.flatMap(({ answer }) => (answer.validUntil === null ? [] : [answer.validUntil]))
  const decision = permitted.length > 0 ? ('PERMIT' as const) : ('DENY' as const)
  const wayOut: { readonly opt_out?: OptOut } = optOutWith(
    deps,
    asking,
    person,
    { purpose, contactChannel },
    decision,
    registry,
  )
  return {
    purpose,
    contact_channel: contactChannel,
    decision,
    reason: telling?.reason ?? 'ATTRIBUTE_NOT_IN_PURPOSE',
    basis: telling?.basis ?? null,
    attributes: permitted.map(({ attribute }) => attribute),
    valid_until: isoOrNull(ends.length === 0 ? null : Math.min(...ends)),
    ...wayOut,
  }
}
