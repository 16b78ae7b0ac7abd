import type { Instant } from '../calendar.ts'
import type { Facts, SuppressionFacts } from '../facts.ts'
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
 * Of a list that was consulted again since then it is not known any more what it had said, because the last answer takes
 * the place of the one before: it counts as not consulted, so that nothing that rests on a clean list is called permitted.
 *
 * Not dated, and therefore taken as they are now: the state of the account, where the person lives, the date of birth,
 * which contact point is in use, and which accounts are the same person's.
 */
export function factsAsOf(facts: Facts, asOf: Instant): Facts {
  const known = (fact: { readonly recordedAt?: Instant | undefined }, at = asOf): boolean =>
    at <= asOf && (fact.recordedAt ?? at) <= asOf
  const events = facts.events.filter((event) => known(event, event.occurredAt))
  const { contracts, purchases } = facts.subject
  return {
    ...facts,
    events,
    subject: {
      ...facts.subject,
      contracts: contracts.filter((contract) => known(contract, contract.at)),
      purchases: purchases.filter((sale) => known(sale, sale.at)),
      restrictions: restrictionsFrom(events),
    },
    suppression: suppressionAsOf(facts, asOf),
    ...(facts.linked === undefined
      ? {}
      : { linked: facts.linked.map((other) => ({ ...other, facts: factsAsOf(other.facts, asOf) })) }),
  }
}

function suppressionAsOf({ suppression, linked = [] }: Facts, asOf: Instant): SuppressionFacts {
  const { internal, lifted = [], listings, checks, checkedAt } = suppression
  // A listing of another account is this person's too, and an answer about it may have been lost like one of ours.
  const lost = linked.some(({ facts }) => facts.suppression.checks?.some(({ at }) => at > asOf))
  return {
    internal: [
      ...internal.filter(({ recordedAt }) => recordedAt === undefined || recordedAt <= asOf),
      ...lifted.filter(({ recordedAt, liftedAt }) => recordedAt <= asOf && asOf < liftedAt),
    ],
    listings: listings.filter((listing) => listing.checkedAt === undefined || listing.checkedAt <= asOf),
    ...(checks === undefined ? {} : { checks: lost ? [] : checks.filter(({ at }) => at <= asOf) }),
    ...(checkedAt === undefined || checkedAt > asOf ? {} : { checkedAt }),
  }
}
