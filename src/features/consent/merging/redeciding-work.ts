import type { Clock } from '../../../kernel/clock.ts'
import type { Entropy } from '../../../kernel/ids.ts'
import type { Proofs, Work } from '../../../kernel/work.ts'
import type { ConsentRegistry } from '../cached-registry.ts'
import { permissionsChanged } from '../events.ts'
import type { PermissionStores } from '../permissions/permission-store.ts'
import { changedOf, decideAll } from '../permissions/redecide-permissions.ts'
import type { FactsParts } from '../pg-facts.ts'
import { type PersonStores, subjectsMerged, subjectsUnmerged } from './person-store.ts'

export interface RedecidingParts {
  readonly clock: Clock
  readonly entropy: Entropy
  readonly registry: Pick<ConsentRegistry, 'current'>
  /** With what sealed facts are opened. */
  readonly opening: FactsParts
}

const linkChanges: ReadonlySet<string> = new Set([subjectsMerged, subjectsUnmerged])

const system = { kind: 'system', name: 'redecide-outdated' } as const

/**
 * A unit of work that ends with all of a person's accounts decided. Whatever its stores wrote (an answer, an objection, a
 * complaint, a date of birth, a link), the kept permissions it outdated are decided on what stands in the transaction and
 * rewritten in it, so that no list is ever read by what one account said and another did not yet hear. A use case decides
 * the account it is about by itself, so whoever has no linked account costs what they cost.
 */
export const redecidingWork =
  <Stores extends PersonStores & PermissionStores>(
    work: Work<Stores>,
    parts: RedecidingParts,
  ): Work<Stores> =>
  (act) =>
    work(async (tx) => {
      const result = await act(tx)
      await redecideOutdated(parts, tx)
      return result
    })

async function redecideOutdated(
  { clock, entropy, registry, opening }: RedecidingParts,
  { persons, permissions, audit, outbox }: PersonStores & PermissionStores & Proofs,
): Promise<void> {
  const outdated = persons.takeOutdated()
  if (outdated.length === 0) return
  // Later than anything the unit asserted, or a list would take the fact for newer than the answer that knows it.
  const at = clock.now()
  const accounts = await persons.read(
    outdated.map(({ subjectId }) => subjectId),
    opening,
  )
  for (const { subjectId, because } of outdated) {
    const account = accounts.get(subjectId)
    if (account === undefined) continue
    const { known, before } = account
    const person = decideAll(subjectId, known, before, registry.current(), at)
    if (!(await permissions.rewrite(subjectId, known.epoch, person.permissions, at)))
      throw new Error('An account that is held cannot move on.')
    const changed = changedOf(person)
    // Which of their accounts a person is contacted by follows from the links, though no answer of its own may change.
    const news = linkChanges.has(because)
      ? person.permissions.filter((one) => one.decision === 'PERMIT' || changed.includes(one))
      : changed
    if (news.length === 0) continue
    const { epoch } = known
    await audit.record({
      action: 'consent.account-redecided',
      actor: system,
      at,
      subjectId,
      facts: { because, epoch, changed: changed.length },
    })
    await outbox.add(
      permissionsChanged(entropy.id<'event'>(), { subjectId, at, epoch, because, permissions: news }),
    )
  }
}
