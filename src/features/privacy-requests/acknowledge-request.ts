import { PlacetError } from '../../kernel/errors.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { readIdentifiers, textNumberOf, verifiedEmails } from '../identity/index.ts'
import { sealNotMineLink } from './not-mine-link.ts'
import type { RequestId } from './request.ts'
import type { RequestAddress } from './request-messages.ts'
import type { RequestParts } from './request-parts.ts'
import type { AcknowledgedBy, StoredRequest } from './request-store.ts'

/** Longer than a message takes to be handed over; whoever died meanwhile is followed by somebody else after it. */
const turnMs = 10 * 60_000

/** Told of with one run of the job, so that a full inbox does not hold it for ever. */
const mostAtOnce = 100

/**
 * Where the person proved to be reached: a mail, else a text. What a request itself says about where to write counts for
 * nothing, or anybody could have the answer sent to themself.
 */
async function addressOf(
  parts: Pick<RequestParts, 'reads' | 'sealer' | 'textMessages'>,
  subjectId: SubjectId,
): Promise<RequestAddress | undefined> {
  const identifiers = await readIdentifiers(parts, subjectId)
  const [address] = verifiedEmails(identifiers)
  if (address !== undefined) return { kind: 'email', address }
  if (!parts.textMessages) return undefined
  const number = textNumberOf(identifiers)
  return number === undefined ? undefined : { kind: 'phone', number }
}

/** What others open is no way to fill a mailbox, nor to spend on text messages. */
async function mayWriteNow(
  { limiter }: Pick<RequestParts, 'limiter'>,
  request: StoredRequest,
): Promise<boolean> {
  if (request.openedBy === 'subject') return true
  try {
    await limiter.consume(request.subjectId, 'request-told-account')
    return true
  } catch (error) {
    if (error instanceof PlacetError && error.failure === 'too-many') return false
    throw error
  }
}

/** Undefined where it is to be told later. */
async function tell(parts: RequestParts, request: StoredRequest): Promise<AcknowledgedBy | undefined> {
  const { subjectId, id, reference, right, receivedAt, due, openedBy, language, openedAt } = request
  const to = await addressOf(parts, subjectId)
  if (to !== undefined && !(await mayWriteNow(parts, request))) return undefined
  const notMine =
    openedBy === 'subject' ? undefined : sealNotMineLink(parts.tokens, { subjectId, requestId: id }, openedAt)
  const sent =
    to &&
    (await parts.messages.acknowledge(to, {
      language,
      reference,
      right,
      receivedAt,
      due,
      openedBy,
      notMine,
    }))
  const by = to === undefined ? 'nowhere' : to.kind === 'phone' ? 'sms' : 'email'
  const at = parts.clock.now()
  await parts.work(async ({ privacyRequests, audit }) => {
    await privacyRequests.acknowledge(subjectId, id, { at, by, ...sent })
    await audit.record({
      action: 'privacy-request.acknowledged',
      actor: { kind: 'system', name: 'privacy-requests' },
      at,
      subjectId,
      facts: { request: id, by, ...(sent === undefined ? {} : { message: sent.messageId }) },
    })
  })
  return by
}

/**
 * Tells the person that their request arrived and by when it is answered; undefined where somebody else is, or has, or it is
 * to be told later.
 */
export async function acknowledgeRequest(
  parts: RequestParts,
  subjectId: SubjectId,
  requestId: RequestId,
): Promise<AcknowledgedBy | undefined> {
  const now = parts.clock.now()
  const before = new Date(now.getTime() - turnMs)
  if (!(await parts.turns.take(subjectId, requestId, now, before))) return undefined
  const request = await parts.requests.find(subjectId, requestId)
  return request === undefined ? undefined : tell(parts, request)
}

/**
 * What a crash or a mail server left untold. One that fails again waits for its next turn and holds up nobody; what came
 * of the others is told first, and then that some failed.
 */
export async function tendAcknowledgements(parts: RequestParts): Promise<void> {
  const before = new Date(parts.clock.now().getTime() - turnMs)
  const failures: unknown[] = []
  for (const { subjectId, id } of await parts.requests.unacknowledged(before, mostAtOnce)) {
    await acknowledgeRequest(parts, subjectId, id).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some requests could not be acknowledged.')
}
