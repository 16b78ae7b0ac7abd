import type { ContactChannel } from '../../kernel/evidence.ts'

/** What a permission is asked for. A `brand` of `*` asks for all brands of the controller at once. */
export interface PermissionKey {
  readonly controller: string
  readonly brand: string
  readonly purpose: string
  readonly contactChannel: ContactChannel
  readonly contactPoint?: string | undefined
  /** Product category of the campaign: soft opt-in alone depends on it, and no fact speaks of one. */
  readonly campaignCategory?: string | undefined
}

/** What a fact speaks about: like a key, with `*` for any brand or contact channel and globs such as `marketing.*`. */
export interface PermissionScope {
  readonly controller: string
  readonly brand: string
  readonly purpose: string
  readonly contactChannel: ContactChannel | '*'
  readonly contactPoint?: string | undefined
}

const star = '*'

/** `marketing.*` matches whatever is below `marketing.`, `*` matches all; otherwise the ids must be equal. */
export function purposeMatches(glob: string, purpose: string): boolean {
  if (glob === purpose || glob === star) return true
  return glob.endsWith('.*') && purpose.startsWith(glob.slice(0, -1))
}

/**
 * True when a yes covers the key: a consent for one controller, brand, purpose, contact channel and contact point
 * permits that and nothing beside it (GDPR Art. 4(11), "specific"). A yes pinned to an address needs the address asked
 * about to be the same; when nobody says which address would be used, it is not known to be the same.
 */
export function covers(scope: PermissionScope, key: PermissionKey): boolean {
  return (
    scope.controller === key.controller &&
    (scope.brand === star || scope.brand === key.brand) &&
    (scope.contactChannel === star || scope.contactChannel === key.contactChannel) &&
    (scope.contactPoint === undefined ||
      scope.contactPoint === star ||
      scope.contactPoint === key.contactPoint) &&
    purposeMatches(scope.purpose, key.purpose)
  )
}

/**
 * True when a no touches the key. A no is an act of the person, not of an address: it reaches every contact point of the
 * channel, and any brand's no stands in the way of asking for all brands at once.
 */
export function touches(scope: PermissionScope, key: PermissionKey): boolean {
  return (
    scope.controller === key.controller &&
    (scope.brand === star || scope.brand === key.brand || key.brand === star) &&
    (scope.contactChannel === star || scope.contactChannel === key.contactChannel) &&
    purposeMatches(scope.purpose, key.purpose)
  )
}

/**
 * True when what was found about a yes, or that the controller gave it up, reaches the key. Like the yes it speaks of one
 * address; and like a no, any brand's stands in the way of asking for all brands at once.
 */
export const reaches = (scope: PermissionScope, key: PermissionKey): boolean =>
  covers(scope, key.brand === star ? { ...key, brand: scope.brand } : key)

/** True when the scope names this very purpose and contact channel; only such a yes answers an objection (Art. 21(2)). */
export function names(scope: PermissionScope, key: PermissionKey): boolean {
  return (
    scope.purpose === key.purpose &&
    (scope.contactChannel === key.contactChannel ||
      (scope.contactChannel === star && key.contactChannel === 'none'))
  )
}
