import type { Language } from '../examples/sample/language.ts'
import { telephonySystem } from '../examples/telephony/announce-call.ts'
import { staffEntrance } from './one-click/staff.ts'
import { desk } from './seed/places.ts'
import type { CardHolder } from './seed/seed-club.ts'
import { staff } from './seed/staff.ts'

const [, lucia] = staff

/**
 * Somebody rings: the sample telephony system announces the number of one of the demo's people to Lucía's desk. Answers with
 * her page for the call, by the way of her one-click entrance.
 */
export async function telephone(options: {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly holders: ReadonlyMap<string, CardHolder>
  /** Lucía's id, as the telephony system knows it. */
  readonly agent: string
}) {
  const { issuer, holders, agent } = options
  const system = await telephonySystem(options)
  return async (caller: string, language: Language): Promise<string | undefined> => {
    const holder = holders.get(caller)
    if (holder === undefined) return undefined
    const page = new URL(await system.ring({ ani: holder.phone, agent, touchpoint: desk, language }))
    return staffEntrance(issuer, lucia, `${page.pathname}?lang=${language}`)
  }
}
