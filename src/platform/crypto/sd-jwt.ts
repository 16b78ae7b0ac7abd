import { createHash } from 'node:crypto'

/** A part of a signed document that its holder shows or keeps back: the digest is signed, the disclosure opens it. */
export interface Concealed {
  readonly digest: string
  readonly disclosure: string
}

const digestOf = (disclosure: string): string =>
  createHash('sha256').update(disclosure, 'ascii').digest('base64url')

function conceal(salt: Uint8Array, ...rest: readonly unknown[]): Concealed {
  const text = JSON.stringify([Buffer.from(salt).toString('base64url'), ...rest])
  const disclosure = Buffer.from(text, 'utf8').toString('base64url')
  return { digest: digestOf(disclosure), disclosure }
}

/** RFC 9901, 4.2.1: goes into the `_sd` of its object. `salt`: 16 random bytes, never used twice (9.3). */
export const concealMember = (salt: Uint8Array, name: string, value: unknown): Concealed =>
  conceal(salt, name, value)

/** RFC 9901, 4.2.2: goes into its array as `{ "...": digest }`. */
export const concealElement = (salt: Uint8Array, value: unknown): Concealed => conceal(salt, value)

/** RFC 9901, 4: the JWS and what opens it, each followed by a tilde. */
export const joinSdJwt = (jws: string, disclosures: readonly string[]): string =>
  [jws, ...disclosures, ''].join('~')

const shape = /^[\w-]+\.[\w-]+\.[\w-]+~(?:[\w-]+~)*$/

export interface SdJwt {
  readonly jws: string
  readonly disclosures: readonly string[]
}

/** Undefined also for one that ends in a key-binding JWT: without `cnf` there is no key it could be held against. */
export function splitSdJwt(text: string): SdJwt | undefined {
  if (!shape.test(text)) return undefined
  const [jws = '', ...disclosures] = text.split('~').slice(0, -1)
  return { jws, disclosures }
}

class Refused extends Error {}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Deeper than anything that is meant to be read. */
const deepest = 32

function parse(disclosure: string): readonly unknown[] {
  const bytes = Buffer.from(disclosure, 'base64url')
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  if (!Array.isArray(value) || typeof value[0] !== 'string') throw new Refused()
  return value
}

function opener(disclosures: readonly string[]) {
  const closed = new Map(disclosures.map((one) => [digestOf(one), parse(one)]))
  if (closed.size !== disclosures.length) throw new Refused()
  const met = new Set<string>()

  const open = (digest: unknown, length: 2 | 3): readonly unknown[] | undefined => {
    if (typeof digest !== 'string' || met.has(digest)) throw new Refused()
    met.add(digest)
    const found = closed.get(digest)
    if (found !== undefined && found.length !== length) throw new Refused()
    return found
  }

  const element = (value: unknown, depth: number): readonly unknown[] => {
    if (!isRecord(value) || !Object.hasOwn(value, '...')) return [walk(value, depth)]
    if (Object.keys(value).length !== 1) throw new Refused()
    const found = open(value['...'], 2)
    return found === undefined ? [] : [walk(found[1], depth)]
  }

  const object = (value: Readonly<Record<string, unknown>>, depth: number): object => {
    const { _sd: digests = [], ...plain } = value
    if (!Array.isArray(digests) || Object.hasOwn(plain, '...')) throw new Refused()
    const members = new Map(Object.entries(plain).map(([name, one]) => [name, walk(one, depth)]))
    for (const digest of digests) {
      const [, name, hidden] = open(digest, 3) ?? []
      if (name === undefined) continue
      if (typeof name !== 'string' || name === '_sd' || name === '...' || members.has(name)) {
        throw new Refused()
      }
      members.set(name, walk(hidden, depth))
    }
    return Object.fromEntries(members)
  }

  const walk = (value: unknown, depth: number): unknown => {
    if (depth > deepest) throw new Refused()
    if (Array.isArray(value)) return value.flatMap((one) => element(one, depth + 1))
    return isRecord(value) ? object(value, depth + 1) : value
  }

  return { walk, unusedRemain: () => [...closed.keys()].some((digest) => !met.has(digest)) }
}

/**
 * The document as its holder chose to show it (RFC 9901, 7.1); undefined when it has to be refused: a disclosure that was
 * not signed, that comes twice, that is in the wrong place or that would put itself over what stands open. Whether the
 * signature holds is for the caller to say.
 */
export function revealed(
  claims: Readonly<Record<string, unknown>>,
  disclosures: readonly string[],
): Readonly<Record<string, unknown>> | undefined {
  const { _sd_alg: algorithm = 'sha-256', ...rest } = claims
  if (algorithm !== 'sha-256') return undefined
  try {
    const { walk, unusedRemain } = opener(disclosures)
    const shown = walk(rest, 0)
    return isRecord(shown) && !unusedRemain() ? shown : undefined
  } catch (error) {
    if (error instanceof Refused || error instanceof SyntaxError || error instanceof TypeError)
      return undefined
    throw error
  }
}
