import type { DomainEvent, EventDeclaration } from '../../kernel/event.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'

const request = {
  requestId: { classification: 'internal', meaning: 'The request, by its id' },
  reference: { classification: 'internal', meaning: 'What it is called on the telephone and in messages' },
  right: { classification: 'personal', meaning: 'What the person asked for' },
} as const

/** What this room tells others. The person's own words are in none of it. */
export const privacyRequestEvents = [
  {
    type: 'privacy-request.opened',
    version: 1,
    when: 'A person asked for one of their rights, or somebody wrote it down for them.',
    fields: {
      ...request,
      due: { classification: 'internal', meaning: 'The last day for the answer, as an ISO date' },
      channel: { classification: 'internal', meaning: 'Where it was taken in' },
      openedBy: { classification: 'internal', meaning: 'subject, staff or client' },
    },
  },
  {
    type: 'privacy-request.withdrawn',
    version: 1,
    when: 'The person took their request back.',
    fields: request,
  },
  {
    type: 'privacy-request.not-mine',
    version: 1,
    when: 'A person said that they never asked for what somebody else had opened in their name: an alarm, for somebody fished for data or made a mistake.',
    fields: {
      ...request,
      channel: { classification: 'internal', meaning: 'Where it had been taken in' },
      openedBy: { classification: 'internal', meaning: 'staff or client' },
      by: { classification: 'internal', meaning: 'Who had opened it, as the audit trail names them' },
    },
  },
] as const satisfies readonly EventDeclaration[]

export const requestEvent = (
  entropy: Entropy,
  type: (typeof privacyRequestEvents)[number]['type'],
  subjectId: SubjectId,
  occurredAt: Date,
  payload: object,
): DomainEvent => ({ id: entropy.id<'event'>(), type, version: 1, occurredAt, subjectId, payload })
