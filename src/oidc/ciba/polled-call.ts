import type { PolledFlow } from '../device/polled-flow.ts'
import type { Payload } from '../request-finds.ts'

/**
 * The request as the engine shall see it: our row's word goes before the request's own, and what the row does not know is
 * still open. Without a row nothing was ever asked of anybody, and the request waits for its end.
 */
export function asPolledCall(request: Payload, polled: PolledFlow | undefined): Payload {
  const { grantId: _none, error: _no, errorDescription: _words, ...open } = request
  if (polled === undefined) return open
  if (polled.state === 'declined' || polled.state === 'reported') {
    return { ...open, error: 'access_denied', errorDescription: 'the customer refused the request' }
  }
  // Hasty ones are told to slow down even when there is an answer; see asPolled of the device flow.
  const given = polled.state === 'approved' || polled.state === 'redeemed'
  return given && !polled.hasty ? request : open
}
