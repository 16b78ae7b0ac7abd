import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import { parseId, type SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { BlindIndex } from '../../platform/crypto/index.ts'
import {
  emailIndex,
  type IdentityReads,
  loyaltyCardIndex,
  parseEmailAddress,
  parsePhoneNumber,
  phoneIndex,
} from '../identity/index.ts'
import type { FactsReader } from './facts-reader.ts'

export interface OpenPersonParts {
  readonly work: Work<object>
  readonly clock: Clock
  readonly facts: FactsReader
  readonly reads: Pick<IdentityReads, 'identifiers'>
  readonly blindIndex: BlindIndex
}

/** No card number is shorter, and a shorter text would only be tried against the index for nothing. */
const shortestCard = 4

/** Each way in which what was typed can name somebody, the surest first. One that is no such name is not tried. */
async function found(
  { facts, reads, blindIndex }: OpenPersonParts,
  typed: string,
): Promise<{ readonly subjectId: SubjectId; readonly by: string } | undefined> {
  const subjectId = parseId<'subject'>(typed.toLowerCase())
  if (subjectId !== undefined) {
    return (await facts.find(subjectId)) === undefined ? undefined : { subjectId, by: 'subject' }
  }
  const email = parseEmailAddress(typed)
  const phone = parsePhoneNumber(typed)
  const ways = [
    ['email', email && emailIndex(blindIndex, email)],
    ['phone', phone && phoneIndex(blindIndex, phone)],
    ['loyalty-card', typed.length < shortestCard ? undefined : loyaltyCardIndex(blindIndex, typed)],
  ] as const
  for (const [by, index] of ways) {
    const owner = index && (await reads.identifiers.findSubject(index))
    if (owner !== undefined) return { subjectId: owner, by }
  }
  return undefined
}

/**
 * Finds one person by a number, an address or a card of theirs, exactly, and opens their facts to whoever gives a reason.
 * The look-up is on record in the person's own trail before anything is shown, and also when nobody was found (R100).
 */
export async function openPerson(
  parts: OpenPersonParts,
  command: {
    readonly actor: Actor
    readonly evidence: Evidence
    readonly person: string
    readonly reason: string
  },
): Promise<SubjectId | undefined> {
  const { actor, evidence } = command
  const reason = command.reason.trim()
  if (reason === '') throw invalid('reason-missing', 'Say why you need to see this.')
  const one = await found(parts, command.person.trim())
  await parts.work(({ audit }) =>
    audit.record({
      action: 'subject.opened',
      actor,
      at: parts.clock.now(),
      reason,
      evidence,
      ...(one === undefined ? { about: 'subject-look-up:nobody' } : { subjectId: one.subjectId }),
      facts: { by: one?.by ?? 'nothing' },
    }),
  )
  return one?.subjectId
}
