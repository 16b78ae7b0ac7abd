import type { StaffId, SubjectId } from './ids.ts'

/** How sure we are of who acts. Values travel in tokens as `acr`; see docs/adr for the mapping. */
export type Assurance = 'none' | 'code' | 'password' | 'passkey'

const order: readonly Assurance[] = ['none', 'code', 'password', 'passkey']

/** True when `reached` is at least `needed`. A one-time code ranks below a password: whoever reads the mail has it. */
export const meets = (reached: Assurance, needed: Assurance): boolean =>
  order.indexOf(reached) >= order.indexOf(needed)

export type StaffRole = 'admin' | 'dpo' | 'agent' | 'store-manager' | 'store-staff'

/** Who acts. The customer is the only one who can say yes for the customer; everybody else is named beside them. */
export type Actor =
  | {
      readonly kind: 'subject'
      readonly subjectId: SubjectId
      readonly assurance: Assurance
      readonly sessionRef?: string
    }
  | { readonly kind: 'guardian'; readonly guardianId: SubjectId; readonly assurance: Assurance }
  | {
      readonly kind: 'staff'
      readonly staffId: StaffId
      readonly roles: readonly StaffRole[]
      readonly assurance: Assurance
    }
  | { readonly kind: 'client'; readonly clientId: string; readonly scopes?: readonly string[] }
  | { readonly kind: 'system'; readonly name: string }
  | { readonly kind: 'anonymous' }

/** A short, non-personal name for logs and the audit trail, such as `staff:0198…`. */
export function actorRef(actor: Actor): string {
  switch (actor.kind) {
    case 'subject':
      return `subject:${actor.subjectId}`
    case 'guardian':
      return `guardian:${actor.guardianId}`
    case 'staff':
      return `staff:${actor.staffId}`
    case 'client':
      return `client:${actor.clientId}`
    case 'system':
      return `system:${actor.name}`
    case 'anonymous':
      return 'anonymous'
  }
}
