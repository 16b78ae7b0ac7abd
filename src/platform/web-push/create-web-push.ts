import webPush from 'web-push'
import type { Clock } from '../../kernel/clock.ts'
import type { Kek } from '../crypto/index.ts'
import type { Egress } from '../egress/index.ts'
import type { PushKeyStore } from './push-key-store.ts'
import { pushKeys } from './push-keys.ts'

/** A browser as it subscribed; `keyId` is the key of ours that it subscribed with. */
export interface PushTarget {
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
  readonly keyId: string
}

/**
 * accepted: the push service took it, which is all a sender ever learns. gone: the subscription ended and never comes back
 * (RFC 8030 7.3). failed: anything else.
 */
export type PushOutcome = 'accepted' | 'gone' | 'failed'

export interface WebPush {
  /** What a browser that subscribes today subscribes with; undefined until `settle` made the first. */
  currentKey(): Promise<{ readonly keyId: string; readonly publicKey: string } | undefined>
  /** Whenever the house starts: the first key is made, and every key is wrapped as keys are wrapped today. */
  settle(): Promise<void>
  renewKey(): Promise<void>
  /** Rings at once, or not at all after `ttlSeconds`. Never throws: a message that did not leave has an outcome too. */
  send(target: PushTarget, text: string, ttlSeconds: number): Promise<PushOutcome>
}

/** Services cut messages at 4096 bytes of cipher text; and one length for all tells nobody what ours are about. */
const paddedTo = 1024

/** JSON takes blanks at its end. */
const padded = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'utf8')
  const whole = Math.ceil(bytes.byteLength / paddedTo) * paddedTo
  return Buffer.concat([bytes, Buffer.alloc(whole - bytes.byteLength, ' ')])
}

/** `contact`: where a push service writes to when something is wrong with our messages (RFC 8292 2.1). */
export function createWebPush(parts: {
  readonly egress: Pick<Egress, 'fetch'>
  readonly keys: PushKeyStore
  readonly kek: Kek
  readonly clock: Clock
  readonly contact: string
  readonly onOutcome?: (outcome: PushOutcome, error?: unknown) => void
}): WebPush {
  const keys = pushKeys({ ...parts, store: parts.keys })

  const post = async (target: PushTarget, text: string, ttlSeconds: number): Promise<PushOutcome> => {
    const key = await keys.find(target.keyId)
    if (key === undefined) return 'gone'
    const { endpoint, p256dh, auth } = target
    const { publicKey, privateKey } = key
    const request = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, padded(text), {
      TTL: Math.max(0, Math.floor(ttlSeconds)),
      urgency: 'high',
      contentEncoding: 'aes128gcm',
      vapidDetails: { subject: `mailto:${parts.contact}`, publicKey, privateKey },
    })
    const { 'Content-Length': _counted, ...headers } = request.headers
    const answer = await parts.egress.fetch(endpoint, {
      method: request.method,
      headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
      body: new Uint8Array(request.body ?? []),
    })
    if (answer.status === 404 || answer.status === 410) return 'gone'
    if (!answer.ok) throw new Error(`the push service answers ${answer.status}`)
    return 'accepted'
  }

  return {
    currentKey: async () => {
      const key = await parts.keys.current()
      return key && { keyId: key.keyId, publicKey: key.publicKey }
    },
    settle: keys.settle,
    renewKey: keys.renew,
    send: async (target, text, ttlSeconds) => {
      try {
        const outcome = await post(target, text, ttlSeconds)
        parts.onOutcome?.(outcome)
        return outcome
      } catch (error) {
        parts.onOutcome?.('failed', error)
        return 'failed'
      }
    },
  }
}
