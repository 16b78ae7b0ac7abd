import { PlacetError } from '../../../kernel/errors.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work.ts'
import type { BlindIndex } from '../../../platform/crypto/index.ts'
import { type DecidedStores, forgetUnprovenAddress, type IdentityStores } from '../../identity/index.ts'
import { isConfirmed } from '../standing.ts'
import { Watch } from '../valid-until.ts'
import { awaitingConfirmation } from './awaiting-confirmation.ts'
import type {
  ConfirmationId,
  ConfirmationOutcome,
  DueConfirmation,
  StoredConfirmation,
  Unasked,
} from './confirmation-store.ts'
import {
  asker,
  type ConfirmationParts,
  requestConfirmations,
  sendConfirmation,
} from './request-confirmation.ts'

const hour = 3_600_000

/** One reminder, a day after the message, and only while at least an hour is left to answer it. */
const remindAfter = 24 * hour

/** A message that was claimed and not sent by then was lost with the process that claimed it. */
const unsentAfter = 2 * 60_000

export interface TendParts extends ConfirmationParts {
  readonly identity: Work<Pick<IdentityStores, 'identifiers'> & DecidedStores>
  readonly blindIndex: BlindIndex
}

export interface Tended {
  readonly sent: number
  readonly reminded: number
  readonly closed: number
  readonly forgotten: number
}

/**
 * The job beside double opt-in, safe to run in several processes at once: asks where a crash left nobody asked, sends what
 * was not sent, reminds once, and closes what was answered, overtaken or left too long. An address that was never
 * confirmed and has no account behind it is deleted: nobody agreed that we keep it.
 */
export async function tendConfirmations(parts: TendParts, most = 200): Promise<Tended> {
  const tended = { sent: 0, reminded: 0, closed: 0, forgotten: 0 }
  const now = parts.clock.now()
  const failures: unknown[] = []
  // One mailbox that cannot be written to must not keep the others waiting.
  const attempt = (act: () => Promise<void>) => act().catch((error: unknown) => void failures.push(error))
  let after: Unasked | undefined
  do {
    const page = await parts.confirmations.unasked(now, most, after)
    for (const { subjectId } of page) {
      await attempt(async () => {
        tended.sent += await requestConfirmations(parts, subjectId)
      })
    }
    // Those who are not to be written to stay where they are: the next page is behind them.
    after = page.length < most ? undefined : page.at(-1)
  } while (after !== undefined && tended.sent < most)
  const before = (ms: number) => new Date(now.getTime() - ms)
  const due = await parts.confirmations.due(
    { now, unsentBefore: before(unsentAfter), sentBefore: before(remindAfter) },
    most,
  )
  for (const one of due) {
    await attempt(async () => {
      try {
        await tendOne(parts, one.subjectId, one.confirmationId, tended)
      } catch (error) {
        await putOff(parts, one)
        throw error
      }
    })
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some confirmations could not be tended.')
  return tended
}

/** The longer it has failed, the longer it waits: from five minutes to six hours, about as long as it is old. */
function nextAttempt(requestedAt: Date, now: Date): Date {
  const wait = Math.min(Math.max(now.getTime() - requestedAt.getTime(), 5 * 60_000), 6 * hour)
  return new Date(now.getTime() + wait)
}

async function putOff(
  parts: TendParts,
  { subjectId, confirmationId, requestedAt }: DueConfirmation,
): Promise<void> {
  const at = parts.clock.now()
  const until = nextAttempt(requestedAt, at)
  await parts.work(async ({ confirmations, audit }) => {
    await confirmations.putOff(subjectId, confirmationId, until)
    await audit.record({
      action: 'consent.confirmation-put-off',
      actor: asker,
      at,
      subjectId,
      facts: { confirmationId, until: until.toISOString() },
    })
  })
}

async function tendOne(
  parts: TendParts,
  subjectId: SubjectId,
  confirmationId: ConfirmationId,
  tended: { -readonly [Name in keyof Tended]: number },
): Promise<void> {
  const now = parts.clock.now()
  const known = await parts.facts.find(subjectId)
  const rows = (await parts.confirmations.of(subjectId)).filter(
    (row) => row.confirmationId === confirmationId,
  )
  const [first] = rows
  if (known === undefined || first === undefined || first.outcome !== undefined) return
  const ids = new Set(rows.map(({ eventId }) => eventId))
  const mine = known.facts.events.filter(({ id }) => ids.has(id))
  const watch = new Watch(now.getTime())
  const waiting = awaitingConfirmation(known.facts, parts.registry.current(), now.getTime()).some(
    ({ event }) => ids.has(event.id),
  )
  if (waiting && first.expiresAt > now) {
    if (first.sent === undefined) {
      try {
        if (await sendConfirmation(parts, subjectId, confirmationId)) tended.sent += 1
        return
      } catch (error) {
        if (!isUnreachable(error)) throw error
        return lapse(parts, first, tended)
      }
    }
    if (first.expiresAt.getTime() - now.getTime() > hour && (await remind(parts, first))) tended.reminded += 1
    return
  }
  const confirmed = mine.some((event) => isConfirmed(event, known.facts.events, watch))
  if (!confirmed && first.expiresAt <= now) return lapse(parts, first, tended)
  if (await close(parts, first, confirmed ? 'confirmed' : 'overtaken')) tended.closed += 1
}

/**
 * No message will ever go there: a landline, a premium number, a country nobody is written to. Tried again every minute until
 * its time is over, a few of these would keep everybody else from being asked.
 */
const isUnreachable = (error: unknown): boolean =>
  error instanceof PlacetError && (error.failure === 'invalid' || error.failure === 'refused')

async function lapse(
  parts: TendParts,
  confirmation: StoredConfirmation,
  tended: { -readonly [Name in keyof Tended]: number },
): Promise<void> {
  if (await close(parts, confirmation, 'lapsed')) tended.closed += 1
  if (await forgetUnprovenAddress(forgetParts(parts), confirmation)) tended.forgotten += 1
}

const forgetParts = (parts: TendParts) => ({ ...parts, work: parts.identity })

class AlreadyDone extends Error {}

async function remind(parts: TendParts, { subjectId, confirmationId }: StoredConfirmation): Promise<boolean> {
  const at = parts.clock.now()
  try {
    await parts.work(async ({ confirmations, audit }) => {
      if (!(await confirmations.claimReminder(subjectId, confirmationId, at))) throw new AlreadyDone()
      await audit.record({
        action: 'consent.confirmation-reminder-due',
        actor: asker,
        at,
        subjectId,
        facts: { confirmationId },
      })
    })
  } catch (error) {
    if (error instanceof AlreadyDone) return false
    throw error
  }
  return sendConfirmation(parts, subjectId, confirmationId, true)
}

async function close(
  parts: TendParts,
  { subjectId, confirmationId }: StoredConfirmation,
  outcome: ConfirmationOutcome,
): Promise<boolean> {
  const at = parts.clock.now()
  try {
    await parts.work(async ({ confirmations, audit }) => {
      if (!(await confirmations.close(subjectId, confirmationId, outcome, at))) throw new AlreadyDone()
      await audit.record({
        action: 'consent.confirmation-closed',
        actor: asker,
        at,
        subjectId,
        facts: { confirmationId, outcome },
      })
    })
    return true
  } catch (error) {
    if (error instanceof AlreadyDone) return false
    throw error
  }
}
