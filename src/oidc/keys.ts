import type { JWKS } from 'oidc-provider'
import type { Clock } from '../kernel/clock.ts'
import {
  generateSigningKey,
  type Kek,
  openSigningKey,
  planRotation,
  type RotationPolicy,
  type StoredSigningKey,
  signingOrder,
} from '../platform/crypto/index.ts'
import type { Pool } from './pg-pools.ts'
import { signingKeyStore, withRotationLock } from './pg-signing-keys.ts'

export interface KeyParts {
  readonly pool: Pool
  readonly kek: Kek
  readonly clock: Clock
  readonly policy: RotationPolicy
}

export interface SigningKeyEntry extends Pick<StoredSigningKey, 'kid' | 'algorithm' | 'state'> {
  /** ISO 8601: when it entered its state. */
  readonly since: string
}

export interface LoadedKeys {
  /** Changes whenever a key came, went or started signing. */
  readonly fingerprint: string
  readonly jwks: JWKS
}

/** The keys of the database in the order the engine wants them: it signs with the first of an algorithm, publishes all. */
export async function loadKeys({ pool, kek }: KeyParts): Promise<LoadedKeys> {
  const ordered = signingOrder(await signingKeyStore(pool).list())
  const opened = await Promise.all(ordered.map((key) => openSigningKey(kek, key)))
  return {
    fingerprint: ordered.map((key) => `${key.kid}:${key.state}`).join(' '),
    jwks: { keys: opened.map((key) => key.privateJwk) } as JWKS,
  }
}

/**
 * Takes the steps that are due now, and answers how many. A key is published for a while before it signs, and stays
 * published for a while after, so that nobody ever meets a signature by a key they cannot have seen (R37, P15).
 */
export function rotateKeys(
  { pool, kek, clock, policy }: KeyParts,
  { now = clock.now(), begin = false }: { readonly now?: Date; readonly begin?: boolean } = {},
): Promise<number> {
  return withRotationLock(pool, async (store) => {
    let taken = 0
    for (;;) {
      const steps = planRotation(await store.list(), now, policy, begin)
      if (steps.length === 0) return taken
      for (const step of steps) {
        taken += 1
        if (step.do === 'move') {
          await store.move(step.kid, step.from, step.to, now)
          continue
        }
        const key: StoredSigningKey = await generateSigningKey(kek, step.algorithm, now)
        await store.insert(key)
        if (step.activateAtOnce) await store.move(key.kid, 'published', 'active', now)
      }
    }
  })
}

/** The keys that are published, without their private halves. */
export async function listKeys({ pool }: Pick<KeyParts, 'pool'>): Promise<readonly SigningKeyEntry[]> {
  const stored = signingOrder(await signingKeyStore(pool).list())
  return stored.map(({ kid, algorithm, state, since }) => ({
    kid,
    algorithm,
    state,
    since: since.toISOString(),
  }))
}

/**
 * A key somebody else may have: it leaves the JWKS at once, so that nothing it signs is believed any longer, not even
 * what we signed ourselves. Where it was the one that signs, a new one does in its place, before anybody could have seen it
 * published; otherwise the one that signs goes on. Answers the id of the key that signs, or undefined where no such key was
 * there.
 */
export function replaceLeakedKey({ pool, kek, clock }: KeyParts, kid: string): Promise<string | undefined> {
  return withRotationLock(pool, async (store) => {
    const keys = await store.list()
    const leaked = keys.find((key) => key.kid === kid)
    if (leaked === undefined) return undefined
    const now = clock.now()
    const signing = keys.find(({ algorithm, state }) => algorithm === leaked.algorithm && state === 'active')
    if (signing !== undefined && signing.kid !== kid) {
      await store.move(kid, leaked.state, 'removed', now)
      return signing.kid
    }
    const fresh = await generateSigningKey(kek, leaked.algorithm, now)
    await store.insert(fresh)
    await store.move(fresh.kid, 'published', 'active', now)
    await store.move(kid, leaked.state, 'removed', now)
    return fresh.kid
  })
}
