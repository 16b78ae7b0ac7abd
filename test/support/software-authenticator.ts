import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** Flags of authenticator data (WebAuthn L3 6.1). */
export interface Flags {
  up: boolean
  uv: boolean
  be: boolean
  bs: boolean
}

/** What a test may bend. Everything left out is as an honest authenticator and browser would have it. */
export interface Bend {
  type?: string
  challenge?: string
  origin?: string
  crossOrigin?: boolean
  topOrigin?: string
  rpId?: string
  flags?: Partial<Flags>
  counter?: number
  id?: string
  rawId?: string
  credentialType?: string
  /** `null` leaves it out. */
  userHandle?: string | null
  credentialId?: Uint8Array
  aaguid?: string
  algorithm?: number
  format?: string
  statement?: Map<string, unknown>
  /** Signs with another key than the registered one. */
  signWith?: KeyObject
  signature?: string
  authenticatorData?: (honest: Buffer) => Buffer
  attestationObject?: string
  clientDataJSON?: string
}

interface Credential {
  readonly id: Buffer
  readonly key: KeyObject
  readonly publicKey: Uint8Array
  readonly rpId: string
  readonly userHandle: string
  counter: number
}

const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()

/** ES256 key as COSE_Key (RFC 9053 7.1.1). */
function coseKey(publicKey: KeyObject, algorithm: number): Uint8Array {
  const { x, y } = publicKey.export({ format: 'jwk' })
  return isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, algorithm],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x ?? '', 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y ?? '', 'base64url'))],
    ]),
  )
}

/**
 * A passkey provider in software: keeps ES256 credentials, synced ones unless told otherwise, and answers ceremonies as
 * a browser on `origin` would hand them over. Real enough for every check, and each of its fields can be bent (VC25).
 */
export class SoftwareAuthenticator {
  readonly credentials: Credential[] = []
  readonly #origin: string
  readonly #flags: Flags
  readonly #counts: boolean

  constructor(origin: string, options: { flags?: Partial<Flags>; counts?: boolean } = {}) {
    this.#origin = origin
    this.#flags = { up: true, uv: true, be: true, bs: true, ...options.flags }
    this.#counts = options.counts ?? false
  }

  /** Answers `navigator.credentials.create`. */
  create(
    options: {
      rp: { id?: string }
      user: { id: string }
      challenge: string
      excludeCredentials?: { id: string }[]
    },
    bend: Bend = {},
  ) {
    if (options.excludeCredentials?.some(({ id }) => this.credentials.some((one) => b64(one.id) === id))) {
      throw new Error('InvalidStateError')
    }
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const id = Buffer.from(bend.credentialId ?? randomBytes(32))
    const cose = coseKey(publicKey, bend.algorithm ?? -7)
    const rpId = options.rp.id ?? ''
    this.credentials.push({
      id,
      key: privateKey,
      publicKey: cose,
      rpId,
      userHandle: options.user.id,
      counter: 0,
    })
    const length = Buffer.alloc(2)
    length.writeUInt16BE(id.byteLength)
    const aaguid = Buffer.from(
      (bend.aaguid ?? 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4').replaceAll('-', ''),
      'hex',
    )
    const attested = Buffer.concat([aaguid, length, id, cose])
    const authData = this.#authenticatorData(bend.rpId ?? rpId, bend, bend.counter ?? 0, attested)
    const attestation = isoCBOR.encode(
      new Map<string, string | Uint8Array | Map<string, unknown>>([
        ['fmt', bend.format ?? 'none'],
        ['attStmt', bend.statement ?? new Map()],
        ['authData', new Uint8Array(authData)],
      ]) as never,
    )
    return {
      id: bend.id ?? b64(id),
      rawId: bend.rawId ?? bend.id ?? b64(id),
      type: bend.credentialType ?? 'public-key',
      response: {
        clientDataJSON: this.#clientData('webauthn.create', options.challenge, bend),
        attestationObject: bend.attestationObject ?? b64(attestation),
        transports: ['internal', 'hybrid'],
      },
      clientExtensionResults: {},
      authenticatorAttachment: 'platform',
    }
  }

  /** Answers `navigator.credentials.get` with the newest credential that the options allow. */
  get(
    options: { rpId?: string; challenge: string; allowCredentials?: { id: string }[] },
    bend: Bend = {},
    credential = this.#pick(options),
  ) {
    if (this.#counts) credential.counter += 1
    const counter = bend.counter ?? credential.counter
    const honest = this.#authenticatorData(bend.rpId ?? options.rpId ?? '', bend, counter)
    const authData = bend.authenticatorData?.(honest) ?? honest
    const clientDataJSON = this.#clientData('webauthn.get', options.challenge, bend)
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    const userHandle = bend.userHandle === undefined ? credential.userHandle : bend.userHandle
    return {
      id: bend.id ?? b64(credential.id),
      rawId: bend.rawId ?? bend.id ?? b64(credential.id),
      type: bend.credentialType ?? 'public-key',
      response: {
        clientDataJSON,
        authenticatorData: b64(authData),
        signature: bend.signature ?? b64(sign('sha256', signed, bend.signWith ?? credential.key)),
        ...(userHandle === null ? {} : { userHandle }),
      },
      clientExtensionResults: {},
      authenticatorAttachment: 'platform',
    }
  }

  #pick(options: { rpId?: string; allowCredentials?: { id: string }[] }): Credential {
    const allowed = options.allowCredentials ?? []
    const found = this.credentials.findLast(
      (one) =>
        one.rpId === options.rpId && (allowed.length === 0 || allowed.some(({ id }) => id === b64(one.id))),
    )
    if (found === undefined) throw new Error('NotAllowedError')
    return found
  }

  #clientData(type: string, challenge: string, bend: Bend): string {
    if (bend.clientDataJSON !== undefined) return bend.clientDataJSON
    const data = {
      type: bend.type ?? type,
      challenge: bend.challenge ?? challenge,
      origin: bend.origin ?? this.#origin,
      crossOrigin: bend.crossOrigin ?? false,
      ...(bend.topOrigin === undefined ? {} : { topOrigin: bend.topOrigin }),
    }
    return b64(Buffer.from(JSON.stringify(data)))
  }

  #authenticatorData(rpId: string, bend: Bend, counter: number, attested?: Buffer): Buffer {
    const { up, uv, be, bs } = { ...this.#flags, ...bend.flags }
    const flags = (up ? 1 : 0) | (uv ? 4 : 0) | (be ? 8 : 0) | (bs ? 16 : 0) | (attested ? 64 : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, attested ?? Buffer.alloc(0)])
  }
}
