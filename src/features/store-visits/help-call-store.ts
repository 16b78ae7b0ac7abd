import type { StaffId } from '../../kernel/ids.ts'
import type { HelpCall, HelpCallId } from './help-call.ts'

export interface HelpCallReads {
  /** The open call of a screen; one that nobody answered in time is none. */
  ofTerminal(terminalId: string, now: Date): Promise<HelpCall | undefined>
  /** Open calls of these stores, the longest waiting first, by one query however many stores there are. */
  ofStores(storeIds: readonly string[], now: Date): Promise<readonly HelpCall[]>
}

/**
 * Port. Promises: a screen has one open call at most, of any number of touches at the same moment; of any number of hands
 * one takes a call. A call of another store is none, for whoever takes or finishes it.
 */
export interface HelpCallStore {
  /** False, with nothing changed, when the screen has an open call. One that is overdue makes way. */
  raise(call: HelpCall): Promise<boolean>
  take(callId: HelpCallId, by: HelpTaker, at: Date): Promise<HelpCall | undefined>
  /** Only a call that somebody took; any of its store may say so. */
  finish(callId: HelpCallId, by: HelpTaker, at: Date): Promise<HelpCall | undefined>
  /** The screen's open call, by whoever stands there or because nobody does any more. */
  end(terminalId: string, because: 'withdrawn' | 'visit-over', at: Date): Promise<HelpCall | undefined>
}

/** Somebody who works in these stores. */
export interface HelpTaker {
  readonly staffId: StaffId
  readonly storeIds: readonly string[]
}

export interface HelpStores {
  readonly helpCalls: HelpCallStore
}
