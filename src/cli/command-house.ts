import type { RoleAssignment, StaffCreated } from '../features/staff/index.ts'
import type { Config } from '../platform/config/index.ts'
import type { DatabaseConnection } from '../platform/db/connection.ts'

/** A client as it is shown: its id, its metadata in the names of OpenID Connect registration, and our own fields. */
export type ClientDocument = Readonly<Record<string, unknown>>

/**
 * What the commands need of the wired house, and no more. `compose.ts` satisfies it. Everything here acts as
 * `{ kind: 'system', name: 'cli' }` and is audited as such.
 */
export interface CommandHouse {
  readonly clients: {
    /**
     * Registers a client from any metadata that OpenID Connect Dynamic Client Registration 1.0 knows, with our own fields
     * beside it (`recipient_id`, `purpose_id`, `first_party`, `channel`, `contact_channel`, `brand_id`; `client_id` may be
     * chosen). Answers the stored document, with `client_secret` in clear this one time where the client has one.
     */
    create(document: ClientDocument): Promise<ClientDocument>
    /** Every client, active or not, without secrets. */
    list(): Promise<readonly ClientDocument[]>
    /** A second secret beside the present one, in clear this one time; the one before the present stops working. */
    rotateSecret(clientId: string): Promise<ClientDocument>
  }
  readonly staff: {
    create(command: {
      readonly login: string
      readonly displayName: string
      readonly roles: readonly RoleAssignment[]
    }): Promise<StaffCreated>
    /** A new enrolment link for somebody who lost their passkey. */
    enrol(login: string): Promise<StaffCreated>
  }
  readonly keys: {
    /** Takes the steps that are due and answers how many were taken. */
    rotate(): Promise<number>
  }
  close(): Promise<void>
}

export type OpenHouse = (config: Config, connection: DatabaseConnection) => Promise<CommandHouse>
