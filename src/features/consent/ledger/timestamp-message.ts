import { child, type DerElement, der, elementsOf, oidOf } from './der.ts'

/** The two messages of RFC 3161, as far as an honest client needs them: DER, SHA-256 imprints only. */

const sha256Oid = [0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00]
const sha256 = '2.16.840.1.101.3.4.2.1'
const signedDataType = '1.2.840.113549.1.7.2'
export const timestampInfoType = '1.2.840.113549.1.9.16.1.4'

const sequence = (...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.of(0x30, body.byteLength), body])
}
const octets = (bytes: Uint8Array): Buffer => Buffer.concat([Buffer.of(0x04, bytes.byteLength), bytes])

const integer = (bytes: Uint8Array): Buffer => Buffer.concat([Buffer.of(0x02, bytes.byteLength), bytes])

/** TimeStampReq, version 1, asking for the certificate too. `nonce`: eight bytes, the first from 1 to 127 (a DER integer). */
export const timestampRequest = (digest: Uint8Array, nonce: Uint8Array): Uint8Array =>
  sequence(
    Buffer.of(0x02, 0x01, 0x01),
    sequence(Buffer.from(sha256Oid), octets(digest)),
    integer(nonce),
    Buffer.of(0x01, 0x01, 0xff),
  )

export interface Timestamp {
  readonly digest: Uint8Array
  readonly nonce: Uint8Array | undefined
  readonly at: Date
  /** Under which rules the authority gave its word: an object identifier. */
  readonly policy: string
  /** The TSTInfo as it stands, which is what was signed. */
  readonly info: Buffer
  /** The CMS SignedData around it (RFC 5652). */
  readonly signed: readonly DerElement[]
}

function generalizedTime(text: string): Date {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d(?:\.\d+)?)Z$/.exec(text) ?? []
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/** The TSTInfo of a TimeStampResp, unproven; undefined when none was granted or the message is none. */
export function readTimestamp(response: Uint8Array): Timestamp | undefined {
  try {
    return timestampIn(Buffer.from(response))
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function timestampIn(response: Buffer): Timestamp | undefined {
  const [message] = elementsOf(response)
  // PKIStatus 0 is granted, 1 granted with modifications; everything above is a refusal.
  if ((child(child(message, 0), 0).body[0] ?? 2) > 1) return undefined
  const token = child(message, 1)
  if (oidOf(child(token, 0)) !== signedDataType) return undefined
  const signed = elementsOf(child(child(token, 1), 0).body)
  const content = signed[2]
  if (oidOf(child(content, 0)) !== timestampInfoType) return undefined
  const info = child(child(content, 1), 0, der.octets).body
  const fields = elementsOf(elementsOf(info)[0]?.body ?? Buffer.alloc(0))
  const [, policy, imprint, , time] = fields
  const at = generalizedTime(time?.body.toString('latin1') ?? '')
  if (policy === undefined || Number.isNaN(at.getTime())) return undefined
  if (oidOf(child(child(imprint, 0), 0)) !== sha256) return undefined
  return {
    digest: child(imprint, 1, der.octets).body,
    nonce: fields.slice(5).find(({ tag }) => tag === der.integer)?.body,
    at,
    policy: oidOf(policy),
    info,
    signed,
  }
}
