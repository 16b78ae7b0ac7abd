import { conflict, invalid, unavailable } from '../../../kernel/errors.ts'
import { hashedId } from '../../../kernel/hashed-id.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import { addressOf } from '../confirmation/request-confirmation.ts'
import type { MessageAddress } from '../consent-messages.ts'
import type { Facts } from '../facts.ts'
import { decidedIn, mustBeOfficer } from '../officer.ts'
import { type LiftParts, noticeMs, standing } from './lift-restriction.ts'
import type { RestrictionCommand } from './restrict-processing.ts'
import type { LiftNoticeId, ToldBy } from './restriction-notice-store.ts'

/** How the officer told the person without us, and when. */
export interface ToldOtherwise {
  readonly by: Exclude<ToldBy, 'email' | 'sms'>
  readonly at: Date
}

interface Announced {
  readonly noticeId: LiftNoticeId
  readonly endsAfter: Date
}

/** One form is one notice, by the key that the form carries. */
const noticeIdOf = (subjectId: SubjectId, idempotencyKey: string): LiftNoticeId =>
  hashedId(['lift-notice', subjectId, idempotencyKey])

/** True where there is an address, or a number and a gateway for texts, to which the message of the end may go. */
export const canBeWrittenTo = (
  { textMessages }: Pick<LiftParts, 'textMessages'>,
  { contactPoints = {} }: Pick<Facts, 'contactPoints'>,
): boolean => contactPoints.email !== undefined || (textMessages && contactPoints.sms !== undefined)

async function reachedAt(
  parts: LiftParts,
  subjectId: SubjectId,
  { contactPoints = {} }: Pick<Facts, 'contactPoints'>,
): Promise<MessageAddress | undefined> {
  const byText = parts.textMessages ? contactPoints.sms : undefined
  for (const point of [contactPoints.email, byText]) {
    const to = point === undefined ? undefined : await addressOf(parts, subjectId, point)
    if (to?.kind === 'email' || (to !== undefined && parts.textMessages)) return to
  }
  return undefined
}

/**
 * Tells the person that the restriction will end (GDPR Art. 18(3)): by a message to where their account is reached, or as
 * the officer told them otherwise. Until the message was handed over nobody was told, and nothing can be lifted. The same
 * command again, at the same moment too, writes to nobody.
 */
export async function announceLift(
  parts: LiftParts,
  command: RestrictionCommand & { readonly told?: ToldOtherwise },
): Promise<Announced> {
  const { subjectId, actor, scope, told } = command
  mustBeOfficer(command)
  const known = await parts.facts.find(subjectId)
  const now = parts.clock.now()
  const ended = known === undefined ? [] : standing(known.facts.subject.restrictions, scope, now.getTime())
  if (known === undefined || ended.length === 0) {
    throw conflict('no-restriction', 'No restriction of this scope stands.')
  }
  const at = told?.at ?? now
  if (at > now || !ended.every(({ since }) => since <= at.getTime())) {
    throw invalid('told-day', 'The person was told between the restriction and today.', [
      { field: 'day', code: 'told-day' },
    ])
  }
  const to = told === undefined ? await reachedAt(parts, subjectId, known.facts) : undefined
  if (told === undefined && to === undefined) {
    throw conflict('nobody-to-tell', 'There is no address to write to; tell the person and record it.')
  }
  const noticeId = noticeIdOf(subjectId, command.idempotencyKey)
  const endsAfter = new Date(at.getTime() + noticeMs)
  const by: ToldBy = told?.by ?? (to?.kind === 'phone' ? 'sms' : 'email')
  const { reason, facts: decided } = decidedIn(command.decision)
  const facts = { noticeId, scope, by, ...decided }
  const kept = { actor, subjectId, ...reason, facts }
  const first = await parts.liftWork(async ({ liftNotices, audit }) => {
    const announced = await liftNotices.announce({ subjectId, noticeId, scope, announcedAt: at })
    if (announced && told !== undefined) await liftNotices.markTold(subjectId, noticeId, { at, by })
    const action = announced ? 'announced' : 'announced-again'
    await audit.record({ ...kept, action: `consent.restriction-lift-${action}`, at: now })
    if (announced && told !== undefined) {
      const dated = { ...facts, toldAt: at.toISOString() }
      await audit.record({ ...kept, action: 'consent.restriction-lift-told', at: now, facts: dated })
    }
    return announced
  })
  if (!first) return announcedBefore(parts, subjectId, noticeId)
  if (to === undefined) return { noticeId, endsAfter }
  const sent = await parts.messages
    .restrictionEnds(to, { language: known.language, endsAfter })
    .catch((error: unknown) => {
      throw unavailable('notice-not-sent', 'The message could not be sent; nobody was told.', 60, error)
    })
  const message = { message: sent.messageId, template: sent.templateHash }
  await parts.liftWork(async ({ liftNotices, audit }) => {
    const handedOver = parts.clock.now()
    await liftNotices.markTold(subjectId, noticeId, { at: handedOver, by, ...message })
    await audit.record({
      ...kept,
      action: 'consent.restriction-lift-told',
      at: handedOver,
      facts: { ...facts, ...message },
    })
  })
  return { noticeId, endsAfter }
}

/** While the first is still writing, or when it could not, nobody may read that the person was told. */
async function announcedBefore(
  { liftNotices }: LiftParts,
  subjectId: SubjectId,
  noticeId: LiftNoticeId,
): Promise<Announced> {
  const notice = (await liftNotices.of(subjectId)).find((one) => one.noticeId === noticeId)
  if (notice?.toldAt === undefined) {
    throw conflict('notice-being-sent', 'This very notice is being sent; look again in a moment.')
  }
  return { noticeId, endsAfter: new Date(notice.toldAt.getTime() + noticeMs) }
}
