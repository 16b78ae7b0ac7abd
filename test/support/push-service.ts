import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { importJWK, jwtVerify } from 'jose'

/** What a browser got, after its push service and the browser itself took it apart. */
export interface Rung {
  readonly text: string
  readonly ttl: number
  readonly urgency: string | undefined
  /** As it travelled: what the push service could see of it. */
  readonly body: Buffer
}

/** A browser that subscribed: what its page hands to the house, and what rang. */
export interface RungBrowser {
  readonly subscription: string
  readonly endpoint: string
  readonly rung: readonly Rung[]
  /** What its push service answers from now on, such as 410 for a subscription that ended. */
  answers(status: number): void
}

const bodyOf = async (request: IncomingMessage) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The receiving side of RFC 8291, written from its text: salt, record size, sender's key, one record. */
function decrypted(body: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16)
  const keyLength = body[20] ?? 0
  const sender = body.subarray(21, 21 + keyLength)
  const record = body.subarray(21 + keyLength)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender])
  const input = Buffer.from(hkdfSync('sha256', browser.computeSecret(sender), auth, info, 32))
  const derive = (what: string, length: number) =>
    Buffer.from(hkdfSync('sha256', input, salt, `Content-Encoding: ${what}\0`, length))
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
  decipher.setAuthTag(record.subarray(-16))
  const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
  // The last record ends in 2 and zeros (RFC 8188 2).
  const end = plain.lastIndexOf(2)
  if (plain.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('the padding is none')
  return plain.subarray(0, end).toString('utf8')
}

/** RFC 8292: signed, for this service, for a day at most, by the key that the browser subscribed with. */
async function checkSender(request: IncomingMessage, origin: string, publicKey: string): Promise<void> {
  const [, token = '', key = ''] =
    /^vapid t=([^,]+), ?k=(.+)$/.exec(request.headers.authorization ?? '') ?? []
  if (key !== publicKey) throw new Error('signed with another key than the browser subscribed with')
  const point = Buffer.from(key, 'base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const { payload } = await jwtVerify(token, await importJWK(jwk, 'ES256'), { audience: origin })
  if (!String(payload.sub).startsWith('mailto:') || (payload.exp ?? 0) > Date.now() / 1000 + 86_400) {
    throw new Error('the sender does not say who they are, or for too long')
  }
}

/**
 * A push service of the test's own: a real server that checks who sends as RFC 8292 says, answers as RFC 8030 says, and
 * holds browsers that take messages apart as RFC 8291 says. It knows nothing of the house's code.
 */
export async function startPushService() {
  const doors = new Map<string, (request: IncomingMessage) => Promise<number>>()
  const troubles: string[] = []
  const server = createServer((request, answer) => {
    const door = doors.get(request.url ?? '')
    const status = door === undefined ? Promise.resolve(404) : door(request)
    void status
      .catch((error: unknown) => {
        troubles.push(String(error))
        return 403
      })
      .then((code) => answer.writeHead(code).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    origin,
    /** What it refused, and why. */
    troubles,
    /** As a page does with the key of the house in its hand. */
    subscribe: (publicKey: string): RungBrowser => {
      const path = `/push/${randomBytes(24).toString('base64url')}`
      const keys = createECDH('prime256v1')
      keys.generateKeys()
      const auth = randomBytes(16)
      const rung: Rung[] = []
      let says = 201
      doors.set(path, async (request) => {
        const body = await bodyOf(request)
        await checkSender(request, origin, publicKey)
        if (says !== 201) return says
        if (request.headers['content-encoding'] !== 'aes128gcm' || body.byteLength > 4096) return 400
        rung.push({
          text: decrypted(body, keys, auth),
          ttl: Number(request.headers['ttl']),
          urgency: String(request.headers['urgency']),
          body,
        })
        return says
      })
      return {
        endpoint: `${origin}${path}`,
        rung,
        subscription: JSON.stringify({
          endpoint: `${origin}${path}`,
          expirationTime: null,
          keys: { p256dh: keys.getPublicKey().toString('base64url'), auth: auth.toString('base64url') },
        }),
        answers: (status) => {
          says = status
        },
      }
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export type PushService = Awaited<ReturnType<typeof startPushService>>
