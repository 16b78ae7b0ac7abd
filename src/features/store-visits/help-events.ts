import type { DomainEvent, EventDeclaration } from '../../kernel/event.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { HelpCall } from './help-call.ts'

const where = {
  callId: { classification: 'internal', meaning: 'The call.' },
  storeId: { classification: 'internal', meaning: 'Code of the store.' },
  terminalId: { classification: 'internal', meaning: 'Code of the screen.' },
} as const

/** What a store hears of its screens: that somebody wants a person to come. Never who. */
export const helpEvents = [
  {
    type: 'help-call.raised',
    version: 1,
    when: 'Somebody at a screen of a store asked for a person.',
    fields: where,
  },
  {
    type: 'help-call.taken',
    version: 1,
    when: 'A member of staff said that they are on their way.',
    fields: where,
  },
  {
    type: 'help-call.withdrawn',
    version: 1,
    when: 'Whoever had asked needs nobody any more.',
    fields: where,
  },
  {
    type: 'help-call.done',
    version: 1,
    when: 'A member of staff said that whoever asked was helped.',
    fields: where,
  },
  {
    type: 'help-call.lapsed',
    version: 1,
    when: 'The visit at the screen ended, and with it the call that was open there.',
    fields: where,
  },
] as const satisfies readonly EventDeclaration[]

export const helpEvent = (
  entropy: Entropy,
  type: (typeof helpEvents)[number]['type'],
  occurredAt: Date,
  { id, storeId, terminalId }: HelpCall,
): DomainEvent => ({
  id: entropy.id<'event'>(),
  type,
  version: 1,
  occurredAt,
  payload: { callId: id, storeId, terminalId },
})
