import type { DomainEvent, EventDeclaration } from '../../kernel/event.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Call } from './call.ts'
import { agentReference } from './call-reference.ts'

const ofCall = {
  callId: { classification: 'internal', meaning: 'The call, by the id the API gave for it.' },
  reference: { classification: 'internal', meaning: 'The call as people say it.' },
  externalCall: { classification: 'internal', meaning: "The telephony system's own id of it, or null." },
  agent: { classification: 'internal', meaning: 'Pseudonym of the agent.' },
  touchpoint: { classification: 'internal', meaning: 'The desk or store where it is taken.' },
} as const

/** What this room tells others: about calls and agents, and never about whom they are with. */
export const callEvents = [
  {
    type: 'call.opened',
    version: 1,
    when: 'An agent took a call.',
    fields: { ...ofCall, match: { classification: 'internal', meaning: 'none, one or many.' } },
  },
  {
    type: 'call.verified',
    version: 1,
    when: 'The caller was verified, or verified better than before.',
    fields: {
      ...ofCall,
      assurance: { classification: 'internal', meaning: 'code, call-back or own-device.' },
    },
  },
  {
    type: 'call.checks-stopped',
    version: 1,
    when: 'Two checks failed; nobody is verified in this call any more.',
    fields: ofCall,
  },
  { type: 'call.dropped', version: 1, when: 'The line was lost.', fields: ofCall },
  {
    type: 'call.resumed',
    version: 1,
    when: 'The agent took up a dropped call again.',
    fields: {
      ...ofCall,
      assurance: {
        classification: 'internal',
        meaning: 'What is left of it, which is none: whoever is on the line now may be somebody else.',
      },
    },
  },
  {
    type: 'call.ended',
    version: 1,
    when: 'The call is over, and with it every verification in it.',
    fields: {
      ...ofCall,
      assurance: { classification: 'internal', meaning: 'What was reached.' },
      summary: { classification: 'internal', meaning: 'What it came to, of a closed list, or null.' },
    },
  },
  {
    type: 'call.choices-told',
    version: 1,
    when: 'An agent recorded what the caller said. A yes permits nothing until the customer confirms it.',
    fields: {
      ...ofCall,
      pending: { classification: 'internal', meaning: 'How many yeses wait for the customer.' },
      told: { classification: 'internal', meaning: 'How many noes count already.' },
    },
  },
  {
    type: 'call.disowned',
    version: 1,
    when: 'An alarm: the customer says that what was recorded in a call was not them. It was undone.',
    fields: ofCall,
  },
  {
    type: 'call.look-ups-unusual',
    version: 1,
    when: 'An alarm: an agent looks up people of whom hardly any is ever verified. At most once a day and agent.',
    fields: {
      agent: ofCall.agent,
      touchpoint: ofCall.touchpoint,
      lookUps: { classification: 'internal', meaning: 'Look-ups of the last seven days.' },
      verified: { classification: 'internal', meaning: 'Callers verified in the same days.' },
    },
  },
] as const satisfies readonly EventDeclaration[]

export type CallEventType = (typeof callEvents)[number]['type']

/** The agent as others see them, the same in every call, so that one agent's alarms come together. */
export const namesOf = (
  call: Pick<Call, 'id' | 'reference' | 'externalCall' | 'agentId' | 'touchpoint'>,
) => ({
  callId: call.id,
  reference: call.reference,
  externalCall: call.externalCall ?? null,
  agent: agentReference(call.agentId),
  touchpoint: call.touchpoint,
})

export const callEvent = (
  entropy: Entropy,
  type: CallEventType,
  occurredAt: Date,
  payload: object,
): DomainEvent => ({ id: entropy.id<'event'>(), type, version: 1, occurredAt, payload })
