import { availableParallelism } from 'node:os'
import { invalid } from '../../kernel/errors.ts'
import type { HashAnswer, HashJob, HashWorkerData } from './hash-worker.ts'
import type { PasswordHasher } from './password-hasher.ts'
import { fitsLength, normalizePassword } from './password-rules.ts'
import { floorCost, type HashCost, type Pepper } from './stored-hash.ts'
import { createWorkerPool } from './worker-pool.ts'

export type { HashCost } from './stored-hash.ts'

export interface Argon2HasherOptions {
  /** Newest first. */
  readonly peppers?: readonly Pepper[]
  /** Never below the floor of R61. */
  readonly cost?: HashCost
  /** One core stays for everything else. */
  readonly workers?: number
  readonly maxWaiting?: number
  readonly maxWaitMs?: number
}

export function createArgon2Hasher(options: Argon2HasherOptions = {}): PasswordHasher {
  const { peppers = [], cost = floorCost, workers = Math.max(1, availableParallelism() - 1) } = options
  if (
    cost.memoryKiB < floorCost.memoryKiB ||
    cost.passes < floorCost.passes ||
    cost.lanes < floorCost.lanes
  ) {
    throw new Error('argon2id below 19 MiB, 2 passes, 1 lane is not accepted')
  }
  if (peppers.some((pepper) => pepper.version < 1)) throw new Error('pepper versions start at 1')
  const data: HashWorkerData = { cost, peppers }
  const pool = createWorkerPool<HashJob, HashAnswer>({
    file: 'hash-worker',
    data,
    size: workers,
    maxWaiting: options.maxWaiting ?? 200,
    maxWaitMs: options.maxWaitMs ?? 2000,
    maxRunMs: 10_000,
  })
  return {
    async hash(typed) {
      const password = normalizePassword(typed)
      if (!fitsLength(password)) throw invalid('password-too-long', 'the password is too long')
      const answer = await pool.run({ do: 'hash', password })
      if (!('hash' in answer)) throw new Error('the hash worker answered something else')
      return answer.hash
    },
    async verify(hash, typed, accountKey) {
      const password = normalizePassword(typed)
      // Too long to be anybody's: it still takes the work of one, and is wrong.
      const job: HashJob = fitsLength(password)
        ? { do: 'verify', password, hash }
        : { do: 'verify', password: '', hash: undefined }
      const answer = await pool.run(job, accountKey)
      if (!('ok' in answer)) throw new Error('the hash worker answered something else')
      return answer
    },
    load: () => pool.load(),
    close: () => pool.close(),
  }
}
