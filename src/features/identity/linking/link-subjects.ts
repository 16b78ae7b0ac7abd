import type { Actor } from '../../../kernel/actor.ts'
import type { Clock } from '../../../kernel/clock.ts'
import { invalid, notFound } from '../../../kernel/errors.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../../../kernel/ids.ts'
import type { Proofs, Work } from '../../../kernel/work.ts'
import { type Cluster, clustersFrom, sameCluster } from './cluster.ts'
import { holdClusters, untilHeld } from './hold-clusters.ts'
import {
  checkMayLink,
  type LinkAssurance,
  type LinkId,
  pairOf,
  type SamePerson,
  type SharedContactPoint,
} from './link.ts'
import { alarming, type LinkRefusal, linkingPolicy, linkRefusal } from './link-refusal.ts'
import type { LinkingStores } from './linking-stores.ts'
import { raiseAlarm } from './raise-alarm.ts'
import { type ClusterChange, changedMembers, recordChange } from './record-change.ts'

export interface LinkingParts<Stores> {
  readonly work: Work<Stores>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly policy?: typeof linkingPolicy
}

export interface LinkSubjects {
  readonly subjects: readonly [SubjectId, SubjectId]
  /** Of likeness alone (L0) nothing follows; it is refused here so that no rule need know. */
  readonly assurance: LinkAssurance | 'L0'
  readonly rule: string
  /** In percent. */
  readonly confidence: number
  readonly proof: Readonly<Record<string, string>>
  /** In the order of `subjects`. */
  readonly shared?: SharedContactPoint
  /** Where an officer decided it and somebody else carries it out: who, as `actorRef` names them, and why. */
  readonly decidedBy?: string
  readonly reason?: string
  readonly actor: Actor
  readonly evidence: Evidence
}

export type LinkOutcome =
  | {
      /** `standing` when the same rule had linked the two as surely before: nothing was added. */
      readonly outcome: 'linked' | 'standing'
      readonly linkId: LinkId
      readonly cluster: Cluster
    }
  | { readonly outcome: 'refused'; readonly reason: LinkRefusal }

/** Leaves the unit without a trace: there is nothing new to keep. */
class Standing extends Error {
  readonly found: LinkOutcome
  constructor(found: LinkOutcome) {
    super('nothing new')
    this.found = found
  }
}

/**
 * Says that two accounts are one person's. Link, cluster, proof, message and whatever `within` adds (what may be done with
 * the person's data follows from the cluster) are one unit. What would make one of two people, or a crowd, is refused, and
 * the refusal is on record; likeness alone never links.
 */
