/** DER as far as timestamps need it: definite lengths, one byte of tag. */
export interface DerElement {
  readonly tag: number
  readonly body: Buffer
  readonly whole: Buffer
}

export const der = {
  sequence: 0x30,
  set: 0x31,
  integer: 0x02,
  octets: 0x04,
  oid: 0x06,
} as const

/** The elements that follow each other in a body. Throws RangeError where the lengths do not add up. */
export function elementsOf(bytes: Buffer): readonly DerElement[] {
  const found: DerElement[] = []
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

/** The element of that number within another. Throws RangeError where there is none, or one with another tag. */
export function child(element: DerElement | undefined, index: number, tag?: number): DerElement {
  const found = element && elementsOf(element.body)[index]
  if (found === undefined || (tag !== undefined && found.tag !== tag)) throw new RangeError('not DER')
  return found
}

/** An object identifier as it is written, such as `1.3.6.1.5.5.7.3.8`. */
export function oidOf(element: DerElement): string {
  if (element.tag !== der.oid) throw new RangeError('not DER')
  const arcs: bigint[] = []
  let arc = 0n
  for (const byte of element.body) {
    arc = (arc << 7n) | BigInt(byte & 0x7f)
    if (byte < 0x80) {
      arcs.push(arc)
      arc = 0n
    }
  }
  const [first = 0n, ...rest] = arcs
  const top = first < 40n ? 0n : first < 80n ? 1n : 2n
  return [top, first - top * 40n, ...rest].join('.')
}
