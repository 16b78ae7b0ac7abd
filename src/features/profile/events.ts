import type { EventDeclaration } from '../../kernel/event.ts'

/** What this room tells others: that something changed, never to what. Whoever may know the value asks for it. */
export const profileEvents = [
  {
    type: 'profile.changed',
    version: 1,
    when: 'Attributes of a person were declared, corrected or taken back.',
    fields: {
      attributes: { classification: 'internal', meaning: 'Ids of the attributes that changed.' },
      provenance: { classification: 'internal', meaning: 'How the new values came to be known.' },
    },
  },
] as const satisfies readonly EventDeclaration[]
