/**
 * All that a terminal in a store may ask for (R46): to know who stands in front of it, and to show and change that person's
 * choices on its screen while they do. No scope of claims is among them: what a kiosk shows comes from our own pages.
 */
export const kioskScopes = ['openid', 'kiosk'] as const

export type KioskScope = (typeof kioskScopes)[number]

/** The scopes of a request, or undefined when it asks for more than a terminal may have, or for nobody. */
export function kioskScopesIn(scope: unknown): readonly KioskScope[] | undefined {
  if (typeof scope !== 'string') return undefined
  const asked = scope.split(' ').filter(Boolean)
  const allowed = kioskScopes.filter((one) => asked.includes(one))
  return allowed.length === new Set(asked).size && allowed.includes('openid') ? allowed : undefined
}
