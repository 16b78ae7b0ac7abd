import type { AgeFacts } from '../age.ts'
import type { ConsentEvent } from '../consent-event.ts'
import type { Facts } from '../facts.ts'
import type { Standing } from '../fold.ts'
import type { MergeSide } from '../merge.ts'
import { isAnswered, standingObjection } from '../objection.ts'
import type { PermissionKey } from '../permission-key.ts'
import type { Purpose } from '../purpose.ts'
import type { RulePack } from '../rule-pack.ts'
import { effectiveState, standingOf } from '../standing.ts'
import type { Watch } from '../valid-until.ts'

/** By what a key is judged: the law, and the clock that remembers what it was asked. */
export interface Judging {
  readonly purpose: Purpose
  readonly pack: RulePack
  readonly watch: Watch
}

/** One account's side of a key, with the events it comes from. */
export interface KeySide {
  readonly side: MergeSide
  /** The yes that stands, if one does. */
  readonly yes: ConsentEvent | undefined
  /** What stands against the key: a refusal or withdrawal nothing cleared, an objection, a finding. */
  readonly against: readonly ConsentEvent[]
  /** By the age another account tells of, a yes would stand that by this account's own word does not: neither counts. */
  readonly unsure: boolean
}

/** A yes that ran out or was overtaken by a new version says nothing any more; a no that no valid yes cleared stands. */
function stateOf(
  standing: Standing,
  key: PermissionKey,
  { purpose, pack, watch }: Judging,
): MergeSide['state'] {
  const effective = effectiveState(standing, key, purpose, pack, watch)
  if (effective === 'GIVEN' || effective === 'RENEWED') return 'GIVEN'
  if (standing.state === 'INVALIDATED') return 'INVALIDATED'
  if (standing.no !== undefined) return standing.state === 'REFUSED' ? 'REFUSED' : 'WITHDRAWN'
  return effective === 'SUPERSEDED' || effective === 'EXPIRED' ? 'UNKNOWN' : effective
}

/**
 * How a key stood with one account before anybody merged anything, for its own contact point. Blocked and erased accounts
 * keep their noes and lend no yes. A younger age than the account's own may only take away: a guardian's old yes would else
 * come back to life because the person's own newer one is found to have been too early.
 */
export function sideOfKey(
  id: string,
  facts: Facts,
  key: PermissionKey,
  age: AgeFacts,
  judging: Judging,
): KeySide {
  const side = sideAtAge(id, facts, key, age, judging)
  if (side.yes === undefined || age.birthDate === facts.subject.birthDate) return side
  if (sideAtAge(id, facts, key, facts.subject, judging).yes?.id === side.yes.id) return side
  return { ...side, side: { ...side.side, state: 'UNKNOWN', at: null }, yes: undefined, unsure: true }
}

function sideAtAge(id: string, facts: Facts, key: PermissionKey, age: AgeFacts, judging: Judging): KeySide {
  const standing = standingOf(facts.events, key, age, judging.pack, judging.watch)
  const objection = standingObjection(facts.events, key, judging.purpose, judging.watch)
  const objected = objection !== undefined && !isAnswered(objection, standing)
  const said = stateOf(standing, key, judging)
  const state = objected
    ? 'OBJECTED'
    : said === 'GIVEN' && facts.subject.state !== 'active'
      ? 'UNKNOWN'
      : said
  const found = standing.state === 'INVALIDATED' || standing.state === 'REVOKED' ? standing.by : undefined
  const against = [...new Set([standing.no, found, objected ? objection : undefined])].filter(
    (event) => event !== undefined,
  )
  const deciding = objected
    ? objection
    : state === 'GIVEN'
      ? standing.by
      : (found ?? standing.no ?? standing.by)
  return {
    side: {
      id,
      state,
      at: deciding?.occurredAt ?? null,
      controller: key.controller,
      subject: 'active',
      contactPoint: key.contactPoint ?? '',
      purposeVersion: standing.by?.purposeVersion ?? 0,
      sources: standing.by?.sources ?? [],
    },
    yes: state === 'GIVEN' ? standing.by : undefined,
    against: state === 'GIVEN' ? [] : against,
    unsure: false,
  }
}
