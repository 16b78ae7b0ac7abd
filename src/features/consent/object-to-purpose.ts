import type { Actor } from '../../kernel/actor.ts'
import { notFound, refused } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { appendAct, type LedgerParts, type Recorded } from './append-act.ts'
import type { ConsentEvent } from './consent-event.ts'
import { standingObjection } from './objection.ts'
import { purposeMatches } from './permission-key.ts'
import { noticeFor, referenceTo } from './published.ts'
import { keyFor } from './standing-choice.ts'
import { Watch } from './valid-until.ts'

export interface ObjectToPurpose {
  readonly subjectId: SubjectId
  readonly actor: Actor
  readonly evidence: Evidence
  readonly idempotencyKey: string
  readonly controller: string
  readonly brand: string
  readonly purpose: string
}

/**
 * Records an objection of the person (GDPR Art. 21) to a purpose, on every contact channel. It counts from this moment;
 * for advertising nothing can override it (21(3)).
 */
export async function objectToPurpose(
  parts: LedgerParts,
  command: ObjectToPurpose,
): Promise<Recorded | { readonly outcome: 'unchanged' }> {
  const { actor, controller, brand, purpose } = command
  if (actor.kind === 'subject' && actor.subjectId !== command.subjectId) {
    throw refused('objection_not_own', 'One person cannot object for another.')
  }
  if (actor.kind === 'anonymous') throw refused('objection_not_own', 'Sign in to object.')
  return appendAct<{ readonly outcome: 'unchanged' }>(
    parts,
    { ...command, content: { controller, brand, objectTo: purpose } },
    (known, registry, now) => {
      const described = registry.purposes.get(purpose)
      const version = registry.active.get(purpose)
      const notice = noticeFor(registry, purpose, command.evidence.language)
      if (described === undefined || version === undefined || notice === undefined) {
        throw notFound('purpose-unknown', 'There is no such purpose.')
      }
      const channel = version.contactChannels[0] ?? 'none'
      const key = keyFor({ controller, brand }, purpose, channel, known.facts)
      const standing = standingObjection(known.facts.events, key, described, new Watch(now))
      if (standing !== undefined && !saidYesSince(standing, purpose, known.facts.events)) {
        return { instead: { outcome: 'unchanged' } }
      }
      return {
        events: [
          {
            type: 'objected',
            controller,
            brand,
            purpose,
            contactChannel: '*',
            by: actor.kind === 'subject' ? 'subject' : actor.kind === 'guardian' ? 'guardian' : 'agent',
            purposeVersion: version.version,
            notice: referenceTo(notice),
            attributes: version.attributes,
            article: described.class === 'marketing' ? '21(2)' : '21(1)',
          },
        ],
      }
    },
  )
}

/** A yes after an objection reopened what it closed, so objecting again is news. */
const saidYesSince = (objection: ConsentEvent, purpose: string, events: readonly ConsentEvent[]): boolean =>
  events.some(
    (event) =>
      (event.type === 'given' || event.type === 'confirmed') &&
      event.occurredAt >= objection.occurredAt &&
      purposeMatches(event.purpose, purpose),
  )
