import { parentPort, workerData } from 'node:worker_threads'
import { hashSync, verifySync } from '@node-rs/argon2'
import { formatStoredHash, type HashCost, needsRehash, type Pepper, parseStoredHash } from './stored-hash.ts'

/** What the hasher asks of its workers. `hash` undefined asks for the same work in vain. */
export type HashJob =
  | { readonly do: 'hash'; readonly password: string }
  | { readonly do: 'verify'; readonly password: string; readonly hash: string | undefined }

export type HashAnswer = { readonly hash: string } | { readonly ok: boolean; readonly rehash: boolean }

export interface HashWorkerData {
  readonly cost: HashCost
  /** Newest first; empty for none. */
  readonly peppers: readonly Pepper[]
}

const { cost, peppers }: HashWorkerData = workerData
const newest = peppers[0]
const options = { memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: cost.lanes }

const make = (password: string) =>
  formatStoredHash({
    pepperVersion: newest?.version ?? 0,
    phc: hashSync(password, newest === undefined ? options : { ...options, secret: newest.secret }),
  })

// Nobody's hash, made like everybody's: what a password for an unknown account is compared with (R62).
const nobody = make('nobody')

function verify(password: string, text: string | undefined): HashAnswer {
  const stored = parseStoredHash(text ?? nobody)
  const pepper = peppers.find((candidate) => candidate.version === stored?.pepperVersion)
  if (stored === undefined || (stored.pepperVersion !== 0 && pepper === undefined))
    return verify(password, undefined)
  const right = verifySync(stored.phc, password, pepper === undefined ? {} : { secret: pepper.secret })
  const ok = right && text !== undefined
  return { ok, rehash: ok && needsRehash(stored, cost, newest?.version ?? 0) }
}

parentPort?.on('message', (job: HashJob) => {
  try {
    const answer: HashAnswer =
      job.do === 'hash' ? { hash: make(job.password) } : verify(job.password, job.hash)
    parentPort?.postMessage({ answer })
  } catch (error) {
    parentPort?.postMessage({ failed: error instanceof Error ? error.name : 'error' })
  }
})
