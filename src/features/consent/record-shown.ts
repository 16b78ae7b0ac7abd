import type { Actor } from '../../kernel/actor.ts'
import { invalid } from '../../kernel/errors.ts'
import type { ContactChannel, Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { appendAct, type LedgerParts, type Recorded } from './append-act.ts'
import type { ConsentEvent } from './consent-event.ts'
import { type NoticeReference, sameNotice } from './notice.ts'
import { type PermissionKey, touches } from './permission-key.ts'
import { pinnedNotice } from './published.ts'
import { keyFor } from './standing-choice.ts'

/** One wording that was before the person, and what it was about. */
export interface ShownNotice {
  readonly purpose: string
  readonly contactChannel: ContactChannel
  readonly notice: NoticeReference
}

export interface RecordShown {
  readonly subjectId: SubjectId
  readonly actor: Actor
  readonly evidence: Evidence
  readonly idempotencyKey: string
  readonly controller: string
  readonly brand: string
  /** `requested`: a question that was left without an answer. `notice_shown`: told, and nothing asked (GDPR Art. 13, 14). */
  readonly as: 'requested' | 'notice_shown'
  readonly shown: readonly ShownNotice[]
  readonly shownAt: Date
}

/** Shown again within a day it is one showing. */
const once = 86_400_000

const sameShowing = (event: ConsentEvent, { as, shownAt }: RecordShown, notice: NoticeReference): boolean =>
  event.type === as &&
  event.notice !== undefined &&
  sameNotice(event.notice, notice) &&
  Math.abs(shownAt.getTime() - event.occurredAt) < once

/** An answer tells by itself that the question was asked, and on which words. */
const answeredSince = (events: readonly ConsentEvent[], key: PermissionKey, shownAt: number): boolean =>
  events.some((event) => event.occurredAt >= shownAt && touches(event, key))

/**
 * Notes what a person was told or asked, so that it can be shown later that they were: negative evidence (consent-law 4.1).
 * It permits nothing and forbids nothing. A wording that was never published is refused; what is known already is not said
 * twice.
 */
export const recordShown = (
  parts: LedgerParts,
  command: RecordShown,
): Promise<Recorded | { readonly outcome: 'unchanged' }> => {
  const { controller, brand, as, shown, shownAt } = command
  return appendAct<{ readonly outcome: 'unchanged' }>(
    parts,
    {
      ...command,
      actedAt: shownAt,
      content: { controller, brand, as, shown, shownAt: shownAt.toISOString() },
    },
    ({ facts }, registry) => {
      const events = shown.flatMap(({ purpose, contactChannel, notice }) => {
        const published = pinnedNotice(registry, notice)
        if (published?.purpose !== purpose || published.surface === 'imported')
          throw invalid('notice_unknown', `${purpose} was never told in these words`)
        const key = keyFor(command, purpose, contactChannel, facts)
        const known = facts.events.some((event) => touches(event, key) && sameShowing(event, command, notice))
        if (known || (as === 'requested' && answeredSince(facts.events, key, shownAt.getTime()))) return []
        return [
          {
            ...key,
            type: as,
            by: 'controller' as const,
            purposeVersion: published.purposeVersion,
            notice,
            attributes: registry.active.get(purpose)?.attributes ?? [],
            sources: registry.active.get(purpose)?.sources,
          },
        ]
      })
      return events.length === 0 ? { instead: { outcome: 'unchanged' } } : { events }
    },
  )
}
