import type { TouchpointCount } from '../features/consent/index.ts'
import type { Terminal, TerminalCode, Touchpoint, TouchpointKind } from '../features/touchpoints/index.ts'

/** What can be said of a place on the command line. */
export interface PlaceOptions {
  readonly name?: string
  readonly city?: string
  readonly country?: string
  readonly network?: readonly string[]
  readonly parent?: string
}

/** The part of the house behind `placet touchpoint` and `placet terminal`. */
export interface TouchpointCommands {
  readonly touchpoints: {
    /** All of them, each after its parent, closed ones too. */
    list(): Promise<readonly (Touchpoint & { readonly depth: number })[]>
    add(
      command: PlaceOptions & { readonly id: string; readonly kind: TouchpointKind; readonly name: string },
    ): Promise<void>
    change(id: string, changes: PlaceOptions): Promise<void>
    /** Closes it and everything in it for good, and answers their codes. */
    close(id: string, reason: string): Promise<readonly string[]>
    /** Counted from the ledger; `at` with everything in it. Dates are instants or days of UTC. */
    report(span: {
      readonly from?: string
      readonly until?: string
      readonly at?: string
    }): Promise<readonly TouchpointCount[]>
  }
  readonly terminals: {
    list(): Promise<readonly Terminal[]>
    code(touchpointId: string): Promise<TerminalCode>
    /** One terminal, all of a place, or all there are. Answers those that worked until now. */
    revoke(at: string | undefined, reason: string): Promise<readonly string[]>
  }
}
