import { createHash } from 'node:crypto'
import webPush from 'web-push'
import type { Clock } from '../../kernel/clock.ts'
import type { Kek } from '../crypto/index.ts'
import type { PushKeyStore, StoredPushKey } from './push-key-store.ts'

/** A key as it signs: both parts in base64url. */
export interface PushKey {
  readonly keyId: string
  readonly publicKey: string
  readonly privateKey: string
}

const contextOf = (keyId: string) => `push-key|${keyId}`
const idOf = (publicKey: string) => createHash('sha256').update(publicKey).digest('hex').slice(0, 16)

/** The keys of the house, opened. */
export function pushKeys(parts: { readonly store: PushKeyStore; readonly kek: Kek; readonly clock: Clock }) {
  const { store, kek, clock } = parts
  const opened = new Map<string, PushKey>()

  const open = async ({ keyId, publicKey, wrappedPrivateKey }: StoredPushKey): Promise<PushKey> => {
    const plain = await kek.unwrap(wrappedPrivateKey, contextOf(keyId))
    const key = { keyId, publicKey, privateKey: Buffer.from(plain).toString('base64url') }
    opened.set(keyId, key)
    return key
  }

  const make = async (): Promise<void> => {
    const { publicKey, privateKey } = webPush.generateVAPIDKeys()
    const keyId = idOf(publicKey)
    const wrappedPrivateKey = await kek.wrap(Buffer.from(privateKey, 'base64url'), contextOf(keyId))
    await store.insert({ keyId, publicKey, wrappedPrivateKey, kekId: kek.id }, clock.now())
  }

  return {
    find: async (keyId: string): Promise<PushKey | undefined> => {
      const known = opened.get(keyId)
      if (known !== undefined) return known
      const stored = await store.find(keyId)
      return stored && open(stored)
    },
    /**
     * Makes the first key. Unlike those that sign tokens these keys do not age out, so what an older key-encryption key
     * wrapped is wrapped anew.
     */
    settle: async (): Promise<void> => {
      if ((await store.current()) === undefined) await make()
      for (const stored of await store.list()) {
        if (stored.kekId === kek.id) continue
        const context = contextOf(stored.keyId)
        const wrappedPrivateKey = await kek.wrap(await kek.unwrap(stored.wrappedPrivateKey, context), context)
        await store.rewrap({ ...stored, wrappedPrivateKey, kekId: kek.id })
      }
    },
    /** The next subscriptions get another key; those there are keep theirs. */
    renew: async (): Promise<void> => {
      await store.retire(clock.now())
      await make()
    },
  }
}
