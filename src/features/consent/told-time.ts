/** When somebody acted, as whoever tells of it says, and what their clock said as they told it; in milliseconds. */
export interface ToldTime {
  /** By the clock of the device. Left out, the act is happening now. */
  readonly occurredAt?: number | undefined
  /** The clock of the device, read as it sends. Left out, it is taken to be right. */
  readonly deviceTime?: number | undefined
}

/** When an act counts, by our clock. */
export interface CountedTime {
  /** The earliest instant at which it may have been: when a yes counts. */
  readonly yesAt: number
  /** The latest one: when a no counts. */
  readonly noAt: number
  /** By how much the device's clock is ahead, where that is more than a clock may be off; negative when behind. */
  readonly skewSeconds?: number
  /** Why no yes can be taken on this word. A no can be all the same. */
  readonly fault?: 'occurred-at-in-future' | 'occurred-at-too-old'
}

/** Beyond this a device's clock is wrong, and the order of what was told by it is doubtful. */
const toleratedSkew = 5 * 60_000

/** A queue older than this was lost and found. What it holds is imported, with a file and a person who answers for it. */
export const longestInQueue = 30 * 86_400_000

/** A moment at which a device spoke to us, and by how much its clock was ahead of ours then; in milliseconds. */
export interface ClockReading {
  readonly at: number
  readonly skew: number
}

/**
 * By which of a device's earlier differences an act may have been stamped: those by which it falls between the readings before
 * and after the one that measured the difference, for the clock may have been set at any time between two of them.
 * `readings` in their order, the last before this telling.
 */
export const plausibleSkews = (
  readings: readonly ClockReading[],
  occurredAt: number,
  receivedAt: number,
): readonly number[] =>
  readings.flatMap(({ skew }, turn) => {
    const from = readings[turn - 1]?.at ?? Number.NEGATIVE_INFINITY
    const until = readings[turn + 1]?.at ?? receivedAt
    const at = occurredAt - skew
    return at >= from && at <= until ? [skew] : []
  })

/**
 * Reads the time an act was told with. A device whose clock is off by five minutes or less is put right by the difference to
 * ours. Beyond that nobody knows when its clock began to be wrong, so the stricter reading holds: a yes counts at the earliest
 * instant it may have been, a no at the latest. `otherSkews` are the earlier differences by which it may have been stamped
 * (see `plausibleSkews`).
 *
 * A yes that is told of a time to come was stamped by a clock that has been set back since: when it was is anybody's guess.
 */
export function countedTime(
  told: ToldTime,
  receivedAt: number,
  otherSkews: readonly number[] = [],
): CountedTime {
  const { occurredAt, deviceTime } = told
  const measured = deviceTime === undefined ? 0 : deviceTime - receivedAt
  const skews = occurredAt === undefined ? [measured] : [measured, ...otherSkews]
  const widest = skews.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most))
  const off = Math.abs(widest) > toleratedSkew
  const skew = off ? { skewSeconds: Math.round(widest / 1_000) } : {}
  if (occurredAt === undefined) return { yesAt: receivedAt, noAt: receivedAt, ...skew }
  // A clock that is wrong now may have been right then, and the other way round.
  const possible = (off ? [0, ...skews] : skews).map((one) => occurredAt - one)
  const yesAt = Math.min(receivedAt, ...possible)
  const noAt = Math.min(receivedAt, Math.max(...possible))
  // Clocks are often sent in whole seconds.
  const stampedLater =
    occurredAt >= (deviceTime === undefined ? receivedAt + toleratedSkew : deviceTime + 1_000)
  if (stampedLater) return { yesAt, noAt: receivedAt, ...skew, fault: 'occurred-at-in-future' }
  if (yesAt < receivedAt - longestInQueue) return { yesAt, noAt, ...skew, fault: 'occurred-at-too-old' }
  return { yesAt, noAt, ...skew }
}
