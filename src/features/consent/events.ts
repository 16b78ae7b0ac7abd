import type { DomainEvent, EventDeclaration } from '../../kernel/event.ts'
import type { EventId, ReceiptId, SubjectId } from '../../kernel/ids.ts'
import type { ConsentEvent } from './consent-event.ts'
import type { KeyDecision } from './key-decision.ts'

export interface ConsentRecordedPayload {
  readonly epoch: number
  readonly receiptId: string
  readonly facts: readonly {
    readonly eventId: string
    readonly type: string
    readonly controller: string
    readonly brand: string
    readonly purpose: string
    readonly contactChannel: string
  }[]
  readonly permissions: readonly {
    readonly brand: string
    readonly purpose: string
    readonly contactChannel: string
    readonly decision: 'PERMIT' | 'DENY'
    readonly validUntil: string | null
  }[]
  /** Apart from the others, so that nobody takes a yes for one kind of product for a yes to all; left out when there is none. */
  readonly byCategory?: readonly (ConsentRecordedPayload['permissions'][number] & {
    readonly campaignCategory: string
  })[]
}

export type ConsentRecorded = DomainEvent<'consent.recorded', ConsentRecordedPayload>

const permissionOf = ({ key, decision, validUntil }: KeyDecision) => ({
  brand: key.brand,
  purpose: key.purpose,
  contactChannel: key.contactChannel,
  decision,
  validUntil: validUntil === null ? null : new Date(validUntil).toISOString(),
})

const permissionsIn = (all: readonly KeyDecision[]) => {
  const byCategory = all.flatMap((one) => {
    const { campaignCategory } = one.key
    return campaignCategory === undefined ? [] : [{ ...permissionOf(one), campaignCategory }]
  })
  return {
    permissions: all.filter(({ key }) => key.campaignCategory === undefined).map(permissionOf),
    ...(byCategory.length === 0 ? {} : { byCategory }),
  }
}

/** Facts and what follows from them, by name; never a value about the person. */
export const consentRecorded = (
  id: EventId,
  act: {
    readonly subjectId: SubjectId
    readonly at: Date
    readonly epoch: number
    readonly receiptId: ReceiptId
    readonly events: readonly ConsentEvent[]
    readonly permissions: readonly KeyDecision[]
  },
): ConsentRecorded => ({
  id,
  type: 'consent.recorded',
  version: 1,
  occurredAt: act.at,
  subjectId: act.subjectId,
  payload: {
    epoch: act.epoch,
    receiptId: act.receiptId,
    facts: act.events.map(({ id: eventId, type, controller, brand, purpose, contactChannel }) => ({
      eventId,
      type,
      controller,
      brand,
      purpose,
      contactChannel,
    })),
    ...permissionsIn(act.permissions),
  },
})

export interface PermissionsChangedPayload {
  readonly epoch: number
  readonly because: string
  readonly permissions: ConsentRecordedPayload['permissions']
  readonly byCategory?: ConsentRecordedPayload['byCategory']
}

/** Something other than the person's own word changed what may be done. */
export const permissionsChanged = (
  id: EventId,
  change: {
    readonly subjectId: SubjectId
    readonly at: Date
    readonly epoch: number
    readonly because: string
    readonly permissions: readonly KeyDecision[]
  },
): DomainEvent<'consent.permissions-changed', PermissionsChangedPayload> => ({
  id,
  type: 'consent.permissions-changed',
  version: 1,
  occurredAt: change.at,
  subjectId: change.subjectId,
  payload: {
    epoch: change.epoch,
    because: change.because,
    ...permissionsIn(change.permissions),
  },
})

export const consentEventDeclarations: readonly EventDeclaration[] = [
  {
    type: 'consent.recorded',
    version: 1,
    when: 'A person said yes or no, took a yes back, put a question off, or objected.',
    fields: {
      epoch: { classification: 'internal', meaning: 'Number of the act in the ledger of the person' },
      receiptId: { classification: 'internal', meaning: 'The receipt the person was given' },
      facts: { classification: 'personal', meaning: 'The facts appended, by kind and permission key' },
      permissions: {
        classification: 'personal',
        meaning: 'What may be done now, for every key that was decided again',
      },
      byCategory: {
        classification: 'personal',
        meaning: 'The same for campaigns of one product category, of customers who bought something similar',
      },
    },
  },
  {
    type: 'consent.permissions-changed',
    version: 1,
    when: 'A purchase, a contract, a complaint, a bounce, an exclusion list, a date of birth, or another account of the same person changed what may be done.',
    fields: {
      epoch: { classification: 'internal', meaning: 'Number of the fact in the ledger of the person' },
      because: { classification: 'internal', meaning: 'The kind of fact, as the audit trail names it' },
      permissions: { classification: 'personal', meaning: 'What may be done now, for every key' },
      byCategory: {
        classification: 'personal',
        meaning: 'The same for campaigns of one product category, of customers who bought something similar',
      },
    },
  },
]
