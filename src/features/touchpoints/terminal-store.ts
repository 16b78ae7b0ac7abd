import type { Terminal } from './terminal.ts'

/**
 * Port: codes and keys of terminals within one unit of work. Promises: a code is consumed by one statement that lets
 * exactly one of many callers through, and only before its end by the database's clock, which all processes share; the
 * newest code of a terminal is the only one that works.
 */
export interface TerminalStore {
  /** Returns its end. */
  addCode(codeHash: Uint8Array, touchpointId: string, issuedBy: string, at: Date): Promise<Date>
  /** Whether this is a code that works. Locks nothing, and answers anybody: it settles who has to be waited for, no more. */
  knowsCode(codeHash: Uint8Array): Promise<boolean>
  /** Which terminal the code was for; undefined when it is wrong, used or over. */
  consumeCode(codeHash: Uint8Array): Promise<string | undefined>
  /** Takes back codes that nobody has used yet. */
  dropCodes(touchpointIds: readonly string[]): Promise<void>
  /** Takes the place of any earlier key of this terminal. */
  enrol(touchpointId: string, keyThumbprint: string, at: Date): Promise<void>
  /** The terminals among these that were enrolled until now. */
  revoke(touchpointIds: readonly string[], at: Date): Promise<readonly string[]>
}

/** Port: terminals as they are listed, whatever their state. */
export interface TerminalReads {
  list(): Promise<readonly Terminal[]>
}
