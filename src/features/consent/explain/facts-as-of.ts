import type { Instant } from '../calendar.ts'
import type { Facts } from '../facts.ts'
import { restrictionsFrom } from '../restriction.ts'

/**
 * The facts of a person as they stood at a past instant. A fact has two times: when it happened and when it was recorded,
 * so "as of 3 March" can mean two things.
 *
 * - As we know it now: everything that happened until then, whenever it was recorded. What a judge may ask.
 * - As it was answered then: only what had happened *and* had been recorded by then. What the house could know, hence
 *   what it did, and what it has to account for (GDPR Art. 5(2)).
 *
 * This is the second: a withdrawal of 1 March that a shop sent in on 10 March does not make the mail of 3 March look as
 * if it had been sent against better knowledge. Consultations of lists made later did not exist either.
 *
 * Not dated, and therefore taken as they are now: the state of the account, where the person lives, the date of birth,
 * and which contact point is in use. Contracts and purchases carry their own dates, which the decision itself looks at.
 */
export function factsAsOf(facts: Facts, asOf: Instant): Facts {
  const events = facts.events.filter(
    ({ occurredAt, recordedAt }) => occurredAt <= asOf && (recordedAt ?? occurredAt) <= asOf,
  )
  const { checkedAt, ...suppression } = facts.suppression
  return {
    ...facts,
    events,
    subject: { ...facts.subject, restrictions: restrictionsFrom(events) },
    suppression: checkedAt !== undefined && checkedAt <= asOf ? { ...suppression, checkedAt } : suppression,
  }
}
