import { randomBytes } from 'node:crypto'
import type { DatabaseConnection } from '../../src/platform/db/connection.ts'

export interface HouseSettings {
  /** As the application, with the rights it has in production. */
  readonly database: DatabaseConnection
  readonly smtpUrl: string
  /** The same for every start on one database, or nothing sealed could be read again. */
  readonly secrets: { readonly kek: string; readonly secret: string }
}

export const newSecrets = (): HouseSettings['secrets'] => ({
  kek: randomBytes(32).toString('base64'),
  secret: randomBytes(32).toString('base64'),
})
