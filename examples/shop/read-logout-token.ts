import { type JWTVerifyGetKey, jwtVerify } from 'jose'

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'

/** Back-Channel Logout 1.0, 2.6: whose session the provider ends, or nothing when the token is not valid. */
export async function readLogoutToken(
  expected: { readonly issuer: string; readonly clientId: string },
  keys: JWTVerifyGetKey,
  token: string,
): Promise<{ readonly sub: string | undefined; readonly sid: unknown } | undefined> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: expected.issuer,
      audience: expected.clientId,
      typ: 'logout+jwt',
    })
    const { events, nonce, sub, sid } = payload
    const isLogout = typeof events === 'object' && events !== null && logoutEvent in events
    return isLogout && nonce === undefined ? { sub, sid } : undefined
  } catch {
    return undefined
  }
}
