import { parseOptions } from '@node-rs/argon2'

/** Argon2id's cost. The floor is OWASP's and R61's: 19 MiB, two passes, one lane, 8–11 ms of one core. */
export interface HashCost {
  readonly memoryKiB: number
  readonly passes: number
  readonly lanes: number
}

export const floorCost: HashCost = { memoryKiB: 19_456, passes: 2, lanes: 1 }

/** A secret mixed into every hash, kept outside the database, so that a stolen table alone cannot be attacked. */
export interface Pepper {
  readonly version: number
  readonly secret: Uint8Array
}

/** What is kept: `p2:$argon2id$v=19$m=…`, pepper version and PHC string. Without prefix: made elsewhere, no pepper. */
export interface StoredHash {
  readonly pepperVersion: number
  readonly phc: string
}

export const formatStoredHash = ({ pepperVersion, phc }: StoredHash): string => `p${pepperVersion}:${phc}`

export function parseStoredHash(text: string): StoredHash | undefined {
  const [, version, phc] = /^(?:p(\d{1,4}):)?(\$argon2id\$.{20,200})$/.exec(text) ?? []
  return phc === undefined ? undefined : { pepperVersion: Number(version ?? 0), phc }
}

export function needsRehash(stored: StoredHash, cost: HashCost, pepperVersion: number): boolean {
  const made = parseOptions(stored.phc)
  return (
    stored.pepperVersion !== pepperVersion ||
    made.memoryCost < cost.memoryKiB ||
    made.timeCost < cost.passes ||
    made.parallelism < cost.lanes ||
    made.outputLen < 32 ||
    made.saltLen < 16
  )
}
