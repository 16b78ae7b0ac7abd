import type { AgeFacts, BirthDate } from '../age.ts'
import { birthday } from '../age.ts'
import type { ConsentEvent } from '../consent-event.ts'
import type { Facts, SuppressionFacts } from '../facts.ts'
import { isNo, mergeSides } from '../merge.ts'
import { covers, type PermissionKey, touches } from '../permission-key.ts'
import type { Restriction } from '../restriction.ts'
import type { LinkedProfile } from './linked-profile.ts'
import { withstands } from './merge-cluster.ts'
import { type Judging, type KeySide, sideOfKey } from './side-of-key.ts'

/** The one question a view is made for. */
export interface ClusterQuestion extends Judging {
  readonly key: PermissionKey
  readonly attribute: string
}

/**
 * What the decision about one account reads when the person has others. Its own facts, and of the others what is of the
 * person and not of the account: a no and an objection (unless its own yes withstands them by the merge rule), a complaint
 * or an exclusion, the younger of two birth dates, a restriction of what both hold. A yes of another account is lent for the
 * contact point both know, or where there is none, and only for a value known to come from a source its notice named: a yes
 * that spoke of the web does not open the till's receipts. Nothing is written or moved: unlinked, each reads its own again.
 */
export function factsInCluster(own: Facts, question: ClusterQuestion): Facts {
  const { linked } = own
  if (linked === undefined || linked.length === 0) return own
  const age = youngest(own, linked, question)
  return {
    ...own,
    // The view is made once; whoever is handed it sees an account like any other.
    linked: undefined,
    subject: {
      ...own.subject,
      ...age,
      restrictions: [...own.subject.restrictions, ...linked.flatMap((one) => restrictionsOn(own, one))],
    },
    suppression: linked.reduce(withSuppressionOf, own.suppression),
    events: eventsFor(own, linked, age, question),
  }
}

function eventsFor(
  own: Facts,
  linked: readonly LinkedProfile[],
  age: AgeFacts,
  question: ClusterQuestion,
): readonly ConsentEvent[] {
  const { key } = question
  const mine = sideOfKey('', own, key, age, question)
  const others = linked.map((profile) => sideOfOther(profile, age, question))
  const standing = others.filter(
    ({ side, profile }) =>
      isNo(side) && !(mine.yes !== undefined && withstands(mine.side, side, profile.assurance)),
  )
  const lent = mine.yes === undefined ? loan(own, mine, others, question) : []
  if (lent.length > 0) return [...own.events, ...lent]
  if (standing.length === 0 && !mine.unsure) return own.events
  const objected = standing.some(({ against }) => against.some(({ type }) => type === 'objected'))
  const kept = own.events.filter((event) => {
    if (event.type === 'given') return !covers(event, key)
    // What was weighed against one account's objection was not weighed against another's.
    return !(objected && event.type === 'objection_overridden' && touches(event, key))
  })
  // What stands against the person stands for whichever address is asked about.
  return [
    ...kept,
    ...standing.flatMap(({ against }) => against.map((no) => ({ ...no, contactPoint: undefined }))),
  ]
}

interface OtherSide extends KeySide {
  readonly profile: LinkedProfile
  /** It speaks of the very contact point that is asked about, or there is none to speak of. */
  readonly samePoint: boolean
}

/** The other's side, folded under its own name of the contact point and told under ours. */
function sideOfOther(profile: LinkedProfile, age: AgeFacts, question: ClusterQuestion): OtherSide {
  const { key } = question
  const theirs = key.contactPoint === undefined ? undefined : profile.shared.get(key.contactPoint)
  const contactPoint = theirs ?? profile.facts.contactPoints?.[key.contactChannel]
  const samePoint = theirs !== undefined || (key.contactPoint === undefined && contactPoint === undefined)
  const found = sideOfKey(profile.id, profile.facts, { ...key, contactPoint }, age, question)
  const side = theirs === undefined ? found.side : { ...found.side, contactPoint: key.contactPoint ?? '' }
  return { ...found, side, profile, samePoint }
}

