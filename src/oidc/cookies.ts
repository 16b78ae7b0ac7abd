import type { Configuration } from 'oidc-provider'
import type { KeyedHash } from '../platform/crypto/index.ts'
import { cookieSignatures } from './cookie-signatures.ts'

export interface CookieNames {
  readonly session: string
  readonly interaction: string
  readonly resume: string
}

/**
 * `__Host-` ties the session to this very host; the other two have a path, which that prefix forbids. Over plain http,
 * which only loopback may use, browsers refuse both prefixes, so the names are plain there (R32).
 */
export const cookieNames = (https: boolean): CookieNames =>
  https
    ? {
        session: '__Host-placet_session',
        interaction: '__Secure-placet_interaction',
        resume: '__Secure-placet_resume',
      }
    : { session: 'placet_session', interaction: 'placet_interaction', resume: 'placet_resume' }

/** `keys`: the first signs, all verify, so that they can be changed without ending sessions. */
export function cookieSettings(
  https: boolean,
  keys: readonly [KeyedHash, ...KeyedHash[]],
): NonNullable<Configuration['cookies']> {
  const every = { httpOnly: true, sameSite: 'lax', signed: true, overwrite: true, secure: https } as const
  return { names: { ...cookieNames(https) }, long: every, short: every, keys: cookieSignatures(keys) }
}
