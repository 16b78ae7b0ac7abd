import type { Actor } from '../../kernel/actor.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import { loyaltyCardIndex } from '../identity/index.ts'
import { storeVisitEvent } from './events.ts'
import { codeFingerprint, readLoyaltyCode, verifyLoyaltyCode } from './loyalty-code.ts'
import type { Till } from './till.ts'
import { levelOf } from './till-level.ts'
import type { TillParts } from './till-parts.ts'

/** What a till was shown while it had no connection, by its own clock. */
export interface ToldPresentation {
  readonly code: string
  readonly presentedAt: Date
}

/** `repeated`: another till had it first. `refused`: not of this house and store, or not of the minute it was shown in. */
export type ToldOutcome = 'counted' | 'repeated' | 'refused'

/** As long as a yes may be told late; whatever was shown before is forgotten on both sides. */
const longestMs = 30 * 86_400_000

interface Report {
  readonly till: Till
  readonly actor: Actor
  readonly evidence: Evidence
  /** What the till's clock says as it sends: what it is wrong by now, it was wrong by then. */
  readonly deviceTime: Date
  readonly presentations: readonly ToldPresentation[]
}

async function tell(parts: TillParts, report: Report, told: ToldPresentation): Promise<ToldOutcome> {
  const { till, actor, evidence, deviceTime } = report
  const receivedAt = parts.clock.now()
  const skewMs = deviceTime.getTime() - receivedAt.getTime()
  const presentedAt = new Date(told.presentedAt.getTime() - skewMs)
  const age = receivedAt.getTime() - presentedAt.getTime()
  const seconds = presentedAt.getTime() / 1000
  const read = readLoyaltyCode(told.code)
  const verdict =
    read === undefined || age < 0 || age > longestMs
      ? undefined
      : verifyLoyaltyCode(told.code, parts.keyring.tillKeys(seconds, till.store), seconds)
  if (verdict?.good !== true) return 'refused'
  const { code } = verdict
  const subjectId = await parts.reads.identifiers.findSubject(loyaltyCardIndex(parts.blindIndex, code.card))
  // The account was closed since: nothing is kept of it, and the till is told what it is told of everybody.
  if (subjectId === undefined || !(await parts.reads.subjects.mayEnter(subjectId))) return 'counted'
  const { clientId, touchpointId, store } = till
  const level = levelOf(code.ownPhone ? 'own-phone' : 'rotating-code')
  const fingerprint = codeFingerprint(code)
  return parts.work(async (tx) => {
    const claimed = await tx.presentations.claim({
      subjectId,
      fingerprint,
      clientId,
      touchpointId,
      requestHash: fingerprint,
      late: true,
      presentedAt,
      receivedAt,
    })
    const repeated = claimed === 'elsewhere'
    const isNew = claimed === 'first'
    await tx.audit.record({
      action: repeated
        ? 'store-visit.code-repeated'
        : isNew
          ? 'store-visit.told-late'
          : 'store-visit.told-again',
      actor,
      at: receivedAt,
      // A till that tells the same twice has done something; the customer has not, and their activity says it once.
      ...(isNew || repeated ? { subjectId } : { about: `till:${touchpointId}` }),
      evidence,
      facts: {
        level,
        store,
        touchpoint: touchpointId,
        presentedAt: presentedAt.toISOString(),
        clockSkewSeconds: Math.round(skewMs / 1000),
      },
    })
    if (isNew || repeated) {
      const payload = { touchpointId, level, late: true, repeated }
      await tx.outbox.add(
        storeVisitEvent(parts.entropy, 'loyalty-card.presented', subjectId, presentedAt, payload),
      )
    }
    return repeated ? 'repeated' : 'counted'
  })
}

/**
 * Takes in what a till was shown without a connection, in its order. Nothing is disclosed for it: the customer has left. A
 * code that another till had first is said to be repeated, to this till and in the customer's own activity.
 */
export async function reportPresentations(parts: TillParts, report: Report): Promise<readonly ToldOutcome[]> {
  await parts.limiter.consume(report.till.clientId, 'till-told-late', report.presentations.length)
  const outcomes: ToldOutcome[] = []
  for (const told of report.presentations) outcomes.push(await tell(parts, report, told))
  return outcomes
}
