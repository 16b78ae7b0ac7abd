import type { CataloguedAttribute } from '../consent/index.ts'

/** Claims of the `profile` scope (OpenID Connect Core 5.4), as far as a catalogue may have them. */
const profileClaims = new Set([
  'name',
  'family_name',
  'given_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
])

/** An identifier towards programs: its value and whether it was verified always go together. */
const identifierClaims = {
  email: { attribute: 'email', kind: 'email', claim: 'email', verified: 'email_verified' },
  phone: { attribute: 'phone', kind: 'phone', claim: 'phone_number', verified: 'phone_number_verified' },
} as const

const ofIdentifiers = new Set<string>(
  Object.values(identifierClaims).flatMap(({ claim, verified }) => [claim, verified]),
)

/** Scope of the claims of this house that OpenID has no scope for. */
export const ownScope = 'attributes'

/**
 * Which claims a scope stands for. A scope only asks; what leaves is decided claim by claim, by purpose and consent
 * (VC31: Gitea's userinfo answered whatever it knew).
 */
export function claimsByScope(
  attributes: Iterable<Pick<CataloguedAttribute, 'claim'>>,
): Readonly<Record<string, readonly string[]>> {
  const scopes: Record<string, string[]> = {
    profile: [],
    email: [identifierClaims.email.claim, identifierClaims.email.verified],
    phone: [identifierClaims.phone.claim, identifierClaims.phone.verified],
    address: [],
    [ownScope]: [],
  }
  for (const { claim } of attributes) {
    if (ofIdentifiers.has(claim)) continue
    const scope = claim === 'address' ? 'address' : profileClaims.has(claim) ? 'profile' : ownScope
    scopes[scope]?.push(claim)
  }
  return scopes
}

/** One thing that was asked for: the attribute that is decided on, and the claims its value is answered as. */
export interface WantedAttribute {
  readonly attribute: string
  readonly claim: string
  readonly verifiedClaim?: string
  /** Read from the identifiers; what was only declared serves where there is none, and is never verified. */
  readonly identifier?: 'email' | 'phone'
}

/** What scopes and single requested claims come to; anything the house does not know is not asked for at all. */
export function wantedAttributes(
  attributes: Iterable<CataloguedAttribute>,
  scopes: readonly string[],
  requestedClaims: readonly string[],
): readonly WantedAttribute[] {
  const known = [...attributes]
  const byScope = claimsByScope(known)
  const claims = new Set([...scopes.flatMap((scope) => byScope[scope] ?? []), ...requestedClaims])
  const wanted: WantedAttribute[] = []
  for (const { attribute, kind, claim, verified } of Object.values(identifierClaims)) {
    if (claims.has(claim) || claims.has(verified))
      wanted.push({ attribute, claim, verifiedClaim: verified, identifier: kind })
  }
  for (const { id, claim } of known) {
    if (claims.has(claim) && !ofIdentifiers.has(claim)) wanted.push({ attribute: id, claim })
  }
  return wanted
}
