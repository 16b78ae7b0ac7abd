/** Seconds. RFC 8628 3.5, which CIBA 11 takes over: what a hasty question adds to the interval, and where counting ends. */
const slowDown = 5
const longestInterval = 60

const hasty = 'coalesce(f.polled_at > now() - make_interval(secs => f.interval_seconds), false)'

/**
 * How a poll is judged and noted, as the SET of an update of `f` (R45, R53). The update locks the row, so two processes asked
 * at the same moment see one another, and the time is the database's, which both share.
 */
export const notePoll = `
        polled_hastily = ${hasty},
        interval_seconds = case when ${hasty}
          then least(f.interval_seconds + ${slowDown}, ${longestInterval})
          else f.interval_seconds end,
        polled_at = greatest(f.polled_at, now())`
