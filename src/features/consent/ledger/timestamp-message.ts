/** The two messages of RFC 3161, as far as an honest client needs them: DER, SHA-256 imprints only. */

const sha256Oid = [0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00]
/** 1.2.840.113549.1.9.16.1.4, id-ct-TSTInfo. */
const tstInfoOid = Buffer.from([0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04])

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

interface Element {
  readonly tag: number
  readonly body: Buffer
  readonly whole: Buffer
}

/** The elements that follow each other in a body. Throws RangeError where the lengths do not add up. */
function elementsOf(bytes: Buffer): readonly Element[] {
  const found: Element[] = []
  for (let at = 0; at < bytes.byteLength; ) {
    const tag = bytes.readUInt8(at)
    const short = bytes.readUInt8(at + 1)
    const lengthBytes = short < 0x80 ? 0 : short - 0x80
    if (lengthBytes > 4 || short === 0x80) throw new RangeError('not DER')
    const length = lengthBytes === 0 ? short : bytes.readUIntBE(at + 2, lengthBytes)
    const start = at + 2 + lengthBytes
    if (start + length > bytes.byteLength) throw new RangeError('not DER')
    found.push({
      tag,
      body: bytes.subarray(start, start + length),
      whole: bytes.subarray(at, start + length),
    })
    at = start + length
  }
  return found
}

const child = (element: Element | undefined, index: number): Element => {
  const found = element && elementsOf(element.body)[index]
  if (found === undefined) throw new RangeError('not DER')
  return found
}

export interface Timestamp {
  readonly digest: Uint8Array
  readonly nonce: Uint8Array | undefined
  readonly at: Date
}

function generalizedTime(text: string): Date {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d(?:\.\d+)?)Z$/.exec(text) ?? []
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/** The TSTInfo of a TimeStampResp; undefined when none was granted or the message is none. */
export function readTimestamp(response: Uint8Array): Timestamp | undefined {
  try {
    const [message] = elementsOf(Buffer.from(response))
    // PKIStatus 0 is granted, 1 granted with modifications; everything above is a refusal.
    if ((child(child(message, 0), 0).body[0] ?? 2) > 1) return undefined
    const signedData = child(child(child(message, 1), 1), 0)
    const content = elementsOf(signedData.body).find(
      ({ body }) =>
        body.byteLength > tstInfoOid.byteLength && body.subarray(0, tstInfoOid.byteLength).equals(tstInfoOid),
    )
    const [info] = elementsOf(child(child(content, 1), 0).body)
    const fields = elementsOf(info?.body ?? Buffer.alloc(0))
    const imprint = child(fields[2], 1)
    const nonce = fields.slice(5).find(({ tag }) => tag === 0x02)?.body
    return {
      digest: imprint.body,
      nonce,
      at: generalizedTime(fields[4]?.body.toString('latin1') ?? ''),
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
