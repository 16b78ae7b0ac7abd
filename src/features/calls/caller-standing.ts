import { type KnownSubject, type PublishedRegistry, whoseWord } from '../consent/index.ts'
import type { BlockedAction, CallerStanding } from './call-views.ts'

/** What of a person's state an agent must know before anything else (GDPR Art. 18, Art. 8; R55). Pure. */
export function callerStanding(
  state: string | undefined,
  known: KnownSubject | undefined,
  house: { readonly controller: string; readonly brand: string },
  registry: PublishedRegistry,
  now: Date,
): CallerStanding {
  const at = now.getTime()
  return {
    locked: state !== 'active',
    restricted:
      known?.facts.subject.restrictions.some(
        ({ since, liftedAt }) => since <= at && (liftedAt === undefined || liftedAt > at),
      ) ?? false,
    minor: known !== undefined && !whoseWord(house, known.facts, registry, at).alone,
  }
}

/**
 * What must not be done for them on the telephone. Of a locked account nothing at all. Of restricted data nothing is shown
 * and nothing is asked for; verifying and taking a request or a no goes on. A child's yes is nobody's on the telephone.
 */
export function blockedFor({ locked, restricted, minor }: CallerStanding): readonly BlockedAction[] {
  if (locked) return ['checks', 'fields', 'choices', 'requests']
  return [
    ...(restricted ? (['fields'] as const) : []),
    ...(restricted || minor ? (['choices'] as const) : []),
  ]
}
