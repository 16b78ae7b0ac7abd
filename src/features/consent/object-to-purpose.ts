import type { Actor } from '../../kernel/actor.ts'
import { notFound, refused } from '../../kernel/errors.ts'
import type { ContactChannel, Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { appendAct, type LedgerParts, type Recorded } from './append-act.ts'
import type { ConsentEvent } from './consent-event.ts'
import { standingObjection } from './objection.ts'
import { type PermissionKey, purposeMatches } from './permission-key.ts'
import { noticeFor, type PurposeVersion, referenceTo } from './published.ts'
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
  /** Left out, on every contact channel, those included that the purpose has yet to be given. */
  readonly contactChannel?: ContactChannel
  /** What else proves the act; kept sealed beside the evidence. */
  readonly particulars?: Readonly<Record<string, string>>
  /** Where it is told later than it was: when it counts. What is told late repeats nothing. */
  readonly actedAt?: Date
}

/**
 * Records an objection of the person (GDPR Art. 21) to a purpose. It counts from this moment; for advertising nothing can
 * override it (21(3)). It pins the wording in force where there is one, and needs none: a no is a no whatever was read.
 */
export async function objectToPurpose(
  parts: LedgerParts,
  command: ObjectToPurpose,
): Promise<Recorded | { readonly outcome: 'unchanged' }> {
  const { actor, controller, brand, purpose, contactChannel } = command
  if (actor.kind === 'subject' && actor.subjectId !== command.subjectId) {
    throw refused('objection_not_own', 'One person cannot object for another.')
  }
  if (actor.kind === 'anonymous') throw refused('objection_not_own', 'Sign in to object.')
  return appendAct<{ readonly outcome: 'unchanged' }>(
    parts,
    {
      ...command,
      content: {
        controller,
        brand,
        objectTo: purpose,
        ...(contactChannel === undefined ? {} : { contactChannel }),
      },
    },
    (known, registry, now) => {
      const described = registry.purposes.get(purpose)
      const version = registry.active.get(purpose)
      const notice = noticeFor(registry, purpose, command.evidence.language)
      if (described === undefined || version === undefined) {
        throw notFound('purpose-unknown', 'There is no such purpose.')
      }
      const stands = reachedBy(version, contactChannel).every((channel) => {
        const key = keyFor({ controller, brand }, purpose, channel, known.facts)
        const objection = standingObjection(known.facts.events, key, described, new Watch(now))
        return (
          objection !== undefined &&
          reachesAsFar(objection, contactChannel) &&
          !saidYesSince(objection, key, known.facts.events)
        )
      })
      if (stands && command.actedAt === undefined) return { instead: { outcome: 'unchanged' } }
      return {
        events: [
          {
            type: 'objected',
            controller,
            brand,
            purpose,
            contactChannel: contactChannel ?? '*',
            by: actor.kind === 'subject' ? 'subject' : actor.kind === 'guardian' ? 'guardian' : 'agent',
            purposeVersion: version.version,
            notice: notice === undefined ? undefined : referenceTo(notice),
            attributes: version.attributes,
            article: described.class === 'marketing' ? '21(2)' : '21(1)',
          },
        ],
      }
    },
  )
}

/** The contact channels an objection is about: the one named, else all of the purpose. */
export const reachedBy = (
  { contactChannels }: Pick<PurposeVersion, 'contactChannels'>,
  named: ContactChannel | undefined,
): readonly ContactChannel[] => {
  if (named !== undefined) return [named]
  return contactChannels.length === 0 ? ['none'] : contactChannels
}

/** One on every contact channel reaches what is to come as well, so one on each of today's does not reach as far. */
export const reachesAsFar = (objection: ConsentEvent, named: ContactChannel | undefined): boolean =>
  objection.contactChannel === '*' || objection.contactChannel === named

export const isYes = ({ type }: ConsentEvent): boolean => type === 'given' || type === 'confirmed'

/** Whether a yes is about a contact channel of the objection, and so may have reopened what it closed. */
export const reopens = (yes: ConsentEvent, named: ContactChannel | undefined): boolean =>
  named === undefined || yes.contactChannel === '*' || yes.contactChannel === named

/** A yes after an objection reopened what it closed, so objecting again is news. */
const saidYesSince = (
  objection: ConsentEvent,
  { purpose, contactChannel }: PermissionKey,
  events: readonly ConsentEvent[],
): boolean =>
  events.some(
    (event) =>
      isYes(event) &&
      event.occurredAt >= objection.occurredAt &&
      reopens(event, contactChannel) &&
      purposeMatches(event.purpose, purpose),
  )
