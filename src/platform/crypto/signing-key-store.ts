import type { KeyState } from './key-rotation.ts'
import type { StoredSigningKey } from './signing-keys.ts'

/**
 * Port. Promises: `list` gives every key that is not removed; `insert` never replaces a key; `move` is one conditional
 * update that answers false when another process was first, so two of them rotating at once end with one result.
 * Private parts are stored only as they come, wrapped.
 */
export interface SigningKeyStore {
  list(): Promise<readonly StoredSigningKey[]>
  insert(key: StoredSigningKey): Promise<void>
  move(kid: string, from: KeyState, to: KeyState, at: Date): Promise<boolean>
}
