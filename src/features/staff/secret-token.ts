import { createHash } from 'node:crypto'
import type { Entropy } from '../../kernel/ids.ts'

/** 256 bits, as text for a link or a cookie. Only its hash is kept, so a stolen database opens no door (VC4). */
export const newToken = (entropy: Entropy): string => Buffer.from(entropy.bytes(32)).toString('base64url')

const shape = /^[A-Za-z0-9_-]{43}$/

export const looksLikeToken = (text: string): boolean => shape.test(text)

/** `purpose` goes into the hash, so that a token of one kind is never accepted as another (R70). */
export const tokenHash = (purpose: 'staff-enrolment' | 'staff-session', token: string): Uint8Array =>
  createHash('sha256').update(`${purpose} ${token}`, 'utf8').digest()
