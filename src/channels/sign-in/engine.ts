import type { Assurance } from '../../kernel/actor.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Exchange } from '../../platform/web/route.ts'

/** What the client asks to be given, in the protocol's words. */
export interface Asks {
  readonly scopes: readonly string[]
  readonly claims: readonly string[]
  readonly resources: Readonly<Record<string, readonly string[]>>
}

/** What the person gives them: of what was asked, and less single claims of a scope that goes along otherwise. */
export interface Allows extends Asks {
  readonly refusedClaims?: readonly string[]
}

export interface OpenInteraction {
  readonly uid: string
  readonly prompt: 'login' | 'purposes' | 'consent'
  readonly clientId: string
  readonly clientName: string
  readonly uiLocales: readonly string[]
  readonly loginHint?: string | undefined
  readonly acrNeeded?: Assurance | undefined
  /** Whose session this browser already has. */
  readonly subjectId?: SubjectId | undefined
  readonly asks: Asks
}

/**
 * Port to the protocol engine. Promises: `open` answers only in the browser in which the interaction began, and throws
 * `gone('interaction-expired')` anywhere else and later; each of the others ends one prompt and says where to go on.
 */
export interface Interactions {
  open(exchange: Exchange): Promise<OpenInteraction>
  login(
    exchange: Exchange,
    result: { readonly subjectId: SubjectId; readonly assurance: Assurance; readonly remember: boolean },
  ): Promise<string>
  authorize(exchange: Exchange, allowed: Allows): Promise<string>
  abort(exchange: Exchange): Promise<string>
}

/** One line of what would be shared, with what stands for it in the protocol. */
export interface PreviewedClaim {
  readonly id: string
  /** In the reader's language. */
  readonly label: string
  /** What would be shared now; absent when nothing is known or the decision says no. */
  readonly value?: string
  readonly optional: boolean
  readonly scopes: readonly string[]
  readonly claims: readonly string[]
}

export interface ClaimPreview {
  readonly domain: string
  readonly privacyHref?: string
  readonly claims: readonly PreviewedClaim[]
  readonly purpose: string
  readonly duration: string
}

/** Port: what a client that is not ours would be given about this person, with the values of now. */
export type PreviewClaims = (
  subjectId: SubjectId,
  clientId: string,
  asks: Asks,
  language: string,
) => Promise<ClaimPreview>
