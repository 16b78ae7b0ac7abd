const lineFeed = 10
const carriageReturn = 13
const quote = 34

/** How far the record that begins somewhere reaches, taking its quotes at their word. */
export interface RecordEnd {
  /** `broken`: a quote on a later line shows that the one which joined the lines was none. `unended`: the file ends within a quoted cell. */
  readonly how: 'whole' | 'broken' | 'unended'
  /** In bytes, with the end of its last line; of a broken one, up to the line on which it broke. */
  readonly size: number
  readonly lines: number
  readonly cells: number
  /** A quote stands where none can, on the first line. */
  readonly misplaced: boolean
  /** The last line is no whole row: more of the file was meant to come. */
  readonly cutOff: boolean
}

/** Follows the quotes of one record from its first byte on; memory does not grow with it. */
export class RecordScan {
  private readonly delimiter: number
  private cell: 'start' | 'plain' | 'quoted' | 'closed' | 'closed-return' = 'start'
  private seen = 0
  private lineStart = 0
  private lines = 1
  private cells = 1
  private cellsOfLine = 1
  private misplaced = false

  constructor(delimiter: number) {
    this.delimiter = delimiter
  }

  get scanned(): number {
    return this.seen
  }

  /** Goes on with the bytes that follow; answers the end once it is met. */
  feed(bytes: Uint8Array, from = 0): RecordEnd | undefined {
    for (let at = from; at < bytes.byteLength; at += 1) {
      const byte = bytes[at]
      this.seen += 1
      if (this.cell === 'quoted') {
        if (byte === quote) this.cell = 'closed'
        else if (byte === lineFeed) this.nextLine()
        else if (byte === this.delimiter) this.cellsOfLine += 1
        continue
      }
      if (byte === lineFeed) return this.ended('whole')
      if (byte === this.delimiter) {
        this.cell = 'start'
        this.cells += 1
        this.cellsOfLine += 1
      } else if (byte === quote && (this.cell === 'start' || this.cell === 'closed')) {
        this.cell = 'quoted'
      } else if (byte === carriageReturn && this.cell === 'closed') {
        this.cell = 'closed-return'
      } else {
        if (byte === quote || this.cell === 'closed' || this.cell === 'closed-return') {
          if (this.lines > 1) return this.ended('broken')
          this.misplaced = true
        }
        this.cell = 'plain'
      }
    }
    return undefined
  }

  /** Where the file ends. */
  atEnd(columns: number): RecordEnd {
    const partial = this.seen > this.lineStart && this.cellsOfLine < columns
    return this.ended(this.cell === 'quoted' ? 'unended' : 'whole', partial)
  }

  private nextLine(): void {
    this.lines += 1
    this.lineStart = this.seen
    this.cellsOfLine = 1
  }

  private ended(how: RecordEnd['how'], cutOff = false): RecordEnd {
    const size = how === 'broken' ? this.lineStart : this.seen
    return { how, size, lines: this.lines, cells: this.cells, misplaced: this.misplaced, cutOff }
  }
}
