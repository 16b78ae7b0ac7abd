import type { Classification } from './classification.ts'
import type { EventId, SubjectId } from './ids.ts'

/** A thing that happened, on its way to whoever must hear of it. `version` is of the type's payload shape. */
export interface DomainEvent<Type extends string = string, Payload extends object = object> {
  readonly id: EventId
  readonly type: Type
  readonly version: number
  readonly occurredAt: Date
  readonly subjectId?: SubjectId
  readonly payload: Payload
}

/** What a feature's `events.ts` declares for each type; `docs/events.md` is generated from these. */
export interface EventDeclaration {
  readonly type: string
  readonly version: number
  readonly when: string
  readonly fields: Readonly<
    Record<string, { readonly classification: Classification; readonly meaning: string }>
  >
}
