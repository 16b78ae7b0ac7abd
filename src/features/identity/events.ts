import type { DomainEvent, EventDeclaration } from '../../kernel/event.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'
import { linkingEvents } from './linking/events.ts'

const subjectOnly = {} as const
const passkey = {
  passkeyId: { classification: 'internal', meaning: 'Which of the passkeys of the subject.' },
} as const

/** What this room tells others. None of it carries a value about a person. */
export const identityEvents = [
  // Links have a folder of their own; the catalogue of events reads this file.
  ...linkingEvents,
  { type: 'subject.registered', version: 1, when: 'A person created an account.', fields: subjectOnly },
  {
    type: 'subject.locked',
    version: 1,
    when: 'An account was locked by staff or by a rule.',
    fields: subjectOnly,
  },
  { type: 'subject.unlocked', version: 1, when: 'A locked account was opened again.', fields: subjectOnly },
  { type: 'passkey.added', version: 1, when: 'A passkey was added to an account.', fields: passkey },
  { type: 'passkey.removed', version: 1, when: 'A passkey was removed from an account.', fields: passkey },
  {
    type: 'passkey.counter-regressed',
    version: 1,
    when: 'A passkey answered with a signature counter that did not advance: it may have been copied (WebAuthn L3 7.2).',
    fields: passkey,
  },
  { type: 'password.set', version: 1, when: 'A password was set or changed.', fields: subjectOnly },
] as const satisfies readonly EventDeclaration[]

export type IdentityEventType = (typeof identityEvents)[number]['type']

export const identityEvent = (
  entropy: Entropy,
  type: IdentityEventType,
  subjectId: SubjectId,
  occurredAt: Date,
  payload: object = {},
): DomainEvent => ({ id: entropy.id<'event'>(), type, version: 1, occurredAt, subjectId, payload })
