import { randomUUID } from 'node:crypto'
import { relyingParty } from '../sample/relying-party.ts'

export interface TelephonyOptions {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
}

export interface RingingCall {
  /** The number that rings; left out where it is withheld. */
  readonly ani?: string
  /** Id of whoever takes it. */
  readonly agent: string
  readonly touchpoint: string
  readonly language: 'es' | 'en'
}

/**
 * A telephony system, as far as Placet is concerned: it says which number rings which agent, and gets the address of the page
 * to open on that agent's screen. It learns nothing of who calls.
 */
export async function telephonySystem(options: TelephonyOptions) {
  const party = await relyingParty({ ...options, redirectUri: options.issuer, scope: 'openid' })
  return {
    /** Announces the call and answers with the address of the agent's page for it. */
    async ring(call: RingingCall): Promise<string> {
      const { access_token: token } = await party.asItself('calls:write')
      const id = randomUUID()
      const answer = await fetch(new URL('/api/v1/calls', options.issuer), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          // Sent again after a lost answer, it is the same call and not a second one.
          'idempotency-key': id,
        },
        body: JSON.stringify({ call_id: id, ...call }),
      })
      if (!answer.ok) throw new Error(`The call was not announced: ${answer.status} ${await answer.text()}`)
      const { screen_pop: page } = (await answer.json()) as { readonly screen_pop: string }
      return page
    },
  }
}
