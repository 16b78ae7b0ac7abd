/** The key pair by which push services know us. The private part is stored only as it comes, wrapped. */
export interface StoredPushKey {
  readonly keyId: string
  /** What a browser subscribes with: an uncompressed P-256 point in base64url. */
  readonly publicKey: string
  readonly wrappedPrivateKey: Uint8Array
  readonly kekId: string
}

/**
 * Port. Promises: of any number of processes that `insert` at once one is first, and the others find its key as `current`;
 * `find` gives a key for as long as subscriptions made with it may live, retired or not.
 */
export interface PushKeyStore {
  current(): Promise<StoredPushKey | undefined>
  /** All of them, retired ones too. */
  list(): Promise<readonly StoredPushKey[]>
  find(keyId: string): Promise<StoredPushKey | undefined>
  insert(key: StoredPushKey, at: Date): Promise<void>
  /** The same key under another key-encryption key. */
  rewrap(key: StoredPushKey): Promise<void>
  /** Gives the present key to no new subscription. */
  retire(at: Date): Promise<void>
}
