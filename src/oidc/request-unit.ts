import type { OidcWrites, WriteKind, WriteOutcome } from './pg-writes.ts'
import { type FindParts, type Hints, RequestFinds } from './request-finds.ts'

export type { Hints, Payload } from './request-finds.ts'

export interface UnitParts extends FindParts {
  readonly writes: OidcWrites
}

let units = 0

/**
 * One request's view of the database: what it finds, and what it will write. Writes are collected and go out together in
 * `flush`, before the response leaves. Keyed on the engine's request context by the adapter.
 */
export class RequestUnit extends RequestFinds {
  readonly #writes: OidcWrites
  readonly #rows = new Map<WriteKind, Map<string, readonly unknown[]>>()
  readonly #afterFlush: (() => void | Promise<void>)[] = []
  #parent: string | undefined
  #endsWithSession = false
  #consuming: { readonly hash: string; readonly grantId: string | undefined } | undefined

  constructor(parts: UnitParts, hints: () => Hints) {
    super(parts, hints)
    this.#writes = parts.writes
  }

  /** The grants kept in `act` hang on this one, which must be there when they are written and takes them along when it goes. */
  async hangingOn<Result>(parentGrantId: string, act: () => Promise<Result>): Promise<Result> {
    this.#parent = parentGrantId
    this.put('grantHeld', parentGrantId, [parentGrantId])
    try {
      return await act()
    } finally {
      this.#parent = undefined
    }
  }

  get parentGrantId(): string | undefined {
    return this.#parent
  }

  /** What this request issues ends with the session it is named after, though it has a grant of its own. */
  endWithSession(): void {
    this.#endsWithSession = true
  }

  get endsWithSession(): boolean {
    return this.#endsWithSession
  }

  /** Collects a write. `key` names the row: what is written later replaces what was written earlier. */
  put(kind: WriteKind, key: string, row: readonly unknown[]): void {
    const rows = this.#rows.get(kind) ?? new Map<string, readonly unknown[]>()
    rows.set(key, row)
    this.#rows.set(kind, rows)
  }

  /** Takes back a write that a later one made pointless. */
  withdraw(kind: WriteKind, key: string): void {
    this.#rows.get(kind)?.delete(key)
  }

  consume(kind: 'consumeToken' | 'consumePushed', hash: Buffer, grantId?: string): void {
    const key = hash.toString('hex')
    this.#consuming = { hash: key, grantId }
    this.put(kind, key, [hash])
  }

  /** Whether this request was to use something up; one that lost without it built on a session that ended meanwhile. */
  get consumes(): boolean {
    return this.#consuming !== undefined
  }

  /** Whose family dies when the consuming was lost to somebody else. */
  get consumedGrantId(): string | undefined {
    return this.#consuming?.grantId
  }

  /**
   * Runs when the request's writes are durable, and not at all when they were lost. The answer waits for what takes its
   * time, and is taken back where that fails.
   */
  afterFlush(act: () => void | Promise<void>): void {
    this.#afterFlush.push(act)
  }

  async flush(): Promise<WriteOutcome> {
    const rows: Partial<Record<WriteKind, readonly (readonly unknown[])[]>> = {}
    let any = false
    for (const [kind, some] of this.#rows) {
      if (some.size === 0) continue
      rows[kind] = [...some.values()]
      any = true
    }
    this.#rows.clear()
    // Taken out first: of what is lost nothing happened, and a later flush of this request must not tell of it.
    const heard = this.#afterFlush.splice(0)
    if (any) {
      units += 1
      const key = this.#consuming?.hash ?? `u${units}`
      if ((await this.#writes.write({ key, rows })) === 'lost') return 'lost'
    }
    for (const act of heard) await act()
    return 'written'
  }

  /** The request was refused: what it wanted to use up or issue is taken back, what it revoked stays revoked. */
  keepRevocations(): void {
    for (const kind of this.#rows.keys()) {
      if (!kind.startsWith('drop')) this.#rows.delete(kind)
    }
    this.#consuming = undefined
  }

  /** Drops what was collected: the request failed in a way that must leave no trace. */
  discard(): void {
    this.#rows.clear()
    this.#afterFlush.length = 0
  }
}
