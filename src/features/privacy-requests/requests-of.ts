import { type Actor, actorRef } from '../../kernel/actor.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { type PrivacyRequest, type RequestId, wordsPlace } from './request.ts'
import type { RequestParts } from './request-parts.ts'
import type { StoredRequest } from './request-store.ts'

/** A request with the person's own words in it: for themself, and for whoever answers it. */
export interface ReadRequest extends Omit<StoredRequest, 'sealedWords'> {
  readonly words: string | undefined
}

type Reading = Pick<RequestParts, 'requests' | 'reads' | 'sealer'>

export async function opened({ sealer, reads }: Reading, stored: StoredRequest): Promise<ReadRequest> {
  const { sealedWords, ...request } = stored
  if (sealedWords === undefined) return { ...request, words: undefined }
  // The words went with the key; that it was asked and answered stays.
  const subject = await reads.subjects.find(stored.subjectId)
  if (subject === undefined || subject.state === 'erased') return { ...request, words: undefined }
  return { ...request, words: await sealer.openText(stored.subjectId, wordsPlace(stored.id), sealedWords) }
}

/** Everything one person asked for, newest first. */
export const requestsOf = (
  { requests }: Pick<Reading, 'requests'>,
  subjectId: SubjectId,
): Promise<readonly (PrivacyRequest & Pick<StoredRequest, 'ended' | 'openedBy' | 'channel'>)[]> =>
  requests.ofSubject(subjectId)

/** One of the person's own; undefined for one that is not theirs. */
export async function requestOf(
  parts: Reading,
  subjectId: SubjectId,
  requestId: RequestId,
): Promise<ReadRequest | undefined> {
  const stored = await parts.requests.find(subjectId, requestId)
  return stored && opened(parts, stored)
}

/** The same for an officer; that they read it is in the person's trail. */
export async function readRequest(
  parts: Reading & Pick<RequestParts, 'work' | 'clock'>,
  command: {
    readonly subjectId: SubjectId
    readonly requestId: RequestId
    readonly actor: Actor
    readonly evidence: Evidence
  },
): Promise<ReadRequest> {
  const { subjectId, requestId, actor, evidence } = command
  const stored = await parts.requests.find(subjectId, requestId)
  if (stored === undefined) throw notFound('request-unknown', 'There is no such request.')
  await parts.work(({ audit }) =>
    audit.record({
      action: 'privacy-request.read',
      actor,
      at: parts.clock.now(),
      subjectId,
      evidence,
      reason: `privacy request ${stored.reference}`,
      facts: { request: requestId, by: actorRef(actor) },
    }),
  )
  return opened(parts, stored)
}
