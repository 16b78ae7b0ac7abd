const lineFeed = 10
const carriageReturn = 13

/** Read on in pieces of this size at least, however small those are that a file comes in. */
const enough = 64 * 1024

export interface CutLine {
  /** With its end. */
  readonly size: number
  /** Without its end; undefined when it is too long to be kept. */
  readonly bytes: Uint8Array | undefined
}

/** The next bytes of a stream: as many as were asked for, and no more than that and one piece are ever held. */
export class ByteWindow {
  held: Buffer = Buffer.alloc(0)
  private readonly chunks: AsyncIterator<Uint8Array>

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.chunks = chunks[Symbol.asyncIterator]()
  }

  /** False at the end of the stream. */
  async more(): Promise<boolean> {
    const pieces: Uint8Array[] = []
    for (let gathered = 0; gathered < enough; ) {
      const { value, done } = await this.chunks.next()
      if (done === true) break
      // The chunk's memory may be used again by whoever reads the file.
      pieces.push(new Uint8Array(value))
      gathered += value.byteLength
    }
    if (pieces.length === 0) return false
    this.held = Buffer.concat([this.held, ...pieces])
    return true
  }

  take(size: number): Uint8Array {
    const taken = this.held.subarray(0, size)
    this.held = this.held.subarray(size)
    return withoutEnd(taken)
  }

  /** The next line, whatever is quoted in it; undefined at the end. One longer than `longest` is passed over. */
  async line(longest: number): Promise<CutLine | undefined> {
    let passed = 0
    for (let searched = 0; ; ) {
      const end = this.held.indexOf(lineFeed, searched)
      if (end !== -1) return this.cut(end + 1, passed, longest)
      searched = this.held.byteLength
      if (searched > longest) {
        passed += searched
        this.held = Buffer.alloc(0)
        searched = 0
      }
      if (await this.more()) continue
      return passed + searched === 0 ? undefined : this.cut(searched, passed, longest)
    }
  }

  /** Whoever stops in the middle lets go of the file. */
  async close(): Promise<void> {
    await this.chunks.return?.()
  }

  private cut(size: number, passed: number, longest: number): CutLine {
    const bytes = this.take(size)
    return { size: passed + size, bytes: passed + size > longest ? undefined : bytes }
  }
}

function withoutEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.byteLength
  if (end > 0 && bytes[end - 1] === lineFeed) end -= 1
  if (end > 0 && bytes[end - 1] === carriageReturn) end -= 1
  return bytes.subarray(0, end)
}
