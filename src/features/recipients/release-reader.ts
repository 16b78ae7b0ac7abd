import type { SubjectId } from '../../kernel/ids.ts'
import type { KnownSubject } from '../consent/index.ts'
import type { Client } from './client.ts'
import type { WantedAttribute } from './scope-claims.ts'

export type AskingClient = Pick<
  Client,
  'clientId' | 'recipientId' | 'firstParty' | 'purposeId' | 'contactChannel' | 'brandId'
>

/** What a release is decided and made of, all of one moment. Values stay sealed until they are asked for by name. */
export interface ReleaseMatter {
  readonly known: KnownSubject
  readonly client: AskingClient
  /** The value of an attribute, and for identifiers whether it is verified; undefined when nothing is known. */
  valueOf(wanted: WantedAttribute): { readonly value: unknown; readonly verified?: boolean } | undefined
}

/**
 * Port. Promises: one read from the primary, or none when the row of `releaseAlong` about this person and client was read
 * along in this very request; undefined when there is no such person or no active client of that id; opens only what
 * `valueOf` is asked for.
 */
export interface ReleaseReader {
  read(
    subjectId: SubjectId,
    clientId: string,
    carried?: readonly unknown[],
  ): Promise<ReleaseMatter | undefined>
}
