import type { Restriction } from '../restriction.ts'
import { isInForce, restricts } from '../restriction.ts'
import type { Matter, Rule } from './matter.ts'
import { deny } from './matter.ts'

/** The restrictions in force that this use falls under; none when the purpose has a ground of Art. 18(2) of its own. */
export const againstUse = ({ query, purpose, facts, watch }: Matter): readonly Restriction[] =>
  purpose.restrictionExempt !== undefined
    ? []
    : facts.subject.restrictions.filter(
        (entry) => restricts(entry, query.purpose, query.attribute) && isInForce(entry, watch),
      )

export const isRestricted = (matter: Matter): boolean => againstUse(matter).length > 0

/**
 * Rule 5. Restricted data are stored and not used (GDPR Art. 18(1)), unless the person agreed to this very use while
 * knowing of the restriction (18(2)). An earlier consent is not that, nor one for a restriction since lifted; and a
 * contract is no ground at all: an order in progress is kept going by restricting less than everything.
 */
export const restriction: Rule = (matter) => {
  const against = againstUse(matter)
  if (against.length === 0) return undefined
  const { state, by } = matter.standing()
  const agreed =
    by?.duringRestriction === true &&
    state === 'GIVEN' &&
    against.every((entry) => by.occurredAt >= entry.since)
  return agreed ? undefined : deny('RESTRICTED')
}
