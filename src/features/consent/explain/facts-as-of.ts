import type { Instant } from '../calendar.ts'
import type { Facts, SuppressionFacts } from '../facts.ts'
import { restrictionsFrom } from '../restriction.ts'

/**
 * What is only ever added to, as it stood at a past instant: acts, sales, contracts, our own suppressions, answers of lists.
 * A fact has two times: when it happened and when it was recorded, so "as of 3 March" can mean two things.
 *
 * - As we know it now: everything that happened until then, whenever it was recorded. What a judge may ask.
 * - As it was answered then: only what had been recorded by then. What the house could know, hence what it did, and what it
 *   has to account for (GDPR Art. 5(2)).
 *
 * This is the second: a withdrawal of 1 March that a shop sent in on 10 March does not make the mail of 3 March look as
 * if it had been sent against better knowledge. What had been recorded of a day still to come, such as by a till whose clock
 * was fast, had been recorded: the decision itself waits for the day. A contract that ended later had no end yet.
 *
 * What is replaced when it changes (state, residence, birth date, contact points, links) is read as of the instant by
 * `PastFacts`, which calls this for the rest. Whether a guardian was verified is pinned in the act, and needs no history. A
 * fact is dated when its transaction begins: an answer given in the milliseconds until it committed did not know it yet.
 */
export function factsAsOf(facts: Facts, asOf: Instant): Facts {
  const known = (recordedAt: Instant | undefined, happenedAt: Instant): boolean =>
    (recordedAt ?? happenedAt) <= asOf
  const events = facts.events.filter((event) => known(event.recordedAt, event.occurredAt))
  const { contracts, purchases } = facts.subject
  return {
    ...facts,
    events,
    subject: {
      ...facts.subject,
      contracts: contracts
        .filter((contract) => known(contract.recordedAt, contract.at))
        .map((contract) =>
          contract.closedAt !== undefined && contract.closedAt > asOf
            ? { ...contract, closedAt: undefined }
            : contract,
        ),
      purchases: purchases.filter((sale) => known(sale.recordedAt, sale.at)),
      restrictions: restrictionsFrom(events),
    },
    suppression: suppressionAsOf(facts.suppression, asOf),
    ...(facts.linked === undefined
      ? {}
      : { linked: facts.linked.map((other) => ({ ...other, facts: factsAsOf(other.facts, asOf) })) }),
  }
}

function suppressionAsOf(
  { internal, lifted = [], listings, checks, checkedAt }: SuppressionFacts,
  asOf: Instant,
): SuppressionFacts {
  return {
    internal: [
      ...internal.filter(({ recordedAt }) => recordedAt === undefined || recordedAt <= asOf),
      ...lifted.filter(({ recordedAt, liftedAt }) => recordedAt <= asOf && asOf < liftedAt),
    ],
    listings: listings.filter((listing) => listing.checkedAt === undefined || listing.checkedAt <= asOf),
    ...(checks === undefined ? {} : { checks: checks.filter(({ at }) => at <= asOf) }),
    ...(checkedAt === undefined || checkedAt > asOf ? {} : { checkedAt }),
  }
}
