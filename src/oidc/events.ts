import type { DomainEvent, EventDeclaration } from '../kernel/event.ts'
import type { Entropy, SubjectId } from '../kernel/ids.ts'

const where = {
  touchpointId: { classification: 'internal', meaning: 'The terminal whose screen showed the code.' },
  clientId: { classification: 'internal', meaning: 'Its client.' },
} as const

const askedByCall = {
  clientId: { classification: 'internal', meaning: 'The client that asked.' },
  agent: { classification: 'internal', meaning: 'The agent it asked for, as staff:<id>.' },
  touchpointId: { classification: 'internal', meaning: 'Where the client stands, or null.' },
} as const

/** What the protocol tells others: alarms about codes on the screens of stores and requests on the telephone. None carries a value about a person. */
export const oidcEvents = [
  {
    type: 'device-flow.killed',
    version: 1,
    when: 'A sign-in at a kiosk was ended because it looked like somebody else’s, and what it had given was revoked (RFC 10027).',
    fields: {
      ...where,
      because: {
        classification: 'internal',
        meaning: 'wrong-number, second-account, second-network or reported (by the customer).',
      },
    },
  },
  {
    type: 'device-flow.start-refused',
    version: 1,
    when: 'The key of a terminal was used from outside the networks it is registered for, or for a place that is closed.',
    fields: where,
  },
  {
    type: 'terminal.misplaced',
    version: 1,
    when: 'The key of a terminal was used at its screen’s addresses from outside the networks it is registered for, or for a place that is closed.',
    fields: where,
  },
  {
    type: 'call-approval.reported',
    version: 1,
    when: 'A customer said that a request on the telephone was not theirs: what it gave was revoked, and the client can no longer ask them.',
    fields: askedByCall,
  },
  {
    type: 'call-approval.asked-too-often',
    version: 1,
    when: 'An agent, or a client for all of its agents, asked more customers than the quota allows and is refused; told once in an hour.',
    fields: askedByCall,
  },
  {
    type: 'call-approval.prompts-held-back',
    version: 1,
    when: 'One customer was to be asked again and again within minutes; the messages were not sent. Told once in an hour.',
    fields: askedByCall,
  },
] as const satisfies readonly EventDeclaration[]

export const oidcEvent = (
  entropy: Entropy,
  type: (typeof oidcEvents)[number]['type'],
  occurredAt: Date,
  payload: object,
  subjectId?: SubjectId,
): DomainEvent => ({
  id: entropy.id<'event'>(),
  type,
  version: 1,
  occurredAt,
  payload,
  ...(subjectId === undefined ? {} : { subjectId }),
})
