import type { Cookie } from '../../platform/web/answer.ts'
import { cookieName } from '../../platform/web/cookies.ts'

/** A name of its own: a customer's session is no staff session, and the other way round. */
export const sessionCookieName = (https: boolean): string => cookieName('placet_staff', https)

/**
 * For the whole origin, because the officer's pages lie outside `/staff`. Without an age, so that it ends with the browser
 * at the latest; the database decides when it ends before.
 */
export const sessionCookie = (https: boolean, token: string | undefined): Cookie => ({
  name: sessionCookieName(https),
  value: token,
})
