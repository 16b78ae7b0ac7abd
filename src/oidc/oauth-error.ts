import type { KoaContextWithOIDC } from 'oidc-provider'

/** An error of RFC 6749 5.2 in place of what the engine was about to answer; with a status of 400 its writes are taken back. */
export function answerOAuthError(
  ctx: KoaContextWithOIDC,
  status: number,
  error: string,
  description: string,
): void {
  ctx.status = status
  ctx.body = { error, error_description: description }
}

/** The `error` of the answer the engine is about to give. */
export const errorOf = ({ body }: KoaContextWithOIDC): string | undefined => {
  const error: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'error') : undefined
  return typeof error === 'string' ? error : undefined
}

/** Whether the engine refused the client because it did not register this grant; it says `invalid_request` to that. */
export const grantWasRefused = ({ status, body }: KoaContextWithOIDC, grant: string): boolean => {
  const said = typeof body === 'object' && body !== null ? Reflect.get(body, 'error_description') : undefined
  return status === 400 && typeof said === 'string' && said.startsWith(grant)
}
