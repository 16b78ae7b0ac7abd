import { PlacetError, unavailable } from '../../kernel/errors.ts'

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined

/** Two transactions met: running the loser again is right, and harmless because a unit of work has no outside effect. */
export const isRetryable = (error: unknown): boolean => {
  const code = codeOf(error)
  return code === '40001' || code === '40P01'
}

export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === '23505'

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '53300',
  '57P01',
  '57P02',
  '57P03',
])

const unreachableText =
  /timeout exceeded when trying to connect|Connection terminated|Timeout acquiring a connection|not queryable/i

export const isUnreachable = (error: unknown): boolean =>
  unreachable.has(codeOf(error) ?? '') || (error instanceof Error && unreachableText.test(error.message))

/** Storage refused to grow (disk full, WAL volume full): reads go on, so the caller may try again later. */
const isFull = (error: unknown) => codeOf(error) === '53100' || codeOf(error) === '58030'

/** Turns what the driver throws into the closed family where a caller can act on it; everything else passes unchanged. */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof PlacetError) return error
  if (isUnreachable(error))
    return unavailable('database-unavailable', 'The database cannot be reached.', 5, error)
  if (isFull(error))
    return unavailable('database-full', 'The database cannot store anything at the moment.', 60, error)
  return error
}
