/**
 * What is wrong with a request as HTTP, before anybody asks what it wants. The closed family of `kernel/errors.ts` begins
 * where a request is understood.
 */
export class HttpRefusal extends Error {
  readonly status: 400 | 404 | 405 | 413 | 415
  readonly code: string
  readonly detail: string
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: HttpRefusal['status'],
    code: string,
    detail: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${code}: ${detail}`)
    this.name = 'HttpRefusal'
    this.status = status
    this.code = code
    this.detail = detail
    this.headers = headers
  }
}
