/** What the person allowed a client that is not ours, kept between sessions. */
export interface Allowed {
  readonly scopes: readonly string[]
  readonly claims: readonly string[]
  readonly resources: Readonly<Record<string, readonly string[]>>
  readonly refusedScopes: readonly string[]
  readonly refusedClaims: readonly string[]
}

/** As it lies in the database; undefined when nothing was ever allowed. */
export function allowedOf(value: unknown): Allowed | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const names = (from: unknown) =>
    Array.isArray(from) ? from.filter((name): name is string => typeof name === 'string') : []
  const raw = value as Readonly<Record<string, unknown>>
  const resources = typeof raw['resources'] === 'object' && raw['resources'] !== null ? raw['resources'] : {}
  return {
    scopes: names(raw['scopes']),
    claims: names(raw['claims']),
    resources: Object.fromEntries(Object.entries(resources).map(([key, scopes]) => [key, names(scopes)])),
    refusedScopes: names(raw['refusedScopes']),
    refusedClaims: names(raw['refusedClaims']),
  }
}
