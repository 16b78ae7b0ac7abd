import { type LiftNotice, liftNoticeOf, type Restriction } from '../../features/consent/index.ts'
import type { Visit } from './person-visit.ts'

/** One scope that is restricted now, since the first of the restrictions of it that stand, and what was told of its end. */
export interface StandingRestriction {
  /** The scope as one text, for forms. */
  readonly id: string
  readonly scope: readonly string[]
  readonly since: number
  readonly told: { readonly toldAt: Date; readonly liftableFrom: Date; readonly over: boolean } | undefined
}

const isOpen = ({ liftedAt }: Restriction, now: number): boolean => liftedAt === undefined || liftedAt > now

export function standingRestrictions(
  { known, now }: Pick<Visit, 'known' | 'now'>,
  notices: readonly LiftNotice[],
): readonly StandingRestriction[] {
  const { restrictions } = known.facts.subject
  const found = new Map<string, StandingRestriction>()
  for (const one of restrictions) {
    const id = [...one.scope].sort().join(' ')
    if (found.has(id) || one.since > now.getTime() || !isOpen(one, now.getTime())) continue
    const notice = liftNoticeOf(restrictions, notices, one.scope, now.getTime())
    const told = notice && { ...notice, over: notice.liftableFrom <= now }
    found.set(id, { id, scope: one.scope, since: one.since, told })
  }
  return [...found.values()]
}
