import type { Browser } from '../generator/browser.ts'
import { inParallel } from '../generator/circulation.ts'
import { RelyingParty, type Tokens } from '../generator/relying-party.ts'
import type { ClientPlace } from './scenario.ts'

export interface SignedInPeople {
  readonly party: RelyingParty
  readonly sessions: readonly { readonly browser: Browser; readonly tokens: Tokens }[]
}

/** Twice as many as connections, so that an open loop which falls behind waits for the server and not for a session. */
const perConnection = 2

/** People signed in by the front door, a few at a time because each sign-in hashes a password. */
export async function signedInPeople({ http, target, connections }: ClientPlace): Promise<SignedInPeople> {
  const party = await RelyingParty.discover(http, target)
  const people = target.people.slice(0, connections * perConnection)
  return { party, sessions: await inParallel(people, 4, (person) => party.signIn(person)) }
}
