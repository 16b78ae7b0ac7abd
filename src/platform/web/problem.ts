import { type Failure, type FieldIssue, PlacetError } from '../../kernel/errors.ts'
import { translateDatabaseError } from '../db/pg-errors.ts'
import { HttpRefusal } from './http-refusal.ts'

/** What went wrong, as a caller may know it. The cause stays in the log under the same request id. */
export interface Problem {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly issues: readonly FieldIssue[]
  readonly retryAfterSeconds: number | undefined
}

const statusOf: Readonly<Record<Failure, number>> = {
  invalid: 422,
  unauthenticated: 401,
  refused: 403,
  'needs-step-up': 401,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-many': 429,
  unavailable: 503,
}

/** Libraries throw errors with a status of their own; only that a request was at fault is taken from them, not their text. */
const isClientFault = (error: unknown): error is { status: number } =>
  typeof error === 'object' &&
  error !== null &&
  'expose' in error &&
  error.expose === true &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status >= 400 &&
  error.status < 500

export function problemOf(error: unknown): Problem {
  // A read outside a unit of work throws what the driver threw: an outage is an outage there too (P10).
  const known = translateDatabaseError(error)
  if (known instanceof PlacetError) {
    const { code, detail, issues, retryAfterSeconds } = known
    return { status: statusOf[known.failure], code, detail, issues, retryAfterSeconds }
  }
  const untold = { issues: [], retryAfterSeconds: undefined }
  if (error instanceof HttpRefusal) {
    return { status: error.status, code: error.code, detail: error.detail, ...untold }
  }
  if (isClientFault(error)) {
    return { status: error.status, code: 'bad-request', detail: 'The request could not be read.', ...untold }
  }
  return { status: 500, code: 'internal', detail: 'Something failed on our side.', ...untold }
}

/** Field names come dotted; a JSON pointer parts them by slashes and escapes its own two signs (RFC 6901 3). */
const pointerTo = (field: string): string =>
  field.startsWith('/') ? field : `/${field.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('.', '/')}`

/** The problem as RFC 9457 problem details; `type` is the address where the code is explained. */
export const problemDetails = (problem: Problem, issuer: string, requestId: string, reference: string) => ({
  type: `${issuer}/problems/${problem.code}`,
  title: problem.code.replaceAll('-', ' '),
  status: problem.status,
  detail: problem.detail,
  code: problem.code,
  requestId,
  reference,
  ...(problem.issues.length > 0
    ? { errors: problem.issues.map(({ field, code }) => ({ pointer: pointerTo(field), code })) }
    : {}),
})
