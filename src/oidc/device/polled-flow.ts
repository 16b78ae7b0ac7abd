import type { CallState } from '../ciba/call-store.ts'
import type { Payload } from '../request-finds.ts'
import type { FlowState } from './device-store.ts'

/** How a flow or a call stood when whoever waits for it asked. */
export interface PolledFlow {
  readonly state: FlowState | CallState
  /** Asked again before the interval was over. */
  readonly hasty: boolean
  /** Nobody claimed the code, and now nobody can any more. */
  readonly over: boolean
}

/** The columns that polling adds to what is asked about; undefined when that is another client's. */
export function polledFlow(columns: readonly unknown[]): PolledFlow | undefined {
  const [state, hasty, alive] = columns
  return typeof state === 'string'
    ? { state: state as PolledFlow['state'], hasty: hasty === true, over: alive !== true }
    : undefined
}

/**
 * The device code as the engine shall see it: the flow's word goes before the code's own. The engine finds an approval in
 * `accountId`, a refusal in `error`, and the end in `exp`; it answers each in RFC 8628's words.
 */
export function asPolled(code: Payload, polled: PolledFlow | undefined): Payload {
  if (polled === undefined) return code
  // Approved or redeemed, a hasty question is told to slow down: of many at one moment one gets the tokens, and the others
  // do not look like a thief's second use of the code. A second use that took its time does.
  const given = polled.state === 'approved' || polled.state === 'redeemed'
  if (given && !polled.hasty) return code
  const { accountId: _nobody, grantId: _none, ...open } = code
  if (polled.state === 'declined' || polled.state === 'killed') {
    return { ...open, error: 'access_denied', errorDescription: 'the request was refused' }
  }
  return polled.over ? { ...open, exp: 1 } : open
}
