import type { DatabaseConnection } from '../../src/platform/db/connection.ts'

/** What a floor without HTTP may use. */
export interface FloorInside {
  /** An empty database on the cluster the house uses. */
  readonly database: DatabaseConnection
}
