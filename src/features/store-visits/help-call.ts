import type { Id, StaffId } from '../../kernel/ids.ts'

export type HelpCallId = Id<'help-call'>

/** After this long nobody stands there any more; in minutes. */
export const helpCallMinutes = 15

/** Somebody at a screen of a store wants a person to come. Who they are is nobody's business. */
export interface HelpCall {
  readonly id: HelpCallId
  readonly storeId: string
  readonly terminalId: string
  readonly raisedAt: Date
  readonly takenAt?: Date
  readonly takenBy?: StaffId
}

/** What the screen says: nothing, "we have told somebody", or "somebody is coming". */
export type HelpState = 'none' | 'raised' | 'coming'

export const helpStateOf = (call: HelpCall | undefined): HelpState =>
  call === undefined ? 'none' : call.takenAt === undefined ? 'raised' : 'coming'
