import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { Proofs, Work } from '../../../kernel/work.ts'
import { everyKey } from '../affected-keys.ts'
import { Matter } from '../decision/matter.ts'
import type { Facts } from '../facts.ts'
import { decideKey, houseSystem, type KeyDecision } from '../key-decision.ts'
import { isNo, type MergeSide } from '../merge.ts'
import type { PermissionKey } from '../permission-key.ts'
import type { PublishedRegistry } from '../published.ts'
import type { MergingParts, MergingStores } from './merge-subjects.ts'
import type { AccountNow } from './person-store.ts'
import type { RedecidingParts } from './redeciding-work.ts'
import { sideOfKey } from './side-of-key.ts'

interface Question {
  readonly brand: string
  readonly purpose: string
  readonly contactChannel: ContactChannel
}

/** A question that one account answered with a yes and another with a no. */
export interface MergeConflict extends Question {
  readonly said: readonly {
    readonly subjectId: SubjectId
    readonly state: MergeSide['state']
    readonly at: Date | undefined
  }[]
}

/** What may be done with an account at the contact point it uses. */
export interface PermissionThen extends Question {
  readonly subjectId: SubjectId
  readonly before: KeyDecision['decision']
  readonly after: KeyDecision['decision']
  readonly reason: KeyDecision['reason']
}

export interface MergePreview<Outcome> {
  readonly outcome: Outcome
  readonly conflicts: readonly MergeConflict[]
  /** Every question of which the answer is or was a yes, account by account. */
  readonly permissions: readonly PermissionThen[]
}

type Accounts = ReadonlyMap<SubjectId, AccountNow>
type Tx = MergingStores & Proofs

/** Takes back everything the unit wrote. */
class OnlyRehearsed extends Error {}

/**
 * What a merge or the end of one would come to: the very units are run, within one that looks at what they did and is rolled
 * back. So the answer can be no other than the one the command gives without rehearsal, refusals included, and nothing is
 * kept.
 */
export async function previewMerge<Outcome>(
  parts: MergingParts & Pick<RedecidingParts, 'registry' | 'opening'>,
  subjects: readonly SubjectId[],
  run: (rehearsing: MergingParts) => Promise<Outcome>,
): Promise<MergePreview<Outcome>> {
  const registry = parts.registry.current()
  const now = parts.clock.now()
  let seen: MergePreview<Outcome> | undefined
  const rehearsal = async (tx: Tx): Promise<void> => {
    const clusters = await tx.links.clustersOf(subjects)
    const members = [...new Set(clusters.flatMap((cluster) => cluster.members))].sort()
    const before = await tx.persons.read(members, parts.opening)
    const work: Work<MergingStores> = (act) => act(tx)
    const outcome = await run({ ...parts, work })
    const after = await tx.persons.read(members, parts.opening)
    seen = {
      outcome,
      conflicts: conflictsOf(after, registry, now),
      permissions: permissionsThen(before, after, registry, now),
    }
    throw new OnlyRehearsed()
  }
  try {
    await parts.work(rehearsal)
  } catch (error) {
    if (!(error instanceof OnlyRehearsed)) throw error
  }
  if (seen === undefined) throw new Error('A rehearsal comes to an end.')
  return seen
}

const questionOf = ({ brand, purpose, contactChannel }: PermissionKey): Question => ({
  brand,
  purpose,
  contactChannel,
})

/** The questions of an account at the contact points it uses now. */
const questionsOf = (registry: PublishedRegistry, facts: Facts): readonly PermissionKey[] =>
  everyKey(registry, { contactPoints: facts.contactPoints, events: [] })

function permissionsThen(
  before: Accounts,
  after: Accounts,
  registry: PublishedRegistry,
  now: Date,
): readonly PermissionThen[] {
  return [...after].flatMap(([subjectId, { known }]) =>
    questionsOf(registry, known.facts).flatMap((key): PermissionThen[] => {
      const was = before.get(subjectId)?.known.facts
      const first = was === undefined ? undefined : decideKey(key, was, registry, now.getTime()).decision
      const then = decideKey(key, known.facts, registry, now.getTime())
      if (first !== 'PERMIT' && then.decision !== 'PERMIT') return []
      return [
        {
          subjectId,
          ...questionOf(key),
          before: first ?? 'DENY',
          after: then.decision,
          reason: then.reason,
        },
      ]
    }),
  )
}

function conflictsOf(accounts: Accounts, registry: PublishedRegistry, now: Date): readonly MergeConflict[] {
  const sides = [...accounts].flatMap(([subjectId, { known }]) => {
    // What this account said by itself, whoever else the person is.
    const own = { ...known.facts, linked: undefined }
    return questionsOf(registry, own).map((key) => {
      const { purpose, pack, watch } = new Matter(
        { ...key, system: houseSystem, attribute: '' },
        own,
        registry,
        now.getTime(),
      )
      const { side } = sideOfKey(subjectId, own, key, own.subject, { purpose, pack, watch })
      return { subjectId, question: questionOf(key), side }
    })
  })
  const byQuestion = Map.groupBy(sides, ({ question }) => JSON.stringify(question))
  return [...byQuestion.values()].flatMap((asked): MergeConflict[] => {
    const [first] = asked
    const spoken = asked.filter(({ side }) => side.state === 'GIVEN' || isNo(side))
    const met = spoken.some(({ side }) => side.state === 'GIVEN') && spoken.some(({ side }) => isNo(side))
    if (first === undefined || !met) return []
    return [
      {
        ...first.question,
        said: spoken.map(({ subjectId, side }) => ({
          subjectId,
          state: side.state,
          at: side.at === null ? undefined : new Date(side.at),
        })),
      },
    ]
  })
}
