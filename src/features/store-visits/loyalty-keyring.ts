import { LRUCache } from 'lru-cache'
import { codeSeconds, epochsAround, type TillKey } from './loyalty-code.ts'
import { type Epoch, epochOf, type LoyaltyKeyPair, loyaltyKeyPair } from './loyalty-keys.ts'

/** The keys of codes as the house has them: derived when they are needed, and kept nowhere but in this process. */
export interface LoyaltyKeyring {
  /** What signs codes of this second, for one store or for any. */
  signing(now: number, store: string | undefined): LoyaltyKeyPair
  /**
   * What a till of this store may judge codes of around this second with: public keys of yesterday, today and tomorrow, for
   * its own store and for codes that say none. While a secret of the house is being retired, its keys are among them.
   */
  tillKeys(now: number, store: string): readonly (TillKey & { readonly of: 'any-store' | 'this-store' })[]
}

/**
 * A pair takes 0.4 ms of a processor, and a look-up needs six. A thousand stores need three thousand a day; what nobody has
 * asked for longest goes first, and is derived again if anybody does.
 */
const mostKept = 4_000

/** `houseKeys`: today's first, then those that are being retired. */
export function loyaltyKeyring(houseKeys: readonly [Uint8Array, ...Uint8Array[]]): LoyaltyKeyring {
  const kept = new LRUCache<string, LoyaltyKeyPair>({ max: mostKept })
  const pairOf = (at: number, epoch: Epoch, store: string | undefined): LoyaltyKeyPair => {
    const name = JSON.stringify([at, epoch, store])
    const known = kept.get(name)
    if (known !== undefined) return known
    const pair = loyaltyKeyPair(houseKeys[at] ?? houseKeys[0], epoch, store)
    kept.set(name, pair)
    return pair
  }
  return {
    signing: (now, store) => pairOf(0, epochOf(now), store),
    tillKeys: (now, store) =>
      epochsAround(now).flatMap((epoch) =>
        houseKeys.flatMap((_, at) =>
          ([undefined, store] as const).map((scope) => {
            const { kid, publicKey, verifying } = pairOf(at, epoch, scope)
            return {
              kid,
              publicKey,
              verifying,
              epoch,
              of: scope === undefined ? 'any-store' : 'this-store',
            } as const
          }),
        ),
      ),
  }
}

/** Seconds a till without a connection goes on with the keys it has: to the end of the last day among them. */
export const keysLastUntil = (now: number): number => (epochOf(now) + 2) * 86_400 + codeSeconds
