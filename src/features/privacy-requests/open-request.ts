import { type Actor, actorRef } from '../../kernel/actor.ts'
import { conflict, invalid, notFound, refused } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { acknowledgeRequest } from './acknowledge-request.ts'
import { deadline } from './deadline.ts'
import { requestEvent } from './events.ts'
import {
  drawReference,
  type IdentityLevel,
  identityOf,
  openedByOf,
  type PrivacyRequest,
  type RequestRight,
  requestIdOf,
  wordsPlace,
} from './request.ts'
import type { RequestParts } from './request-parts.ts'
import type { StoredRequest } from './request-store.ts'
import { dayAt } from './time-left.ts'

export interface OpenRequest {
  readonly subjectId: SubjectId
  readonly right: RequestRight
  /** The person's own, if they said any. */
  readonly words?: string
  readonly actor: Actor
  readonly evidence: Evidence
  /** When the controller, or whoever works for it, received it: that starts the clock, and not our opening the letter. */
  readonly receivedAt: Date
  readonly idempotencyKey: string
  /** What whoever acts for the person found out about who it is; of the person themself their sign-in says it. */
  readonly identity?: IdentityLevel
  readonly particulars?: {
    /** Reference of the call. */
    readonly call?: string
  }
}

export const longestWords = 2_000

/** A clock may run ahead of ours by this much. */
const toleratedAheadMs = 5 * 60_000

/** Three months and some days: after that even an extended answer is late, and the day is more likely mistyped. */
const longestOnTheWayMs = 100 * 86_400_000

/** Leaves the unit without a trace: another hand opened it under the same key a moment ago. */
class OpenedBefore extends Error {}

/**
 * Takes a request in, whoever brings it and by whatever way (LOPDGDD Art. 12: nobody is refused because they used another
 * channel than the one offered). It is due from the moment it was received; it is opened once, however often it is told; and
 * the person is told at once, with the way out where it was not they who wrote it down.
 */
export async function openRequest(parts: RequestParts, command: OpenRequest): Promise<PrivacyRequest> {
  const { subjectId, right, actor, evidence } = command
  const openedBy = openedByOf(actor)
  if (openedBy === undefined || (actor.kind === 'subject' && actor.subjectId !== subjectId)) {
    throw refused('request-not-yours', 'A request is opened by the person, or for them by staff or a system.')
  }
  const call = command.particulars?.call
  if (actor.kind === 'staff' && evidence.channel === 'call-centre' && call === undefined) {
    throw invalid('request-call-missing', 'What was asked for in a call is kept with the call’s reference.')
  }
  const openedAt = parts.clock.now()
  const receivedAt = checkReceived(command.receivedAt, openedAt)
  const words = wordsOf(command.words)
  const requestId = requestIdOf(subjectId, command.idempotencyKey)
  const known = await parts.reads.subjects.find(subjectId)
  if (known === undefined || known.state === 'erased') throw unknown()
  const before = await parts.requests.find(subjectId, requestId)
  if (before !== undefined) return sameRequest(parts, before, right, words)

  const request: Parameters<typeof toldOf>[0] = {
    subjectId,
    id: requestId,
    reference: drawReference(parts.entropy),
    right,
    channel: evidence.channel,
    openedBy,
    actor: actorRef(actor),
    touchpoint: evidence.touchpoint,
    call,
    language: evidence.language,
    identity: identityOf(actor, command.identity),
    sealedWords:
      words === undefined ? undefined : await parts.sealer.sealText(subjectId, wordsPlace(requestId), words),
    receivedAt,
    openedAt,
    due: deadline(dayAt(receivedAt, parts.timeZone), parts.calendar).due,
  }
  try {
    await parts.work(async (tx) => {
      // Whoever would join this account with another looks for open requests under the same lock.
      const subject = await tx.subjects.lock(subjectId)
      if (subject === undefined || subject.state === 'erased') throw unknown()
      if (!(await tx.privacyRequests.add(request))) throw new OpenedBefore()
      const { reference, due, channel, identity } = request
      await tx.audit.record({
        action: 'privacy-request.opened',
        actor,
        at: openedAt,
        subjectId,
        evidence,
        facts: {
          request: requestId,
          reference,
          right,
          due,
          identity,
          receivedAt: receivedAt.toISOString(),
          ...(call === undefined ? {} : { call }),
        },
      })
      const payload = { requestId, reference, right, due, channel, openedBy }
      await tx.outbox.add(requestEvent(parts.entropy, 'privacy-request.opened', subjectId, openedAt, payload))
    })
  } catch (error) {
    if (!(error instanceof OpenedBefore)) throw error
    const first = await parts.requests.find(subjectId, requestId)
    if (first === undefined) throw error
    return sameRequest(parts, first, right, words)
  }
  parts.later(async () => void (await acknowledgeRequest(parts, subjectId, requestId)))
  return toldOf(request)
}

const toldOf = (request: Omit<StoredRequest, 'state' | 'acknowledged' | 'ended'>): PrivacyRequest => {
  const { id, reference, right, receivedAt, due } = request
  return { id, reference, right, receivedAt, due, state: 'open' }
}

const unknown = () => notFound('subject-unknown', 'There is no such account.')

function checkReceived(receivedAt: Date, now: Date): Date {
  const age = now.getTime() - receivedAt.getTime()
  const field = { field: '/received_at' }
  if (Number.isNaN(age) || age < -toleratedAheadMs) {
    throw invalid('received-at-in-future', 'Nothing is received before it is.', [
      { ...field, code: 'received-at.future' },
    ])
  }
  if (age > longestOnTheWayMs) {
    throw invalid('received-at-too-old', 'A request received longer ago is brought to the officer.', [
      { ...field, code: 'received-at.old' },
    ])
  }
  return age < 0 ? now : receivedAt
}

/** Line breaks stay; other control characters end up in files and mails of others, so they become spaces. */
function wordsOf(typed: string | undefined): string | undefined {
  const plain = [...(typed ?? '').normalize('NFC').replaceAll('\r\n', '\n')]
    .map((one) => (one !== '\n' && (one < ' ' || one === '\u007f') ? ' ' : one))
    .join('')
    .trim()
  if ([...plain].length > longestWords) {
    throw invalid('request-words-too-long', `Say it in ${longestWords} characters.`, [
      { field: 'words', code: 'request-words-too-long' },
    ])
  }
  return plain === '' ? undefined : plain
}

/** One key is one request. Another content under it is a mistake of whoever sends, and must not be taken for the first. */
async function sameRequest(
  { sealer }: RequestParts,
  { sealedWords, ...first }: StoredRequest,
  right: RequestRight,
  words: string | undefined,
): Promise<PrivacyRequest> {
  const { subjectId, id, reference, receivedAt, due, state } = first
  const said = sealedWords && (await sealer.openText(subjectId, wordsPlace(id), sealedWords))
  if (first.right !== right || said !== words) {
    throw conflict('request-key-reused', 'Another request was opened under this key.')
  }
  return { id, reference, right, receivedAt, due, state }
}
