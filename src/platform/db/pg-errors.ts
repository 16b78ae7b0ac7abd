import { PlacetError, unavailable } from '../../kernel/errors.ts'

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined

const saysAny = (error: unknown, text: RegExp): boolean => error instanceof Error && text.test(error.message)

/** Two transactions met: running the loser again is right, and harmless because a unit of work has no outside effect. */
export const isRetryable = (error: unknown): boolean => {
  const code = codeOf(error)
  return code === '40001' || code === '40P01'
}

const isUniqueViolation = (error: unknown): boolean => codeOf(error) === '23505'

/** Something else refers to what was to be deleted, or what it should refer to is not there. */
export const isForeignKeyViolation = (error: unknown): boolean => codeOf(error) === '23503'

/** 42710 when it was there before, 23505 when two were made at the same moment. */
export const isDuplicateRole = (error: unknown): boolean =>
  codeOf(error) === '42710' || isUniqueViolation(error)

/** A connection that was open and broke: what had been sent over it may or may not have happened. */
const lost = new Set(['ECONNRESET', 'EPIPE', '08003', '08006', '25P03', '57P01', '57P02', '57P05'])
/** The query builder writes the statement in front of what the driver says. */
const lostText = /\bConnection terminated(?: unexpectedly)?$|not queryable$|Query read timeout$/

export const isLostConnection = (error: unknown): boolean =>
  lost.has(codeOf(error) ?? '') || saysAny(error, lostText)

/** Never got through: nothing was sent. 25006 is a primary that was demoted under us. */
const closed = new Set([
  ...['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['08000', '08001', '08004', '53300', '57P03', '25006'],
])
const closedText =
  /timeout exceeded when trying to connect|\btimeout expired$|due to connection timeout|Timeout acquiring a connection/

export const isUnreachable = (error: unknown): boolean =>
  isLostConnection(error) || closed.has(codeOf(error) ?? '') || saysAny(error, closedText)

/** Storage refused to grow (disk full, WAL volume full): reads go on, so the caller may try again later. */
const isFull = (error: unknown) => codeOf(error) === '53100' || codeOf(error) === '58030'

/** The server has no more to give, or a statement took too long: the same thing may well pass in a while. */
const overload = new Set(['53000', '53200', '53400', '57014'])

/** Trying again at once, or in smaller pieces, would make it worse. */
export const isOverload = (error: unknown): boolean => overload.has(codeOf(error) ?? '') || isFull(error)

/** Somebody else held a row for longer than a statement waits. */
export const isLockTimeout = (error: unknown): boolean => codeOf(error) === '55P03'

/**
 * Nobody can tell whether a commit happened whose answer was lost (P4). Keys of commands and conditional updates make the
 * repetition harmless, so the caller is told to repeat it.
 */
export const outcomeUnknown = (cause: unknown): PlacetError =>
  unavailable(
    'outcome-unknown',
    'It is not known whether this was saved. Send it again with the same Idempotency-Key.',
    5,
    cause,
  )

/** Turns what the driver throws into the closed family where a caller can act on it; everything else passes unchanged. */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof PlacetError) return error
  if (isUnreachable(error))
    return unavailable('database-unavailable', 'The database cannot be reached.', 5, error)
  if (isFull(error))
    return unavailable('database-full', 'The database cannot store anything at the moment.', 60, error)
  if (isOverload(error) || isLockTimeout(error))
    return unavailable('database-busy', 'The database takes too long at the moment.', 5, error)
  return error
}
