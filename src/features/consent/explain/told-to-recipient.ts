import type { ExplainedRule, Explanation } from './explain-decision.ts'
import { reasonWords } from './reason-words.ts'
import type { Known, KnownFact } from './what-was-known.ts'

/** What of an explanation concerns nobody but who asked: the answer, the rules it came by, and the facts it already has. */
export type ToldToRecipient = Pick<Explanation, 'decision' | 'at' | 'says' | 'cites' | 'knew'> & {
  readonly rules: readonly Omit<ExplainedRule, 'bases'>[]
}

/** Whether the account is in use, the address it was given, and how it is registered itself. */
const itsOwn: ReadonlySet<KnownFact> = new Set<KnownFact>(['account', 'contact-point', 'recipient'])

const known = ({ fact }: Known): boolean => itsOwn.has(fact)

/** Of the Union alone, since the articles of a place tell in which country the person lives. */
const ofTheUnion = ({ bases: _, ...rule }: ExplainedRule): Omit<ExplainedRule, 'bases'> =>
  rule.reason === undefined ? rule : { ...rule, cites: reasonWords[rule.reason].cites }

/**
 * An explanation for systems that are not the house's own: a right to ask for decisions is none to read data (GDPR
 * Art. 5(1)(b), (c)). Where the person lives and by which law, what they bought or signed, who else they refused, and which
 * bases were tried in vain (a soft opt-in that failed tells of no sale) stay with the house. Pure.
 */
export const toldToRecipient = ({ decision, at, says, rules, knew }: Explanation): ToldToRecipient => ({
  decision,
  at,
  says,
  cites: reasonWords[decision.reason].cites,
  rules: rules.map(ofTheUnion),
  knew: knew.filter(known),
})
