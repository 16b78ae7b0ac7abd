import { refused } from '../../kernel/errors.ts'
import { appendAct, type LedgerParts, type Recorded } from './append-act.ts'
import { isYes, type ObjectToPurpose, reachesAsFar, reopens } from './object-to-purpose.ts'
import { allMarketing } from './statements.ts'

/**
 * Records an objection to every kind of advertising of the controller, for all its brands and, unless one is named, on every
 * contact channel (GDPR Art. 21(2)). It counts at once, nothing overrides it (21(3)), and a later yes reopens only what it names. The receipt
 * tells of the exclusion systems (LOPDGDD art. 23.3).
 */
export async function objectToMarketing(
  parts: LedgerParts,
  command: Omit<ObjectToPurpose, 'purpose' | 'brand'>,
): Promise<Recorded | { readonly outcome: 'unchanged' }> {
  const { actor, controller, subjectId, contactChannel } = command
  const own = actor.kind === 'subject' && actor.subjectId === subjectId
  if (actor.kind === 'anonymous' || (actor.kind === 'subject' && !own)) {
    throw refused('objection_not_own', 'One person cannot object for another.')
  }
  return appendAct<{ readonly outcome: 'unchanged' }>(
    parts,
    {
      ...command,
      content: {
        controller,
        objectTo: allMarketing,
        ...(contactChannel === undefined ? {} : { contactChannel }),
      },
    },
    ({ facts }) => {
      const before = facts.events
        .filter((event) => event.type === 'objected' && event.purpose === allMarketing)
        .filter((event) => event.controller === controller && reachesAsFar(event, contactChannel))
        .reduce((latest, { occurredAt }) => Math.max(latest, occurredAt), Number.NEGATIVE_INFINITY)
      const since = facts.events.some(
        (event) => isYes(event) && event.occurredAt >= before && reopens(event, contactChannel),
      )
      if (Number.isFinite(before) && !since && command.actedAt === undefined)
        return { instead: { outcome: 'unchanged' } }
      return {
        events: [
          {
            type: 'objected',
            controller,
            brand: '*',
            purpose: allMarketing,
            contactChannel: contactChannel ?? '*',
            by: actor.kind === 'subject' ? 'subject' : actor.kind === 'guardian' ? 'guardian' : 'agent',
            article: '21(2)',
          },
        ],
      }
    },
  )
}
