import type { DomainEvent, EventDeclaration } from '../../kernel/event.ts'
import type { Entropy } from '../../kernel/ids.ts'

const code = {
  touchpointId: { classification: 'internal', meaning: 'Code of the touchpoint.' },
} as const

/** What this room tells others: places and machines, never people. */
export const touchpointEvents = [
  {
    type: 'touchpoint.changed',
    version: 1,
    when: 'A touchpoint was registered, changed or closed.',
    fields: {
      ...code,
      kind: { classification: 'internal', meaning: 'brand, region, store, terminal or desk.' },
      state: { classification: 'internal', meaning: 'open or closed.' },
    },
  },
  {
    type: 'terminal.enrolled',
    version: 1,
    when: 'A terminal brought its key with a code of a member of staff.',
    fields: {
      ...code,
      keyThumbprint: { classification: 'internal', meaning: 'RFC 7638 thumbprint of its public key.' },
    },
  },
  {
    type: 'terminal.revoked',
    version: 1,
    when: 'A terminal may not act any more: its client is disabled and its tokens are dead.',
    fields: { ...code, reason: { classification: 'internal', meaning: 'Why, in words of whoever did it.' } },
  },
] as const satisfies readonly EventDeclaration[]

export const touchpointEvent = (
  entropy: Entropy,
  type: (typeof touchpointEvents)[number]['type'],
  occurredAt: Date,
  payload: { readonly touchpointId: string; readonly [field: string]: string },
): DomainEvent => ({ id: entropy.id<'event'>(), type, version: 1, occurredAt, payload })
