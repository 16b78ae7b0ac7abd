import type { RoleAssignment, StaffCreated } from '../features/staff/index.ts'
import type { Config } from '../platform/config/index.ts'
import type { DatabaseConnection } from '../platform/db/connection.ts'

/** A client as it is shown: its id, its metadata in the names of OpenID Connect registration, and our own fields. */
export type ClientDocument = Readonly<Record<string, unknown>>

/** A service as it is shown; see docs/operations.md, Services. */
export type ResourceDocument = Readonly<Record<string, unknown>>

/**
 * What the commands need of the wired house, and no more. `compose.ts` satisfies it. Everything here acts as
 * `{ kind: 'system', name: 'cli' }` and is audited as such.
 */
export interface CommandHouse {
  readonly clients: {
    /**
     * Registers a client from any metadata an OpenID client may have, with our own fields beside it (`recipient_id`,
     * `purpose_id`, `first_party`, `channel`, `contact_channel`, `brand_id`; `client_id` may be chosen). Answers the stored
     * document, which can be handed in again, with `client_secret` in clear this one time where the client has one.
     * `note` is told what is worth knowing though nothing is wrong.
     */
    create(document: ClientDocument, note?: (text: string) => void): Promise<ClientDocument>
    /** Every client, active or not, without secrets. */
    list(): Promise<readonly ClientDocument[]>
    /** A second secret beside the present one, in clear this one time; the one before the present stops working. */
    rotateSecret(clientId: string): Promise<ClientDocument>
  }
  readonly resources: {
    /** Registers a service from its document and answers it as it is kept, which can be handed in again. */
    create(document: ResourceDocument, note?: (text: string) => void): Promise<ResourceDocument>
    /** Every service, retired ones too. */
    list(): Promise<readonly ResourceDocument[]>
    retire(identifier: string): Promise<ResourceDocument>
    /** Which of its scopes a client may ask for from now on; none takes the right away. */
    allow(command: {
      readonly identifier: string
      readonly clientId: string
      readonly scopes: readonly string[]
    }): Promise<ResourceDocument>
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
  readonly subjects: Readonly<
    Record<
      'lock' | 'unlock',
      (command: { readonly subject: string; readonly reason: string }) => Promise<{
        readonly subjectId: string
        readonly state: 'locked' | 'active'
      }>
    >
  >
  readonly keys: {
    /** Takes the steps that are due and answers how many were taken; `begin` publishes the next key now. */
    rotate(options: { readonly begin: boolean }): Promise<number>
    /** Throws `unknown-key`. Answers the id of the key that signs instead. */
    replaceLeaked(kid: string): Promise<string>
    list(): Promise<readonly Readonly<Record<'kid' | 'algorithm' | 'state' | 'since', string>>[]>
  }
  close(): Promise<void>
}

export type OpenHouse = (config: Config, connection: DatabaseConnection) => Promise<CommandHouse>
