import { createHash, createHmac } from 'node:crypto'
import canonicalize from 'canonicalize'
import { type Hash, leafHash } from './merkle-tree.ts'

/**
 * One entry of the log, as it is hashed. It says that something of this type happened at this time on this wording, and
 * nothing about whom: `commit` and `tag` are random to whoever has not the evidence and the person's key, and stay so
 * for good once both are erased.
 */
export interface LogRow {
  readonly v: 1
  readonly log: string
  /** The place in the log, counted from 0: also the index of the leaf. */
  readonly seq: number
  /** RFC 3339 with milliseconds, UTC. */
  readonly recorded_at: string
  readonly type: string
  /** SHA-256 of the wording shown, base64url; null where none was. */
  readonly notice_hash: string | null
  /** base64url. */
  readonly commit: string
  /** base64url. */
  readonly tag: string
}

/**
 * SHA-256 over the nonce and the canonical text of the act. A plain hash of the act could be guessed and would stay
 * personal data; with 256 random bits that are erased with the act it cannot be.
 */
export const commitmentTo = (nonce: Uint8Array, canonicalAct: string): Uint8Array =>
  createHash('sha256').update(nonce).update(canonicalAct, 'utf8').digest()

/** Lets the holder of the person's tag key find their entries again. The number is hashed as its decimal digits. */
export const tagFor = (key: Uint8Array, seq: number): Uint8Array =>
  createHmac('sha256', key).update(String(seq)).digest()

/** RFC 8785 text of an entry. */
const canonicalRow = (row: LogRow): string => canonicalize(row) ?? ''

export const rowHash = (row: LogRow): Hash => leafHash(canonicalRow(row))

export const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
export const fromBase64Url = (text: string): Uint8Array => Buffer.from(text, 'base64url')
