import { createPublicKey } from 'node:crypto'
import { z } from 'zod'

/** What a browser hands out when it lets us ring it (Push API, PushSubscription.toJSON). */
export interface PushSubscription {
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
}

const bytesOf = (text: string) => Buffer.from(text.replace(/=+$/, ''), 'base64url')

/** An uncompressed point that lies on P-256: one that does not would break every message to it. */
function isPoint(text: string): boolean {
  const bytes = bytesOf(text)
  if (bytes.byteLength !== 65 || bytes[0] !== 4) return false
  const [x, y] = [bytes.subarray(1, 33), bytes.subarray(33)].map((half) => half.toString('base64url'))
  try {
    createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, format: 'jwk' })
    return true
  } catch {
    return false
  }
}

const base64url = z.string().regex(/^[A-Za-z0-9_-]+={0,2}$/)
const shape = z.object({
  endpoint: z.url().max(2_000),
  keys: z.object({
    p256dh: base64url.max(100).refine(isPoint),
    // RFC 8291 3.2.
    auth: base64url.max(30).refine((text) => bytesOf(text).byteLength === 16),
  }),
})

/** Undefined for anything that is not one. Whether its address may be fetched is for whoever fetches it to say. */
export function parsePushSubscription(text: string): PushSubscription | undefined {
  const found = shape.safeParse(parsed(text)).data
  return found && { endpoint: found.endpoint, p256dh: found.keys.p256dh, auth: found.keys.auth }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
