import { unavailable } from '../../../kernel/errors.ts'
import type { Entropy } from '../../../kernel/ids.ts'
import type { TimestampAuthority } from './timestamp-authority.ts'
import { readTimestamp, timestampRequest } from './timestamp-message.ts'
import { isFromAuthority, type TimestampTrust } from './timestamp-signature.ts'

/** Gives up by itself on a host that does not answer, as our way out does. */
type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** RFC 3161 over HTTP (3.4). What comes back is held against what was asked, and against who may answer it. */
export function httpTimestampAuthority(
  { fetch, entropy }: { readonly fetch: Fetch; readonly entropy: Entropy },
  { url, trust }: { readonly url: URL; readonly trust: TimestampTrust },
): TimestampAuthority {
  const refusal = (why: string) => unavailable('timestamp-refused', `The time authority ${why}.`, 60)
  return {
    stamp: async (digest) => {
      const nonce = Buffer.from(entropy.bytes(8))
      nonce[0] = 0x40 | ((nonce[0] ?? 0) & 0x3f)
      const answer = await fetch(url.href, {
        method: 'POST',
        headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
        body: Buffer.from(timestampRequest(digest, nonce)),
      })
      if (!answer.ok) throw refusal(`answered ${answer.status}`)
      const response = Buffer.from(await answer.arrayBuffer())
      const stamped = readTimestamp(response)
      if (stamped === undefined) throw refusal('granted nothing')
      if (!Buffer.from(stamped.digest).equals(digest)) throw refusal('stamped something else')
      if (stamped.nonce === undefined || !nonce.equals(stamped.nonce))
        throw refusal('answered another question')
      if (!isFromAuthority(stamped, trust)) throw refusal('is none we know')
      return response
    },
  }
}
