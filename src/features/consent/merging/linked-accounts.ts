import type { SubjectId } from '../../../kernel/ids.ts'
import { clustersFrom, componentsOf, type SamePerson } from '../../identity/index.ts'
import type { Facts } from '../facts.ts'
import type { KnownSubject } from '../facts-reader.ts'
import type { LinkedProfile } from './linked-profile.ts'

/** One account, read by itself, with the attributes of which it holds a value. */
export interface ReadAccount {
  readonly known: KnownSubject
  readonly held: readonly string[]
}

export type AccountLink = Pick<SamePerson, 'subjects' | 'assurance' | 'shared'>

/**
 * The other accounts of the person as one of them sees them over these links: how surely each is the same person's (the
 * surest way over links counts, and a way is as sure as its least sure link), and which contact points both know.
 */
function linkedProfilesOf(
  own: SubjectId,
  accounts: ReadonlyMap<SubjectId, ReadAccount>,
  links: readonly AccountLink[],
): readonly LinkedProfile[] {
  const together = (some: readonly AccountLink[]): readonly SubjectId[] =>
    clustersFrom(
      accounts.keys(),
      some.map(({ subjects }) => subjects),
    ).find(({ members }) => members.includes(own))?.members ?? []
  const proven = new Set(together(links.filter(({ assurance }) => assurance === 'L2')))
  const points = pointsKnownTo(links)
  return together(links).flatMap((id): LinkedProfile[] => {
    const account = accounts.get(id)
    if (id === own || account === undefined) return []
    const shared = new Map(
      points.flatMap((known) => {
        const [mine, theirs] = [known.get(own), known.get(id)]
        return mine === undefined || theirs === undefined ? [] : [[mine, theirs] as const]
      }),
    )
    const { known, held } = account
    return [{ id, facts: known.facts, assurance: proven.has(id) ? 'L2' : 'L1', shared, held }]
  })
}

/** Each contact point that several accounts know, by account under which id. */
function pointsKnownTo(links: readonly AccountLink[]): readonly ReadonlyMap<SubjectId, string>[] {
  const owner = new Map<string, SubjectId>()
  const same: (readonly [string, string])[] = []
  for (const { subjects, shared } of links) {
    if (shared === undefined) continue
    owner.set(shared.contactPoint, subjects[0]).set(shared.otherContactPoint, subjects[1])
    same.push([shared.contactPoint, shared.otherContactPoint])
  }
  return componentsOf(owner.keys(), same).map(
    (points) =>
      new Map(
        points.flatMap((point) => {
          const account = owner.get(point)
          return account === undefined ? [] : [[account, point] as const]
        }),
      ),
  )
}

/** An account's facts with the person's other accounts beside them, as the decision reads it. */
export function factsWithLinked(
  own: SubjectId,
  account: ReadAccount,
  accounts: ReadonlyMap<SubjectId, ReadAccount>,
  links: readonly AccountLink[],
): Facts {
  const linked = linkedProfilesOf(own, accounts, links)
  return { ...account.known.facts, held: account.held, linked: linked.length === 0 ? undefined : linked }
}