/** The best yes of another account that holds against every no of the person, as far as its notice reaches this value. */
function loan(
  own: Facts,
  mine: KeySide,
  others: readonly OtherSide[],
  { key, attribute }: ClusterQuestion,
): readonly ConsentEvent[] {
  const origins = own.provenance?.[attribute]
  if (origins === undefined || origins.length === 0) return []
  const lenders = others.filter(
    (lender) =>
      lender.samePoint &&
      lender.yes?.attributes?.includes(attribute) === true &&
      origins.every((origin) => lender.yes?.sources?.includes(origin) === true) &&
      (!isNo(mine.side) || withstands(lender.side, mine.side, lender.profile.assurance)) &&
      others.every(
        (other) => !isNo(other.side) || withstands(lender.side, other.side, between(lender, other)),
      ),
  )
  const best = lenders.reduce<OtherSide | undefined>(
    (found, lender) => (found === undefined || preferred(lender, found) ? lender : found),
    undefined,
  )
  if (best?.yes === undefined) return []
  const { yes, profile } = best
  const confirmations = profile.facts.events.filter(
    (event) => event.type === 'confirmed' && event.confirms === yes.id,
  )
  return [{ ...yes, contactPoint: key.contactPoint, attributes: [attribute] }, ...confirmations]
}

/** Two others are surely one person's only where each is surely this one's. */
const between = (one: OtherSide, other: OtherSide) =>
  one.profile.assurance === 'L2' && other.profile.assurance === 'L2' ? 'L2' : 'L1'

const preferred = (one: OtherSide, other: OtherSide): boolean => {
  const merged = mergeSides(one.side, other.side, 'L2')
  return merged.merge && merged.source === one.side.id
}

const bornAt = (date: BirthDate): number => birthday(date, 0)

/**
 * Where two accounts tell of different ages, the younger counts until one is verified. Where this account tells of none and
 * the law then takes nobody for grown up, another account's word is not needed to protect anybody, and is left alone.
 */
function youngest(own: Facts, linked: readonly LinkedProfile[], { pack }: Judging): AgeFacts {
  const { birthDate, overAge } = own.subject
  if (birthDate === undefined && pack.unknownAge === 'minor') return { birthDate, overAge }
  const dates = [birthDate, ...linked.map(({ facts }) => facts.subject.birthDate)].filter(
    (date) => date !== undefined,
  )
  const [first, ...rest] = dates
  return {
    birthDate: first && rest.reduce((young, date) => (bornAt(date) > bornAt(young) ? date : young), first),
    overAge,
  }
}

/** A restriction of the other's data reaches what both hold; where that is not known, whatever its scope says. */
function restrictionsOn(own: Facts, { facts, held }: LinkedProfile): readonly Restriction[] {
  const { restrictions } = facts.subject
  if (own.held === undefined || held === undefined) return restrictions
  const both = held
    .filter((attribute) => own.held?.includes(attribute))
    .map((attribute) => `attr:${attribute}`)
  return restrictions.map((restriction) => ({
    ...restriction,
    scope: restriction.scope.some((entry) => !entry.startsWith('attr:'))
      ? both
      : both.filter((entry) => restriction.scope.includes(entry)),
  }))
}

/** Complaints, bounces and public lists add up, each at its own contact point; checks of lists are each account's own. */
function withSuppressionOf(own: SuppressionFacts, { facts, shared }: LinkedProfile): SuppressionFacts {
  const ours = new Map([...shared].map(([mine, theirs]) => [theirs, mine]))
  const named = <Entry extends { readonly contactPoint?: string | undefined }>(entry: Entry): Entry => {
    const point = entry.contactPoint
    return point === undefined ? entry : { ...entry, contactPoint: ours.get(point) ?? point }
  }
  return {
    ...own,
    internal: [...own.internal, ...facts.suppression.internal.map(named)],
    listings: [...own.listings, ...facts.suppression.listings.map(named)],
  }
}
