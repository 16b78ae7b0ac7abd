/**
 * The closed family of things that go wrong on purpose. `platform/web/problem.ts` is the one place that turns them into
 * pages, problem details (RFC 9457) or retries. `code` is stable and documented; `detail` may be shown to the caller;
 * `cause` never leaves the process.
 */
export type Failure =
  | 'invalid'
  | 'not-found'
  | 'refused'
  | 'unauthenticated'
  | 'needs-step-up'
  | 'conflict'
  | 'gone'
  | 'too-many'
  | 'unavailable'

export interface FieldIssue {
  /** Name of the form field, or RFC 6901 pointer into a JSON body. */
  readonly field: string
  /** Stable code with a text in every locale. */
  readonly code: string
}

export class PlacetError extends Error {
  readonly failure: Failure
  readonly code: string
  readonly detail: string
  readonly issues: readonly FieldIssue[]
  readonly retryAfterSeconds: number | undefined

  constructor(
    failure: Failure,
    code: string,
    detail: string,
    more: { issues?: readonly FieldIssue[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(`${code}: ${detail}`, more.cause === undefined ? undefined : { cause: more.cause })
    this.name = 'PlacetError'
    this.failure = failure
    this.code = code
    this.detail = detail
    this.issues = more.issues ?? []
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}

export const invalid = (code: string, detail: string, issues: readonly FieldIssue[] = []) =>
  new PlacetError('invalid', code, detail, { issues })
export const notFound = (code: string, detail: string) => new PlacetError('not-found', code, detail)
export const refused = (code: string, detail: string) => new PlacetError('refused', code, detail)
export const unauthenticated = (code: string, detail: string) =>
  new PlacetError('unauthenticated', code, detail)
export const needsStepUp = (code: string, detail: string) => new PlacetError('needs-step-up', code, detail)
export const conflict = (code: string, detail: string) => new PlacetError('conflict', code, detail)
export const gone = (code: string, detail: string) => new PlacetError('gone', code, detail)
export const tooMany = (code: string, detail: string, retryAfterSeconds: number) =>
  new PlacetError('too-many', code, detail, { retryAfterSeconds })
export const unavailable = (code: string, detail: string, retryAfterSeconds: number, cause?: unknown) =>
  new PlacetError('unavailable', code, detail, { retryAfterSeconds, cause })
