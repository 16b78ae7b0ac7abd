import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** What a test may bend: each is something a hostile or broken authenticator or browser could send. */
export interface Bent {
  readonly origin?: string
  readonly rpId?: string
  readonly crossOrigin?: boolean
  readonly topOrigin?: string
  readonly userVerified?: boolean
  readonly userHandle?: string
  readonly counter?: number
  readonly backupEligible?: boolean
  readonly type?: string
  readonly signWith?: KeyObject
}

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()

/** A passkey in memory (ES256, no attestation), made by the rules of WebAuthn L3 6.1 and 6.5, for tests without a browser. */
export function softwareAuthenticator(site: { readonly rpId: string; readonly origin: string }) {
  const credentialId = randomBytes(32)
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  const cose = isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(jwk.x ?? '', 'base64url'))],
      [-3, new Uint8Array(Buffer.from(jwk.y ?? '', 'base64url'))],
    ]),
  )
  let userHandle = ''
  let counter = 0

  const clientData = (type: string, challenge: string, bent: Bent) =>
    Buffer.from(
      JSON.stringify({
        type: bent.type ?? type,
        challenge,
        origin: bent.origin ?? site.origin,
        crossOrigin: bent.crossOrigin ?? false,
        ...(bent.topOrigin === undefined ? {} : { topOrigin: bent.topOrigin }),
      }),
    )
  const authenticatorData = (attested: boolean, bent: Bent) => {
    const flags =
      0x01 |
      (bent.userVerified === false ? 0 : 0x04) |
      (bent.backupEligible ? 0x08 : 0) |
      (attested ? 0x40 : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(bent.counter ?? counter)
    const parts = [sha256(bent.rpId ?? site.rpId), Buffer.from([flags]), count]
    if (attested) {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(credentialId.length)
      parts.push(Buffer.alloc(16), length, credentialId, Buffer.from(cose))
    }
    return Buffer.concat(parts)
  }
  const envelope = { id: base64url(credentialId), rawId: base64url(credentialId), type: 'public-key' }

  return {
    credentialId,
    privateKey,
    create(options: { challenge: string; user: { id: string } }, bent: Bent = {}): string {
      userHandle = options.user.id
      const attestationObject = isoCBOR.encode(
        new Map<string, string | Map<string, string> | Uint8Array>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', new Uint8Array(authenticatorData(true, bent))],
        ]),
      )
      return JSON.stringify({
        ...envelope,
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', options.challenge, bent)),
          attestationObject: base64url(attestationObject),
          transports: ['internal'],
        },
      })
    },
    get(options: { challenge: string }, bent: Bent = {}): string {
      if (bent.counter === undefined) counter += 1
      const data = authenticatorData(false, bent)
      const client = clientData('webauthn.get', options.challenge, bent)
      const signature = createSign('sha256')
        .update(Buffer.concat([data, sha256(client)]))
        .sign(bent.signWith ?? privateKey)
      return JSON.stringify({
        ...envelope,
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(signature),
          userHandle: bent.userHandle ?? userHandle,
        },
      })
    },
  }
}
