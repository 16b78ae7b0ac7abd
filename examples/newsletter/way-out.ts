import type { relyingParty } from '../sample/relying-party.ts'

/** The way out that belongs into a letter: a link for its reader, headers for the mail program (RFC 8058). */
export interface WayOut {
  readonly href: string
  readonly headers: Readonly<Record<string, string>>
}

const scope = 'permissions:read'

/** Somebody who has only just connected may not be known by name yet. */
const pauses = [100, 400, 1500]

function wayOutIn(answer: unknown): WayOut | undefined {
  const { items = [] } = answer as { readonly items?: readonly { readonly opt_out?: WayOut }[] }
  return items.find(({ opt_out }) => opt_out !== undefined)?.opt_out
}

/** Asks the API, as the mailing system itself, whether one person may be written to, and what their letter must carry. */
export function waysOut(issuer: string, party: Awaited<ReturnType<typeof relyingParty>>) {
  let token: { readonly value: string; readonly until: number } | undefined
  const bearer = async (): Promise<string> => {
    if (token !== undefined && token.until > Date.now()) return token.value
    const { access_token: value, expires_in: seconds = 60 } = await party.asItself(scope)
    token = { value, until: Date.now() + (seconds - 10) * 1000 }
    return value
  }
  /** Undefined means no letter: nobody is written to who could not stop it. */
  return async (sub: string): Promise<WayOut | undefined> => {
    const address = new URL(`/api/v1/subjects/${encodeURIComponent(sub)}/permissions`, issuer)
    for (const pause of [...pauses, undefined]) {
      const answer = await fetch(address, { headers: { authorization: `Bearer ${await bearer()}` } })
      if (answer.ok) return wayOutIn(await answer.json())
      if (answer.status !== 404 || pause === undefined) break
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
    return undefined
  }
}
