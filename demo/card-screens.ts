import type { House } from '../src/compose.ts'
import { loyaltyKeyring } from '../src/features/store-visits/index.ts'
import { makeLoyaltyCode } from '../src/features/store-visits/loyalty-code.ts'
import { people } from './seed/people.ts'
import type { CardHolder } from './seed/seed-club.ts'

/**
 * What the demo's till has instead of a scanner: the code that stands on the screen of whoever has a card, made by the house's
 * own keys as their card page makes it. It says nothing of a sign-in a moment ago; only the page itself knows of one.
 */
export function cardScreens({ platform }: Pick<House, 'platform'>, holders: ReadonlyMap<string, CardHolder>) {
  const { keys, clock } = platform
  const keyring = loyaltyKeyring([keys.current('loyalty-codes').bytes])
  return {
    screens: people.filter(({ key }) => holders.has(key)).map(({ key, firstName: name }) => ({ key, name })),
    /** Nothing for whoever has no card, which no till takes for a code. */
    read: async (key: string): Promise<string> => {
      const holder = holders.get(key)
      if (holder === undefined) return ''
      const madeAt = Math.floor(clock.now().getTime() / 1000)
      return makeLoyaltyCode(keyring.signing(madeAt, undefined), {
        card: holder.card,
        madeAt,
        ownPhone: false,
      })
    },
  }
}
