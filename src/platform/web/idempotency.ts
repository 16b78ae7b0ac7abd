import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { type Actor, actorRef } from '../../kernel/actor.ts'
import { conflict, invalid, unavailable } from '../../kernel/errors.ts'
import type { Answer } from './answer.ts'

/**
 * Port. Promises: of many parallel claims of one key exactly one is `fresh`; a stored answer is returned to the same
 * caller only, exactly as it was; keys live at least 24 hours.
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

/** Same key and request: the same stored answer. Same key, other request: 422. Still running: 409 (R92). */
export async function answerOnce(
  store: IdempotencyStore,
  request: {
    readonly actor: Actor
    readonly key: string | undefined
    readonly route: string
    /** All that the request says: path parameters and query as well, since they name what is acted on. */
    readonly said: { readonly params: unknown; readonly query: unknown; readonly body: unknown }
  },
  act: () => Promise<Answer>,
): Promise<Answer> {
  const { key } = request
  if (key === undefined || !keyShape.test(key)) {
    throw invalid('idempotency-key-missing', 'Send an Idempotency-Key header of 8 to 128 visible characters.')
  }
  const caller = `${actorRef(request.actor)} ${request.route}`
  const keyHash = sha256(key)
  const claim = await store.claim(caller, keyHash, sha256(canonicalize(request.said) ?? ''))
  switch (claim.state) {
    case 'running':
      throw conflict('request-in-flight', 'A request with this Idempotency-Key is still being handled.')
    case 'other-request':
      throw invalid('idempotency-key-reused', 'This Idempotency-Key was used for another request.')
    case 'done':
      return claim.status === 204
        ? { kind: 'nothing' }
        : { kind: 'json', status: claim.status, body: claim.body }
    case 'fresh':
      break
  }
  const answer = await acted(store, caller, keyHash, act)
  try {
    if (answer.kind === 'json') await store.complete(caller, keyHash, answer.status, answer.body)
    else await store.complete(caller, keyHash, 204, null)
  } catch (cause) {
    // The act is done and its key stays claimed: to free it now would be to allow the act a second time.
    const detail = 'It was done, but its answer could not be kept. Ask again with the same Idempotency-Key.'
    throw unavailable('outcome-unknown', detail, 5, cause)
  }
  return answer
}

async function acted(
  store: IdempotencyStore,
  caller: string,
  keyHash: Uint8Array,
  act: () => Promise<Answer>,
): Promise<Answer> {
  try {
    const answer = await act()
    if (answer.kind === 'json' || answer.kind === 'nothing') return answer
    throw new Error('A route that takes an Idempotency-Key answers JSON or nothing.')
  } catch (error) {
    // A key that cannot be freed frees itself in two minutes; what went wrong is still what went wrong.
    await store.release(caller, keyHash).catch(() => undefined)
    throw error
  }
}
