import type { DisclosureId, SubjectId } from '../../kernel/ids.ts'
import type { LegalBasis } from '../consent/index.ts'

/** By which door it left. */
export type Exit = 'userinfo' | 'introspection' | 'id_token' | 'agent-console' | 'till'

/** One release to one recipient: which attributes, for what, on which ground. Never a value. */
export interface Disclosure {
  readonly disclosureId: DisclosureId
  readonly subjectId: SubjectId
  readonly recipientId: string
  readonly clientId: string
  readonly purpose: string
  readonly purposeVersion: number
  readonly attributes: readonly string[]
  readonly exit: Exit
  readonly basis: LegalBasis
  /** The consent it rests on, when it rests on one. */
  readonly evidenceEventId: string | undefined
  readonly disclosedAt: Date
  /** The place it went to, where it went to one: a till, a store. */
  readonly touchpoint?: string | undefined
}
