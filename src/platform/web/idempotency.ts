import { createHash } from 'node:crypto'
import { type Actor, actorRef } from '../../kernel/actor.ts'
import { conflict, invalid } from '../../kernel/errors.ts'
import type { Answer } from './answer.ts'

/**
 * Port. Promises: of many parallel claims of one key exactly one is `fresh`; a stored answer is returned to the same
 * caller only; keys live at least 24 hours.
 */
export interface IdempotencyStore {
  claim(
    caller: string,
    keyHash: Uint8Array,
    requestHash: Uint8Array,
  ): Promise<
    | { readonly state: 'fresh' }
    | { readonly state: 'running' }
    | { readonly state: 'other-request' }
    | { readonly state: 'done'; readonly status: number; readonly body: unknown }
  >
  complete(caller: string, keyHash: Uint8Array, status: number, body: unknown): Promise<void>
  /** Frees a key whose request failed before it changed anything, so that it may be tried again. */
  release(caller: string, keyHash: Uint8Array): Promise<void>
}

const keyShape = /^[\x21-\x7e]{8,128}$/
const sha256 = (text: string) => createHash('sha256').update(text).digest()

/** Same key and body: the same stored answer. Same key, other body: 422. Still running: 409 (R92). */
export async function answerOnce(
  store: IdempotencyStore,
  request: {
    readonly actor: Actor
    readonly key: string | undefined
    readonly route: string
    readonly body: unknown
  },
  act: () => Promise<Answer>,
): Promise<Answer> {
  const { key } = request
  if (key === undefined || !keyShape.test(key)) {
    throw invalid('idempotency-key-missing', 'Send an Idempotency-Key header of 8 to 128 visible characters.')
  }
  const caller = `${actorRef(request.actor)} ${request.route}`
  const keyHash = sha256(key)
  const claim = await store.claim(caller, keyHash, sha256(JSON.stringify(request.body)))
  switch (claim.state) {
    case 'running':
      throw conflict('request-in-flight', 'A request with this Idempotency-Key is still being handled.')
    case 'other-request':
      throw invalid('idempotency-key-reused', 'This Idempotency-Key was used for another request.')
    case 'done':
      return { kind: 'json', status: claim.status, body: claim.body }
    case 'fresh':
      break
  }
  try {
    const answer = await act()
    if (answer.kind === 'json') await store.complete(caller, keyHash, answer.status, answer.body)
    return answer
  } catch (error) {
    await store.release(caller, keyHash)
    throw error
  }
}
