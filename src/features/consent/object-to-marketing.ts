import { refused } from '../../kernel/errors.ts'
import { appendAct, type LedgerParts, type Recorded } from './append-act.ts'
import type { ObjectToPurpose } from './object-to-purpose.ts'
import { allMarketing } from './statements.ts'

/**
 * Records an objection to every kind of advertising of the controller, on every contact channel and for all its brands
 * (GDPR Art. 21(2)). It counts at once, nothing overrides it (21(3)), and a later yes reopens only what it names. The receipt
 * tells of the exclusion systems (LOPDGDD art. 23.3).
 */
export async function objectToMarketing(
  parts: LedgerParts,
  command: Omit<ObjectToPurpose, 'purpose' | 'brand'>,
): Promise<Recorded | { readonly outcome: 'unchanged' }> {
  const { actor, controller, subjectId } = command
  const own = actor.kind === 'subject' && actor.subjectId === subjectId
  if (actor.kind === 'anonymous' || (actor.kind === 'subject' && !own)) {
    throw refused('objection_not_own', 'One person cannot object for another.')
  }
  return appendAct<{ readonly outcome: 'unchanged' }>(
    parts,
    { ...command, content: { controller, objectTo: allMarketing } },
    ({ facts }) => {
      const before = facts.events
        .filter(({ type, purpose }) => type === 'objected' && purpose === allMarketing)
        .reduce((latest, { occurredAt }) => Math.max(latest, occurredAt), Number.NEGATIVE_INFINITY)
      const since = facts.events.some(
        ({ type, occurredAt }) => (type === 'given' || type === 'confirmed') && occurredAt >= before,
      )
      if (Number.isFinite(before) && !since) return { instead: { outcome: 'unchanged' } }
      return {
        events: [
          {
            type: 'objected',
            controller,
            brand: '*',
            purpose: allMarketing,
            contactChannel: '*',
            by: actor.kind === 'subject' ? 'subject' : actor.kind === 'guardian' ? 'guardian' : 'agent',
            article: '21(2)',
          },
        ],
      }
    },
  )
}
