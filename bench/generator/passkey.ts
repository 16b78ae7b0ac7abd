import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type JsonWebKey,
  randomBytes,
  sign,
} from 'node:crypto'

/** A passkey as its keeper holds it; plain JSON, because it is made in one process and used in another. */
export interface Passkey {
  readonly credentialId: string
  readonly privateKey: JsonWebKey
  /** What it was told the account is called. */
  readonly userHandle: string
}

/** Options of a ceremony, as far as an authenticator needs them. */
interface AuthenticationOptions {
  readonly challenge: string
  readonly rpId: string
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()
const bytes = (text: string | undefined) => Buffer.from(text ?? '', 'base64url')

/** COSE_Key of an ES256 key (RFC 9053, 7.1.1): a map of five, always of this shape. */
const coseOf = ({ x, y }: JsonWebKey): Uint8Array =>
  Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    bytes(x),
    Buffer.from('225820', 'hex'),
    bytes(y),
  ])

export function makePasskey(userHandle: string): Passkey & { readonly publicKey: Uint8Array } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = privateKey.export({ format: 'jwk' })
  return {
    credentialId: randomBytes(32).toString('base64url'),
    privateKey: jwk,
    userHandle,
    publicKey: coseOf(jwk),
  }
}

const presentAndVerified = Buffer.from([0x05])
/** Synced passkeys do not count. */
const counter = Buffer.alloc(4)

/** Answers a ceremony as a browser on `origin` hands it over (WebAuthn L3, 6.3.3). */
export function answerWith(passkey: Passkey, options: AuthenticationOptions, origin: string): string {
  const { credentialId, privateKey, userHandle } = passkey
  const { challenge, rpId } = options
  const clientData = Buffer.from(
    JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false }),
  )
  const authenticatorData = Buffer.concat([sha256(rpId), presentAndVerified, counter])
  const signature = sign(
    'sha256',
    Buffer.concat([authenticatorData, sha256(clientData)]),
    createPrivateKey({ key: privateKey, format: 'jwk' }),
  )
  return JSON.stringify({
    id: credentialId,
    rawId: credentialId,
    type: 'public-key',
    authenticatorAttachment: 'platform',
    clientExtensionResults: {},
    response: {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle,
    },
  })
}
