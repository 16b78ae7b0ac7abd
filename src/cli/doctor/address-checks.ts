import { isIP } from 'node:net'
import { bad, type Check, good } from './check.ts'

const hostOf = (issuer: URL) => issuer.hostname.replace(/^\[|\]$/g, '')

const isLoopback = (host: string) =>
  host === 'localhost' || host.endsWith('.localhost') || host === '127.0.0.1' || host === '::1'

/** RFC 8414, 2: the issuer is https. Plain http is let through on this machine only, where no network sees it. */
export function checkIssuer(issuer: URL): Check {
  if (issuer.protocol === 'https:' || isLoopback(hostOf(issuer))) return good('issuer', issuer.origin)
  return bad('issuer', `${issuer.origin} is not https.`, 'Set PLACET_ISSUER to the public https:// address.')
}

/** The RP ID of every passkey is the issuer's full host. Browsers refuse addresses as RP IDs (WebAuthn L3 5.1.2). */
export function checkPasskeyOrigin(issuer: URL): Check {
  const host = hostOf(issuer)
  if (isIP(host) !== 0) {
    return bad(
      'passkey origins',
      `${host} is an address, and browsers make no passkeys for addresses.`,
      `Set PLACET_ISSUER to a name; on this machine http://localhost:${issuer.port || '3000'}.`,
    )
  }
  return good('passkey origins', `RP ID ${host}, origin ${issuer.origin}`)
}
