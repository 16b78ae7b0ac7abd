import type { Actor } from '../../../kernel/actor.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import { linkingEvent } from './events.ts'
import { holdClusters, untilHeld } from './hold-clusters.ts'
import { checkMayLink, type LinkId, pairOf } from './link.ts'
import type { LinkingParts } from './link-subjects.ts'
import type { LinkingStores } from './linking-stores.ts'

export interface KeepApart {
  readonly subjects: readonly [SubjectId, SubjectId]
  readonly rule: string
  readonly proof: Readonly<Record<string, string>>
  readonly actor: Actor
  readonly evidence: Evidence
}

export type KeepApartOutcome =
  | { readonly outcome: 'kept-apart'; readonly linkId: LinkId }
  /** They are one person by links in force: those are ended first, each with its own reason. */
  | { readonly outcome: 'refused'; readonly reason: 'ONE_PERSON_BY_LINKS' | 'SAME_ACCOUNT' }

/**
 * Says that two accounts are two people's. From then on no link joins them, directly or over others, until this one is ended
 * like any other.
 */
export async function keepApart<Stores extends LinkingStores>(
  parts: LinkingParts<Stores>,
  { subjects: [first, second], rule, proof, actor, evidence }: KeepApart,
): Promise<KeepApartOutcome> {
  const assertedBy = checkMayLink(actor)
  if (first === second) return { outcome: 'refused', reason: 'SAME_ACCOUNT' }
  const pair = pairOf(first, second)
  return untilHeld(() =>
    parts.work(async (tx): Promise<KeepApartOutcome> => {
      const at = parts.clock.now()
      const { sides, subjects } = await holdClusters(tx, pair)
      if (pair.some((id) => !subjects.some(({ subjectId }) => subjectId === id)))
        throw notFound('subject-unknown', 'There is no such account.')
      const onePerson = sides[0].canonical === sides[1].canonical
      const linkId = parts.entropy.id<'link'>()
      if (!onePerson) {
        await tx.links.add({
          linkId,
          kind: 'different-people',
          subjects: pair,
          rule,
          confidence: 100,
          proof,
          assertedBy,
          at,
        })
      }
      for (const subjectId of pair) {
        await tx.audit.record({
          action: onePerson ? 'subject.keep-apart-refused' : 'subject.kept-apart',
          actor,
          at,
          subjectId,
          evidence,
          facts: { rule, accounts: pair, ...(onePerson ? {} : { linkId }) },
        })
        if (!onePerson)
          await tx.outbox.add(linkingEvent(parts.entropy, 'subject.kept-apart', subjectId, at, { linkId }))
      }
      return onePerson
        ? { outcome: 'refused', reason: 'ONE_PERSON_BY_LINKS' }
        : { outcome: 'kept-apart', linkId }
    }),
  )
}
