import { conflict } from '../../../kernel/errors.ts'
import type { Work } from '../../../kernel/work.ts'
import { appendAct, type LedgerParts, type Recorded } from '../append-act.ts'
import type { ConfirmationParts } from '../confirmation/request-confirmation.ts'
import type { ConsentMessages } from '../consent-messages.ts'
import { decidedIn, mustBeOfficer } from '../officer.ts'
import { endsWith, isInForce, type Restriction, sameScope } from '../restriction.ts'
import { Watch } from '../valid-until.ts'
import { type RestrictionCommand, restrictionEvent } from './restrict-processing.ts'
import type { LiftNotice, LiftNoticeReads, LiftNoticeStores } from './restriction-notice-store.ts'

export interface LiftParts extends LedgerParts, Pick<ConfirmationParts, 'reads'> {
  readonly sealer: ConfirmationParts['sealer']
  readonly liftWork: Work<LiftNoticeStores>
  readonly liftNotices: LiftNoticeReads
  readonly messages: Pick<ConsentMessages, 'restrictionEnds'>
  /** Whether there is a gateway for text messages. */
  readonly textMessages: boolean
}

/** The person can still object or complain in between. The law says "before"; three days make it mean something. */
export const noticeMs = 3 * 86_400_000

/** Everything a lift of this scope would end now; nothing, where none of them is of this very scope. */
export function standing(restrictions: readonly Restriction[], scope: readonly string[], now: number) {
  const ended = restrictions.filter((one) => endsWith(one.scope, scope) && isInForce(one, new Watch(now)))
  return ended.some((one) => sameScope(one.scope, scope)) ? ended : []
}

/**
 * The notice that a lift of this scope may rest on, and from when: given after everything it would end began, handed over,
 * and not used yet. Undefined while the person was not told.
 */
export function liftNoticeOf(
  restrictions: readonly Restriction[],
  notices: readonly LiftNotice[],
  scope: readonly string[],
  now: number,
): { readonly toldAt: Date; readonly liftableFrom: Date } | undefined {
  const ended = standing(restrictions, scope, now)
  for (const { scope: told, announcedAt, toldAt, liftedAt } of notices) {
    if (toldAt === undefined || liftedAt !== undefined || !sameScope(told, scope)) continue
    if (!ended.every(({ since }) => announcedAt.getTime() >= since)) continue
    return { toldAt, liftableFrom: new Date(toldAt.getTime() + noticeMs) }
  }
  return undefined
}

/**
 * Ends a restriction whose end the person was told of at least three days ago. Refused otherwise, whoever asks: without the
 * notice the lift would be unlawful. A notice speaks of what stood when it was given; whatever was restricted since needs
 * its own.
 */
export async function liftRestriction(parts: LiftParts, command: RestrictionCommand): Promise<Recorded> {
  const { subjectId, actor, controller, scope } = command
  mustBeOfficer(command)
  const notices = await parts.liftNotices.of(subjectId)
  const recorded = await appendAct<never>(
    parts,
    { ...command, content: { controller, lift: scope } },
    ({ facts }, _, now) => {
      const ended = standing(facts.subject.restrictions, scope, now)
      if (ended.length === 0) throw conflict('no-restriction', 'No restriction of this scope stands.')
      const notice = liftNoticeOf(facts.subject.restrictions, notices, scope, now)
      if (notice === undefined || notice.liftableFrom.getTime() > now) {
        throw conflict('person-not-told', 'The person must be told three days before it ends (Art. 18(3)).')
      }
      return { events: [restrictionEvent('restriction_lifted', command)] }
    },
  )
  const open = notices.filter(({ scope: told, liftedAt }) => sameScope(told, scope) && liftedAt === undefined)
  // Sent again, it finds its notices used.
  if (open.length === 0) return recorded
  const decided = decidedIn(command.decision)
  await parts.liftWork(async ({ liftNotices, audit }) => {
    const at = parts.clock.now()
    for (const { noticeId } of open) await liftNotices.markLifted(subjectId, noticeId, at)
    await audit.record({
      action: 'consent.restriction-lift-used',
      actor,
      at,
      subjectId,
      ...decided.reason,
      facts: { notices: open.map(({ noticeId }) => noticeId), ...decided.facts },
    })
  })
  return recorded
}
