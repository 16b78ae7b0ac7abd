import { randomUUID } from 'node:crypto'
import { relyingParty } from '../sample/relying-party.ts'
import type { Level } from './words.ts'

/** What was put before the till: a card, a code of the customer's screen, or a code that was sent to them. */
export type Shown =
  | { readonly card: string }
  | { readonly code: string }
  | { readonly card: string; readonly ref: string; readonly one_time_code: string }

/** What Placet lets the till see, now. */
export interface Seen {
  readonly level: Level
  readonly attributes: Readonly<Record<string, string | number>>
  readonly offers: readonly string[]
}

/** A question that was refused, by its stable code (RFC 9457). */
export class Refused extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** The till's side of the API: a token of its own, kept until just before it ends, and one question at a time. */
export async function askPlacet(options: {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
}) {
  const party = await relyingParty({ ...options, redirectUri: options.issuer, scope: 'openid' })
  let token: { readonly value: string; readonly until: number } | undefined
  const bearer = async (): Promise<string> => {
    if (token !== undefined && token.until > Date.now()) return token.value
    const { access_token: value, expires_in: seconds = 60 } = await party.asItself('tills:write')
    token = { value, until: Date.now() + (seconds - 10) * 1000 }
    return value
  }
  const post = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(new URL(`/api/v1/tills/${path}`, options.issuer), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await bearer()}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(body),
    })
    const said = (await answer.json()) as { readonly code?: string }
    if (!answer.ok) throw new Refused(said.code ?? String(answer.status))
    return said
  }
  return {
    lookUp: async (shown: Shown) => (await post('look-ups', shown)) as Seen,
    /** Sends the customer a code; answers with what it is checked under. */
    sendCode: async (card: string) => ((await post('codes', { card })) as { readonly ref: string }).ref,
  }
}

export type Placet = Awaited<ReturnType<typeof askPlacet>>
