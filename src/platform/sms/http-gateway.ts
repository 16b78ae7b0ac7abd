import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { invalid, PlacetError, refused, unavailable } from '../../kernel/errors.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Egress } from '../egress/index.ts'
import type { Limiter } from '../limits/index.ts'
import type { SmsGateway } from './sms-gateway.ts'

export interface HttpSmsSettings {
  readonly url: URL
  readonly token: string
  /** What the telephone shows as who wrote. */
  readonly sender: string
  /** ISO 3166 codes of the countries whose numbers are written to. */
  readonly countries: readonly string[]
}

const notSent = (why: string, cause?: unknown) => unavailable('sms-not-sent', why, 300, cause)

/**
 * Whoever earns by received messages owns numbers by the thousand, one after the other: all that differ in their last three
 * digits count together.
 */
const rangeOf = (number: string): string => number.slice(0, -3)

/** A mobile of a country that is written to. Premium and special numbers are of other types in the numbering plan (R69). */
function checkNumber(to: string, countries: readonly string[]): void {
  const number = parsePhoneNumberFromString(to)
  const type = number?.getType()
  const takesTexts = type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE'
  if (number === undefined || number.number !== to || !number.isValid() || !takesTexts) {
    throw invalid('sms-number', 'not a number messages are sent to')
  }
  if (number.country === undefined || !countries.includes(number.country)) {
    throw refused('sms-country', 'no messages are sent to this country')
  }
}

/**
 * A gateway over HTTP: one POST with a bearer token and JSON `{ to, from, text, reference }`, answered with 2xx and its name
 * for the message as `id`. Limited before it is asked, so that nobody can spend the house's money (R69).
 */
export const createHttpSms = (
  parts: {
    readonly egress: Pick<Egress, 'fetch'>
    readonly limiter: Pick<Limiter, 'consume'>
    readonly entropy: Entropy
  },
  { url, token, sender, countries }: HttpSmsSettings,
): SmsGateway => ({
  send: async ({ to, text }) => {
    checkNumber(to, countries)
    await parts.limiter.consume(to, 'sms-number')
    await parts.limiter.consume(rangeOf(to), 'sms-range')
    const reference = parts.entropy.id<'message'>()
    const answer = await parts.egress
      .fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          'idempotency-key': reference,
        },
        body: JSON.stringify({ to, from: sender, text, reference }),
      })
      .catch((error: unknown) => {
        throw notSent('The gateway for text messages could not be reached.', error)
      })
    if (!answer.ok) throw notSent(`The gateway for text messages answered ${answer.status}.`)
    return nameIn(await answer.json().catch(() => undefined)) ?? reference
  },
})

/** Taken over without a name of its own it is known by ours; asking again would send it twice. */
function nameIn(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('id' in answer)) return undefined
  return typeof answer.id === 'string' && /^[\x21-\x7e]{1,200}$/.test(answer.id) ? answer.id : undefined
}

/** Whether the gateway answers and takes the token; sends nothing. Undefined when all is well. */
export async function faultOfGateway(
  egress: Pick<Egress, 'fetch'>,
  { url, token }: Pick<HttpSmsSettings, 'url' | 'token'>,
): Promise<string | undefined> {
  try {
    const answer = await egress.fetch(url, { method: 'HEAD', headers: { authorization: `Bearer ${token}` } })
    if (answer.status === 401 || answer.status === 403) return `it refuses the token (${answer.status})`
    // A gateway that takes POST alone says 404 or 405 to this, and is there.
    return answer.status >= 500 ? `it answers ${answer.status}` : undefined
  } catch (error) {
    return error instanceof PlacetError ? error.detail : String(error)
  }
}
