import type { SigningAlgorithm } from './signing-algorithm.ts'

/**
 * published: in the JWKS, so that verifiers know it before it signs. active: signs. retiring: signs no more, but what it
 * signed may still be alive. removed: gone from the JWKS. There is no way back.
 */
export type KeyState = 'published' | 'active' | 'retiring' | 'removed'

export interface RotationPolicy {
  readonly algorithms: readonly SigningAlgorithm[]
  /** How long a key signs. */
  readonly activeMs: number
  /** How long a key is published before it signs; at least what verifiers cache a JWKS for (R37). */
  readonly publishLeadMs: number
  /** How long a retired key stays published; at least the longest token life plus that cache. */
  readonly retireMs: number
}

const day = 24 * 3_600_000

export const defaultRotation: RotationPolicy = {
  algorithms: ['ES256'],
  activeMs: 90 * day,
  publishLeadMs: day,
  retireMs: 7 * day,
}

export type RotationStep =
  | { readonly do: 'generate'; readonly algorithm: SigningAlgorithm; readonly activateAtOnce: boolean }
  | { readonly do: 'move'; readonly kid: string; readonly from: KeyState; readonly to: KeyState }

/** What rotation needs to know of a key. */
export interface RotatingKey {
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  readonly state: KeyState
  readonly createdAt: Date
  /** When it entered its present state. */
  readonly since: Date
}

/**
 * What is due now. Pure, and settled: taking the steps and asking again at the same hour asks for nothing. The very
 * first key of an algorithm signs at once, because nobody can hold an older JWKS. `begin`: where no next key is published,
 * one is due now, however young the present one is; it signs when verifiers have had the time to see it, as ever.
 */
export function planRotation(
  keys: readonly RotatingKey[],
  now: Date,
  policy: RotationPolicy,
  begin = false,
): readonly RotationStep[] {
  const living = keys.filter((key) => key.state !== 'removed')
  const dropped = new Set(
    living.map((key) => key.algorithm).filter((name) => !policy.algorithms.includes(name)),
  )
  return [
    ...policy.algorithms.flatMap((algorithm) =>
      stepsFor(
        algorithm,
        living.filter((key) => key.algorithm === algorithm),
        now,
        policy,
        begin,
      ),
    ),
    ...[...dropped].flatMap((algorithm) =>
      living
        .filter((key) => key.algorithm === algorithm && (key.state === 'active' || key.state === 'published'))
        .map((key): RotationStep => ({ do: 'move', kid: key.kid, from: key.state, to: 'retiring' })),
    ),
    ...living
      .filter((key) => key.state === 'retiring' && age(key.since, now) >= policy.retireMs)
      .map((key): RotationStep => ({ do: 'move', kid: key.kid, from: 'retiring', to: 'removed' })),
  ]
}

function stepsFor(
  algorithm: SigningAlgorithm,
  keys: readonly RotatingKey[],
  now: Date,
  policy: RotationPolicy,
  begin: boolean,
): readonly RotationStep[] {
  const byAge = keys.toSorted(
    (a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.kid < b.kid ? -1 : 1),
  )
  const active = byAge.filter((key) => key.state === 'active')
  const published = byAge.filter((key) => key.state === 'published')
  const [next] = published
  const current = active.at(-1)
  const retire = (some: readonly RotatingKey[]) =>
    some.map((key): RotationStep => ({ do: 'move', kid: key.kid, from: 'active', to: 'retiring' }))

  if (current === undefined) {
    if (next === undefined) return [{ do: 'generate', algorithm, activateAtOnce: true }]
    return [{ do: 'move', kid: next.kid, from: 'published', to: 'active' }]
  }
  const surplus = retire(active.slice(0, -1))
  // Published so that it would sign a lead later; whether the calendar or somebody's hand began it is all the same now.
  if (next !== undefined && age(next.since, now) >= policy.publishLeadMs) {
    // The new key first: were the process to die between the two, two would sign, never none.
    return [...surplus, { do: 'move', kid: next.kid, from: 'published', to: 'active' }, ...retire([current])]
  }
  const due = begin || age(current.since, now) >= policy.activeMs - policy.publishLeadMs
  if (next === undefined && due) {
    return [...surplus, { do: 'generate', algorithm, activateAtOnce: false }]
  }
  return surplus
}

const rank: Readonly<Record<KeyState, number>> = { active: 0, published: 1, retiring: 2, removed: 3 }

/** Keys in the order the protocol engine wants them: it signs with the first of an algorithm, and publishes all. */
export const signingOrder = <Key extends RotatingKey>(keys: readonly Key[]): readonly Key[] =>
  keys
    .filter((key) => key.state !== 'removed')
    .toSorted((a, b) => rank[a.state] - rank[b.state] || b.createdAt.getTime() - a.createdAt.getTime())

const age = (since: Date, now: Date) => now.getTime() - since.getTime()
