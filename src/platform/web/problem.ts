import { type Failure, type FieldIssue, PlacetError } from '../../kernel/errors.ts'

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

/** Errors of koa and its parsers carry a status and say whether their message may be shown. */
const isHttpError = (error: unknown): error is { status: number; expose: boolean; message: string } =>
  typeof error === 'object' &&
  error !== null &&
  'status' in error &&
  typeof error.status === 'number' &&
  'expose' in error

export function problemOf(error: unknown): Problem {
  if (error instanceof PlacetError) {
    const { code, detail, issues, retryAfterSeconds } = error
    return { status: statusOf[error.failure], code, detail, issues, retryAfterSeconds }
  }
  if (isHttpError(error) && error.status >= 400 && error.status < 500) {
    const code =
      error.status === 413 ? 'body-too-large' : error.status === 415 ? 'wrong-content-type' : 'bad-request'
    return {
      status: error.status,
      code,
      detail: 'The request could not be read.',
      issues: [],
      retryAfterSeconds: undefined,
    }
  }
  const detail = 'Something failed on our side. Nothing was changed.'
  return { status: 500, code: 'internal', detail, issues: [], retryAfterSeconds: undefined }
}

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
    ? {
        errors: problem.issues.map(({ field, code }) => ({
          pointer: `/${field.replaceAll('.', '/')}`,
          code,
        })),
      }
    : {}),
})
