import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'

/** Whom the request being served is about. */
export interface HintedPerson {
  readonly subjectId: SubjectId
  /** False for an id that was made up a moment ago. */
  readonly known: boolean
}

export type HintedPeople = WeakMap<KoaContextWithOIDC, HintedPerson>

/** The subject of a request about nobody: an id like any other, which nobody has and nobody gets. */
export const nobodyAtAll = (entropy: Entropy): SubjectId => entropy.id<'subject'>()
