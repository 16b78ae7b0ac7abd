import type { DomainEvent, EventDeclaration } from '../../../kernel/event.ts'
import type { Entropy, SubjectId } from '../../../kernel/ids.ts'

const link = { classification: 'internal', meaning: 'The link, by its id' } as const
const view = {
  linkId: link,
  canonical: { classification: 'personal', meaning: 'The account by which the person is named from now on' },
  members: { classification: 'personal', meaning: 'All accounts that are this person’s from now on' },
} as const

/** What linking tells others; every account whose person is made up otherwise hears of it in its own order. */
export const linkingEvents = [
  { type: 'subject.linked', version: 1, when: 'Two accounts were found to be one person’s.', fields: view },
  {
    type: 'subject.unlinked',
    version: 1,
    when: 'A link between two accounts ended.',
    fields: {
      ...view,
      mistaken: {
        classification: 'internal',
        meaning: 'It was never true: recipients correct what they mixed, and a breach is looked into',
      },
    },
  },
  {
    type: 'subject.breach-assessment-opened',
    version: 1,
    when: 'A link ended as one that never was true: each of two people may have been answered by the other’s word, and whoever looks into breaches assesses it (GDPR Art. 33).',
    fields: {
      linkId: link,
      other: { classification: 'personal', meaning: 'The account it was mixed with' },
      since: { classification: 'internal', meaning: 'When the link began' },
      awareAt: { classification: 'internal', meaning: 'When the mistake was known' },
      notifyBy: {
        classification: 'internal',
        meaning: 'Until when the authority hears of it, if there is a risk: 72 hours after it was known',
      },
    },
  },
  {
    type: 'subject.kept-apart',
    version: 1,
    when: 'Somebody looked and found two people behind two accounts.',
    fields: { linkId: link },
  },
  {
    type: 'subject.link-alarm',
    version: 1,
    when: 'A link would have joined two people or too many accounts, or made a cluster unusually large.',
    fields: {
      reason: {
        classification: 'internal',
        meaning: 'The refusal, or CLUSTER_LARGE when it was linked all the same',
      },
      rule: { classification: 'internal', meaning: 'The rule that produced the link' },
      size: { classification: 'internal', meaning: 'How many accounts the person would have or has' },
    },
  },
] as const satisfies readonly EventDeclaration[]

export const linkingEvent = (
  entropy: Entropy,
  type: (typeof linkingEvents)[number]['type'],
  subjectId: SubjectId,
  occurredAt: Date,
  payload: object,
): DomainEvent => ({ id: entropy.id<'event'>(), type, version: 1, occurredAt, subjectId, payload })
