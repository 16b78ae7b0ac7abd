import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { InternalSuppression } from '../facts.ts'
import { mustBeOfficer } from '../officer.ts'
import type { SuppressionReason } from './circumstance-store.ts'
import {
  type CircumstanceCommand,
  type CircumstanceParts,
  type Kept,
  keepCircumstance,
} from './keep-circumstance.ts'

interface Scope {
  /** `*`: on every contact channel. */
  readonly contactChannel: ContactChannel | '*'
  /** Left out: every contact point of the channel. */
  readonly contactPoint?: string
}

export interface SuppressContact extends CircumstanceCommand, Scope {
  readonly reason: SuppressionReason
  readonly source: string
}

const sameScope = (entry: InternalSuppression, scope: Scope): boolean =>
  entry.contactChannel === scope.contactChannel && entry.contactPoint === scope.contactPoint

/**
 * Puts a contact point, a contact channel or the whole person on our own register: a complaint, a hard bounce or a court
 * order. No marketing goes there from now on, whatever was agreed to.
 */
export async function suppressContact(parts: CircumstanceParts, command: SuppressContact): Promise<Kept> {
  const { subjectId, contactChannel, contactPoint, reason, source } = command
  return keepCircumstance(
    parts,
    { ...command, action: 'consent.contact-suppressed', facts: { contactChannel, reason, source } },
    ({ facts }, recordedAt) => {
      const { internal } = facts.suppression
      if (internal.some((entry) => sameScope(entry, command) && entry.reason === reason)) return undefined
      const entry = { contactChannel, contactPoint, reason }
      return {
        facts: { ...facts, suppression: { ...facts.suppression, internal: [...internal, entry] } },
        write: (store) =>
          store.addSuppression({
            subjectId,
            suppressionId: parts.entropy.id<'suppression'>(),
            contactChannel,
            contactPoint,
            reason,
            source,
            recordedAt,
          }),
      }
    },
  )
}

/** Ends the suppressions of this very scope, by the officer alone: a complaint does not heal because somebody sells more. */
export async function liftSuppression(
  parts: CircumstanceParts,
  command: CircumstanceCommand & Scope,
): Promise<Kept> {
  const { subjectId, contactChannel, contactPoint } = command
  mustBeOfficer(command)
  return keepCircumstance(
    parts,
    { ...command, action: 'consent.suppression-lifted', facts: { contactChannel } },
    ({ facts }, at) => {
      const { internal } = facts.suppression
      const left = internal.filter((entry) => !sameScope(entry, command))
      if (left.length === internal.length) return undefined
      return {
        facts: { ...facts, suppression: { ...facts.suppression, internal: left } },
        write: (store) => store.liftSuppressions(subjectId, { contactChannel, contactPoint }, at),
      }
    },
  )
}
