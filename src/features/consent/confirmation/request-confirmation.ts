import type { Actor } from '../../../kernel/actor.ts'
import type { Clock } from '../../../kernel/clock.ts'
import type { Entropy, SubjectId } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work.ts'
import type { SealedTokens, SubjectSealer } from '../../../platform/crypto/index.ts'
import {
  type IdentityReads,
  parseEmailAddress,
  parsePhoneNumber,
  readIdentifiers,
} from '../../identity/index.ts'
import type { ConsentRegistry } from '../cached-registry.ts'
import type { ConsentMessages, MessageAddress } from '../consent-messages.ts'
import type { FactsReader, KnownSubject } from '../facts-reader.ts'
import { purposeTitle } from '../published.ts'
import { type AwaitedYes, awaitingConfirmation } from './awaiting-confirmation.ts'
import { sealConfirmationLink } from './confirmation-link.ts'
import type { ConfirmationId, ConfirmationReads, ConfirmationStores } from './confirmation-store.ts'

export interface ConfirmationParts {
  readonly work: Work<ConfirmationStores>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly registry: Pick<ConsentRegistry, 'current'>
  readonly facts: FactsReader
  readonly confirmations: ConfirmationReads
  readonly reads: Pick<IdentityReads, 'identifiers'>
  readonly sealer: SubjectSealer
  readonly tokens: SealedTokens
  readonly messages: ConsentMessages
}

export const asker: Actor = { kind: 'system', name: 'confirmations' }

class NothingToAsk extends Error {}

const groupsOf = (awaited: readonly AwaitedYes[]) => [
  ...Map.groupBy(awaited, ({ event }) => `${event.contactChannel} ${event.contactPoint}`).values(),
]

/**
 * Asks for every yes of the person that has to come back from its contact point and was not asked about yet: one message
 * per contact point, whatever the number of yeses and of callers. Claimed first and sent then, so that a crash in between
 * is mended by the job and never sends a second one. Answers with how many messages left. `only` leaves every other yes to
 * whoever asks about it.
 */
export async function requestConfirmations(
  parts: ConfirmationParts,
  subjectId: SubjectId,
  only?: ReadonlySet<string>,
): Promise<number> {
  const known = await parts.facts.find(subjectId)
  if (known === undefined || known.facts.subject.state !== 'active') return 0
  const at = parts.clock.now()
  const awaited = awaitingConfirmation(known.facts, parts.registry.current(), at.getTime())
  if (awaited.length === 0) return 0
  const asked = new Set((await parts.confirmations.of(subjectId)).map(({ eventId }) => eventId))
  const fresh = awaited.filter(({ event }) => !asked.has(event.id) && (only?.has(event.id) ?? true))
  let sent = 0
  for (const group of groupsOf(fresh)) {
    const confirmationId = await claim(parts, known, subjectId, group, at)
    if (confirmationId !== undefined && (await sendConfirmation(parts, subjectId, confirmationId))) sent += 1
  }
  return sent
}

async function claim(
  parts: ConfirmationParts,
  known: KnownSubject,
  subjectId: SubjectId,
  group: readonly AwaitedYes[],
  at: Date,
): Promise<ConfirmationId | undefined> {
  const confirmationId = parts.entropy.id<'confirmation'>()
  try {
    await parts.work(async ({ confirmations, audit }) => {
      const claimed = await confirmations.claim(
        group.map(({ event, expiresAt }) => ({
          subjectId,
          eventId: event.id,
          confirmationId,
          contactChannel: event.contactChannel,
          contactPoint: event.contactPoint,
          language: event.notice?.language ?? known.language,
          requestedAt: at,
          expiresAt: new Date(expiresAt),
          sent: undefined,
          remindedAt: undefined,
          outcome: undefined,
        })),
      )
      if (claimed.length === 0) throw new NothingToAsk()
      await audit.record({
        action: 'consent.confirmation-requested',
        actor: asker,
        at,
        subjectId,
        facts: { confirmationId, events: claimed },
      })
    })
    return confirmationId
  } catch (error) {
    if (error instanceof NothingToAsk) return undefined
    throw error
  }
}

/** The contact point as something that can be written to; undefined when it is gone, or is of another kind. */
export async function addressOf(
  parts: Pick<ConfirmationParts, 'reads' | 'sealer'>,
  subjectId: SubjectId,
  contactPoint: string,
): Promise<MessageAddress | undefined> {
  const identifiers = await readIdentifiers(parts, subjectId)
  const found = identifiers.find(({ identifierId }) => identifierId === contactPoint)
  if (found?.kind === 'email') {
    const address = parseEmailAddress(found.value)
    return address === undefined ? undefined : { kind: 'email', address }
  }
  if (found?.kind === 'phone') {
    const number = parsePhoneNumber(found.value)
    return number === undefined ? undefined : { kind: 'phone', number }
  }
  return undefined
}

/** Sends the message of a confirmation that is open, as the first one, again on request, or as its reminder. */
export async function sendConfirmation(
  parts: ConfirmationParts,
  subjectId: SubjectId,
  confirmationId: ConfirmationId,
  reminder = false,
): Promise<boolean> {
  const known = await parts.facts.find(subjectId)
  const rows = (await parts.confirmations.of(subjectId)).filter(
    (row) => row.confirmationId === confirmationId && row.outcome === undefined,
  )
  const [first] = rows
  if (known === undefined || first === undefined) return false
  const registry = parts.registry.current()
  const waiting = awaitingConfirmation(known.facts, registry, parts.clock.now().getTime()).filter(
    ({ event }) => rows.some(({ eventId }) => eventId === event.id),
  )
  const to = await addressOf(parts, subjectId, first.contactPoint)
  if (waiting.length === 0 || to === undefined) return false
  const { language, expiresAt } = first
  const sent = await parts.messages.askConfirmation(to, {
    language,
    purposes: waiting.map(({ event }) => purposeTitle(registry, event.purpose, language)),
    token: sealConfirmationLink(parts.tokens, { subjectId, confirmationId }, expiresAt),
    expiresAt,
    reminder,
  })
  const at = parts.clock.now()
  await parts.work(async ({ confirmations, audit }) => {
    if (!reminder) {
      await confirmations.markSent(subjectId, confirmationId, {
        at: sent.at ?? at,
        message: sent.messageId,
        template: sent.templateHash,
      })
    }
    await audit.record({
      action: reminder ? 'consent.confirmation-reminded' : 'consent.confirmation-sent',
      actor: asker,
      at,
      subjectId,
      facts: { confirmationId, message: sent.messageId, template: sent.templateHash },
    })
  })
  return true
}
