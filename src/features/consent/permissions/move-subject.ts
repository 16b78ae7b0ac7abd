import type { Actor } from '../../../kernel/actor.ts'
import { invalid, notFound, unavailable } from '../../../kernel/errors.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import { permissionsChanged } from '../events.ts'
import { changedOf, decideAll, type RedecideParts } from './redecide-permissions.ts'

const attempts = 5
const shape = /^[A-Z]{2}$/

class MovedOn extends Error {}

export type MoveParts = Omit<RedecideParts, 'registry'> & {
  readonly registry: Pick<RedecideParts['registry'], 'current'>
}

/**
 * Notes that a person lives in another country, by whose law everything is judged from now on: old consents too. Their
 * permissions are decided again in the same transaction, so that no answer by the former law outlives it.
 */
export async function moveSubject(
  parts: MoveParts,
  command: {
    readonly subjectId: SubjectId
    readonly actor: Actor
    /** Two letters of ISO 3166-1. */
    readonly jurisdiction: string
    readonly evidence?: Evidence
    /** Where somebody else said it for the person. */
    readonly reason?: string
  },
): Promise<{ readonly outcome: 'moved' | 'unchanged' }> {
  const { subjectId, actor, jurisdiction, evidence, reason } = command
  if (!shape.test(jurisdiction)) throw invalid('jurisdiction-unknown', 'Name the country by its two letters.')
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const [known, before] = await Promise.all([parts.facts.find(subjectId), parts.reads.keysOf(subjectId)])
    if (known === undefined) throw notFound('subject-unknown', 'There is no such person.')
    if (known.facts.subject.jurisdiction === jurisdiction) return { outcome: 'unchanged' }
    const at = parts.clock.now()
    const subject = { ...known.facts.subject, jurisdiction }
    const there = { ...known, facts: { ...known.facts, subject } }
    const person = decideAll(subjectId, there, before, parts.registry.current(), at)
    try {
      await parts.work(async ({ permissions, audit, outbox }) => {
        const epoch = known.epoch + 1
        const moved =
          (await permissions.move(subjectId, known.epoch, jurisdiction, at)) &&
          (await permissions.rewrite(subjectId, epoch, person.permissions, at))
        if (!moved) throw new MovedOn()
        await audit.record({
          action: 'consent.subject-moved',
          actor,
          at,
          subjectId,
          ...(evidence === undefined ? {} : { evidence }),
          ...(reason === undefined ? {} : { reason }),
          facts: { epoch, jurisdiction },
        })
        const changed = changedOf(person)
        await outbox.add(
          permissionsChanged(parts.entropy.id<'event'>(), {
            subjectId,
            at,
            epoch,
            because: 'consent.subject-moved',
            permissions: changed,
          }),
        )
      })
      return { outcome: 'moved' }
    } catch (error) {
      if (!(error instanceof MovedOn)) throw error
    }
  }
  throw unavailable('ledger-busy', 'Somebody else is recording for this person. Try again.', 1)
}