export async function linkSubjects<Stores extends LinkingStores>(
  parts: LinkingParts<Stores>,
  command: LinkSubjects,
  within: (tx: Stores & Proofs, change: ClusterChange) => Promise<void> = async () => {},
): Promise<LinkOutcome> {
  const assertedBy = checkMayLink(command.actor)
  const { assurance, rule, confidence, proof } = command
  if (!Number.isInteger(confidence) || confidence < 0 || confidence > 100)
    throw invalid('link-confidence', 'The confidence is a whole number of percent.')
  const [first, second] = command.subjects
  if (first === second) return { outcome: 'refused', reason: 'SAME_ACCOUNT' }
  const pair = pairOf(first, second)
  const shared = pair[0] === first ? command.shared : turned(command.shared)
  const policy = parts.policy ?? linkingPolicy

  try {
    return await untilHeld(() =>
      parts.work(async (tx): Promise<LinkOutcome> => {
        const at = parts.clock.now()
        const { sides, subjects } = await holdClusters(tx, pair)
        if (pair.some((id) => !subjects.some(({ subjectId }) => subjectId === id)))
          throw notFound('subject-unknown', 'There is no such account.')
        const members = subjects.map(({ subjectId }) => subjectId)
        const inForce = await tx.links.inForce(members)
        const reason = linkRefusal(
          {
            assurance,
            sides,
            subjects,
            withOpenRequest: await tx.requests.openOf(members),
            different: inForce.flatMap((one) => (one.kind === 'different-people' ? [one.subjects] : [])),
            identifiers: await heldBy(tx, members),
          },
          policy,
        )
        if (reason !== undefined || assurance === 'L0')
          return refusal(parts, tx, command, reason ?? 'INSUFFICIENT_LINK_ASSURANCE', members, at)

        const same = inForce.filter((one) => one.kind === 'same-person')
        const standing = same.find(
          (one) => one.rule === rule && one.assurance === assurance && String(one.subjects) === String(pair),
        )
        if (standing !== undefined)
          throw new Standing({ outcome: 'standing', linkId: standing.linkId, cluster: sides[0] })

        const linkId = parts.entropy.id<'link'>()
        const link: SamePerson = {
          linkId,
          kind: 'same-person',
          subjects: pair,
          assurance,
          rule,
          confidence,
          proof,
          shared,
          assertedBy,
          at,
        }
        await tx.links.add(link)
        const clusters = clustersFrom(
          members,
          [...same, link].map((one) => one.subjects),
        )
        const change = { link, before: uniqueClusters(sides), after: clusters, at }
        await recordChange(parts, tx, change, {
          done: 'subject.linked',
          actor: command.actor,
          evidence: command.evidence,
          ...(command.reason === undefined ? {} : { reason: command.reason }),
          facts: { rule, assurance, confidence, ...decidedBy(command) },
        })
        const [cluster = sides[0]] = clusters
        if (changedMembers(change).length > 0 && cluster.members.length >= policy.largeFrom)
          await raiseAlarm(parts, tx, {
            reason: 'CLUSTER_LARGE',
            rule,
            size: cluster.members.length,
            pair,
            at,
          })
        await within(tx, change)
        return { outcome: 'linked', linkId, cluster }
      }),
    )
  } catch (error) {
    if (error instanceof Standing) return error.found
    throw error
  }
}

const turned = (shared: SharedContactPoint | undefined): SharedContactPoint | undefined =>
  shared && { contactPoint: shared.otherContactPoint, otherContactPoint: shared.contactPoint }

const decidedBy = (command: Pick<LinkSubjects, 'decidedBy'>) =>
  command.decidedBy === undefined ? {} : { decidedBy: command.decidedBy }

const uniqueClusters = ([one, other]: readonly [Cluster, Cluster]): readonly Cluster[] =>
  sameCluster(one, other) ? [one] : [one, other]

/** On record like a link is: who wanted to join whom, by which rule, and why it was not done. */
async function refusal<Stores extends LinkingStores>(
  parts: LinkingParts<Stores>,
  tx: Stores & Proofs,
  command: LinkSubjects,
  reason: LinkRefusal,
  members: readonly SubjectId[],
  at: Date,
): Promise<LinkOutcome> {
  const { rule, actor, evidence } = command
  const [first, second] = command.subjects
  const pair = pairOf(first, second)
  for (const subjectId of pair) {
    const other = subjectId === first ? second : first
    await tx.audit.record({
      action: 'subject.link-refused',
      actor,
      at,
      subjectId,
      evidence,
      ...(command.reason === undefined ? {} : { reason: command.reason }),
      facts: { reason, rule, other, ...decidedBy(command) },
    })
  }
  if (alarming.has(reason)) await raiseAlarm(parts, tx, { reason, rule, size: members.length, pair, at })
  return { outcome: 'refused', reason }
}

async function heldBy(tx: Pick<LinkingStores, 'identifiers'>, members: readonly SubjectId[]) {
  const held = []
  for (const member of members) held.push(...(await tx.identifiers.list(member)))
  return held.map(({ subjectId, kind, verifiedAt }) => ({
    subjectId,
    kind,
    verified: verifiedAt !== undefined,
  }))
}
