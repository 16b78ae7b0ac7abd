/** Claims the protocol itself puts into tokens; never a matter of release. */
const ofTheProtocol = ['acr', 'amr', 'auth_time', 'iss', 'sid']

/** `scope → claims` in the shape of the engine's configuration. */
export const engineClaims = (
  claimsByScope: Readonly<Record<string, readonly string[]>>,
): Record<string, string[] | null> => ({
  ...Object.fromEntries(ofTheProtocol.map((name) => [name, null])),
  ...Object.fromEntries(Object.entries(claimsByScope).map(([scope, names]) => [scope, [...names]])),
  // Where an ID token was given out and who acts with it: said by the house of itself, where it is so.
  openid: ['sub', 'touchpoint', 'act'],
})

/**
 * Which scopes still mean something: one that stands for claims stays while any of them may leave now; one that stands
 * for none (`openid`, a service's own) is not about data and stays.
 */
export const scopesAlive = (
  scopes: readonly string[],
  claimsByScope: Readonly<Record<string, readonly string[]>>,
  released: Readonly<Record<string, unknown>>,
): readonly string[] =>
  scopes.filter((scope) => {
    const names = (claimsByScope[scope] ?? []).filter((name) => name !== 'sub')
    return names.length === 0 || names.some((name) => name in released)
  })

/** What scopes stand for once single claims of them were refused: those scopes claim by claim, the others as they are. */
export function withoutRefused(
  scopes: readonly string[],
  requestedClaims: readonly string[],
  refused: readonly string[],
  claimsByScope: Readonly<Record<string, readonly string[]>>,
): { readonly scopes: readonly string[]; readonly requestedClaims: readonly string[] } {
  const cut = scopes.filter((scope) => (claimsByScope[scope] ?? []).some((name) => refused.includes(name)))
  const left = [...requestedClaims, ...cut.flatMap((scope) => claimsByScope[scope] ?? [])]
  return {
    scopes: scopes.filter((scope) => !cut.includes(scope)),
    requestedClaims: [...new Set(left)].filter((name) => !refused.includes(name)),
  }
}
