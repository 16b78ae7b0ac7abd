import type { DomainEvent, EventDeclaration } from '../../kernel/event.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'
import { enrolEvents } from './enrol-events.ts'
import { helpEvents } from './help-events.ts'

/** What this room tells others: that it happened and where, never what was seen. */
export const storeVisitEvents = [
  ...enrolEvents,
  ...helpEvents,
  {
    type: 'loyalty-card.issued',
    version: 1,
    when: 'A person asked for a loyalty card and got a number.',
    fields: {},
  },
  {
    type: 'loyalty-card.presented',
    version: 1,
    when: 'A card, or a code of it, was shown at a till.',
    fields: {
      touchpointId: { classification: 'personal', meaning: 'Code of the till or store it was shown at.' },
      level: { classification: 'internal', meaning: 'L1, L2 or L3: how surely it was them.' },
      late: { classification: 'internal', meaning: 'True where a till without a connection told it later.' },
      repeated: { classification: 'internal', meaning: 'True where that very code had been shown before.' },
    },
  },
] as const satisfies readonly EventDeclaration[]

export type StoreVisitEventType = (typeof storeVisitEvents)[number]['type']

export const storeVisitEvent = (
  entropy: Entropy,
  type: StoreVisitEventType,
  subjectId: SubjectId,
  occurredAt: Date,
  payload: object = {},
): DomainEvent => ({ id: entropy.id<'event'>(), type, version: 1, occurredAt, subjectId, payload })
