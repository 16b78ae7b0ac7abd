import type { DomainEvent, EventDeclaration } from '../../kernel/event.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'

const store = { touchpointId: { classification: 'internal', meaning: 'Code of the store.' } } as const

/** What enrolments, and how a store asks, tell others. */
export const enrolEvents = [
  {
    type: 'store.customer-enrolled',
    version: 1,
    when: 'A member of staff began to enrol somebody whom nobody knew; the address is not proven yet.',
    fields: store,
  },
  {
    type: 'store.enrolment-disowned',
    version: 1,
    when: 'Whoever reads an address that was enrolled in a store says that it was not them.',
    fields: store,
  },
  {
    type: 'store.opt-in-rate-implausible',
    version: 1,
    when: 'So many customers of a store say yes that the officer should ask how they are asked; once a week and store.',
    fields: {
      ...store,
      week: { classification: 'internal', meaning: 'ISO 8601 week, such as 2026-W47.' },
      finding: { classification: 'internal', meaning: 'above-others or nearly-everybody.' },
      people: { classification: 'internal', meaning: 'How many people answered.' },
      yes: { classification: 'internal', meaning: 'How many of them said yes to anything.' },
    },
  },
] as const satisfies readonly EventDeclaration[]

export const storeEvent = (
  entropy: Entropy,
  type: (typeof enrolEvents)[number]['type'],
  occurredAt: Date,
  payload: { readonly touchpointId: string; readonly [field: string]: string | number },
  subjectId?: SubjectId,
): DomainEvent => ({
  id: entropy.id<'event'>(),
  type,
  version: 1,
  occurredAt,
  payload,
  ...(subjectId === undefined ? {} : { subjectId }),
})
