import type { Instant } from '../calendar.ts'
import { hasContactPoints } from '../contact-points.ts'
import { Matter, type Query } from '../decision/matter.ts'
import { stops } from '../decision/suppression.ts'
import type { Facts } from '../facts.ts'
import { touches } from '../permission-key.ts'
import type { Localised } from '../published.ts'
import type { Registry } from '../registry.ts'
import { inBoth, knownWords, lostWords, onDay } from './known-words.ts'
import type { Lost } from './past-facts.ts'

/** What a decision rests on, in the order it is told. */
export const knownFacts = [
  'account',
  'residence',
  'birth-date',
  'contact-point',
  'acts',
  'dealings',
  'own-suppressions',
  'exclusion-lists',
  'other-accounts',
  'recipient',
] as const

export type KnownFact = (typeof knownFacts)[number]

/** One kind of fact as the house knew it at the instant; `known` is false where that cannot be told any more. */
export interface Known {
  readonly fact: KnownFact
  readonly known: boolean
  readonly says: Localised
}

interface Asked {
  readonly query: Query
  readonly facts: Facts
  readonly registry: Registry
  readonly at: Instant
  /** When the account began; undefined when that is not in question. */
  readonly since?: Instant | undefined
}

/**
 * Tells the house itself what it knew at the instant, as far as the question is about it: acts on this purpose, answers about
 * this address, dealings with this controller, stops of ours that reach it. Of what identifies somebody (when they were born, at which
 * address they are reached) only that it was known. What a recipient may hear of it, `toldToRecipient` picks out. Pure.
 */
export function whatWasKnown(asked: Asked, lost: ReadonlyMap<KnownFact, Lost> = new Map()): readonly Known[] {
  const account = lost.get('account')
  if (account?.why === 'erased' || account?.why === 'evidence-erased')
    return [{ fact: 'account', known: false, says: lostWords(account) }]
  return knownFacts.map((fact): Known => {
    const gap = lost.get(fact)
    const says = saysOf[fact](asked)
    return gap === undefined
      ? { fact, known: true, says }
      : { fact, known: false, says: inBoth(says, lostWords(gap)) }
  })
}

const matterOf = ({ query, facts, registry, at }: Asked): Matter => new Matter(query, facts, registry, at)

const saysOf: Readonly<Record<KnownFact, (asked: Asked) => Localised>> = {
  account: ({ facts, since, at }) =>
    since !== undefined && since > at ? knownWords.nobodyYet : knownWords.state[facts.subject.state],
  residence: ({ facts }) => knownWords.residence(facts.subject.jurisdiction),
  'birth-date': ({ facts }) =>
    facts.subject.birthDate === undefined ? knownWords.noBirthDate : knownWords.birthDate,
  'contact-point': (asked) => {
    const { contactChannel } = asked.query
    if (!hasContactPoints(contactChannel)) return knownWords.noContactPointNeeded
    return matterOf(asked).key.contactPoint === undefined
      ? knownWords.noContactPoint
      : knownWords.contactPoint
  },
  acts: (asked) => {
    const { key } = matterOf(asked)
    const acts = asked.facts.events.filter((event) => touches(event, key))
    const latest = Math.max(...acts.map(({ recordedAt, occurredAt }) => recordedAt ?? occurredAt))
    return acts.length === 0 ? knownWords.noActs : knownWords.acts(acts.length, onDay(latest))
  },
  dealings: ({ facts, query, at }) => {
    const { purchases, contracts } = facts.subject
    const open = contracts.filter(({ closedAt = Number.POSITIVE_INFINITY }) => closedAt > at)
    const own = <Dealing extends { readonly controller: string }>(all: readonly Dealing[]) =>
      all.filter(({ controller }) => controller === query.controller).length
    return knownWords.dealings(own(purchases), own(open))
  },
  'own-suppressions': (asked) => {
    const { key } = matterOf(asked)
    return knownWords.suppressions(
      asked.facts.suppression.internal.filter((entry) => stops(entry, key)).length,
    )
  },
  'exclusion-lists': (asked) => {
    const { key, pack } = matterOf(asked)
    const { checks = [], checkedAt } = asked.facts.suppression
    if (pack.exclusionLists.length === 0) return knownWords.noListsHere
    const latest = new Map<string, Instant>()
    for (const { list, contactPoint, contactChannel, at } of checks) {
      const meant =
        !hasContactPoints(key.contactChannel) ||
        (contactPoint === key.contactPoint && contactChannel === key.contactChannel)
      if (meant && pack.exclusionLists.includes(list)) latest.set(list, Math.max(at, latest.get(list) ?? at))
    }
    if (latest.size > 0)
      return knownWords.listsAsked([...latest].sort().map(([list, on]) => `${list} (${onDay(on)})`))
    return checkedAt === undefined ? knownWords.noListAsked : knownWords.listsAsked([onDay(checkedAt)])
  },
  'other-accounts': () => knownWords.otherAccounts,
  recipient: (asked) =>
    asked.registry.systems.has(asked.query.system) ? knownWords.recipient : knownWords.noRecipient,
}
