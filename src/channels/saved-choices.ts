import type { SavedChoice } from '../../views/sign-in/saved-choices.tsx'
import {
  awaitingConfirmation,
  type DecideParts,
  isOnlyClaimed,
  type PublishedRegistry,
  purposeTitle,
  type ReceiptClaims,
  waitingForGuardian,
} from '../features/consent/index.ts'
import { type ContactChannel, contactChannels } from '../kernel/evidence.ts'
import type { SubjectId } from '../kernel/ids.ts'

export const contactChannelOf = (text: string): ContactChannel =>
  contactChannels.find((known) => known === text) ?? 'none'

const answers: Readonly<Record<string, 'yes' | 'no'>> = {
  given: 'yes',
  confirmed: 'yes',
  refused: 'no',
  withdrawn: 'no',
}

/** Yeses of a person that do not count yet, by the ids of their events, with what they wait for. */
export type Waiting = ReadonlyMap<string, 'confirmation' | 'guardian'>

export async function waitingOf(
  { facts, registry, clock }: DecideParts,
  house: { readonly controller: string; readonly brand: string },
  subjectId: SubjectId,
): Promise<Waiting> {
  const known = await facts.find(subjectId)
  const waiting = new Map<string, 'confirmation' | 'guardian'>()
  if (known === undefined) return waiting
  const now = clock.now().getTime()
  const current = registry.current()
  for (const { event } of awaitingConfirmation(known.facts, current, now))
    waiting.set(event.id, 'confirmation')
  for (const { by } of waitingForGuardian(house, known.facts, current, now)) {
    if (by !== undefined) waiting.set(by.id, 'guardian')
  }
  return waiting
}

/**
 * What a receipt says, as the list that is shown after saving. Read from the receipt itself, not from the form. What a system
 * only claims that the person said is none of their answers.
 */
export const savedChoicesOf = (
  receipt: ReceiptClaims,
  registry: PublishedRegistry,
  language: string,
  waiting: Waiting = new Map(),
): readonly SavedChoice[] =>
  receipt.events.flatMap((entry) => {
    const { record_id: eventId, state, purpose } = entry
    const answer = isOnlyClaimed(entry) ? undefined : answers[state]
    if (answer === undefined) return []
    return [
      {
        purpose: purposeTitle(registry, purpose.id, language),
        contactChannel: contactChannelOf(purpose.channel),
        answer,
        ...(waiting.get(eventId) === 'confirmation' ? { awaitsConfirmation: true } : {}),
        ...(waiting.get(eventId) === 'guardian' ? { awaitsGuardian: true } : {}),
      },
    ]
  })
