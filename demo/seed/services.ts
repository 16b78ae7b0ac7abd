import type { Resource } from '../../src/oidc/index.ts'

/**
 * The API of the shop's stock: it gives out nothing about people, so it verifies JWTs by itself and never has to ask. Its
 * address belongs to nobody (RFC 2606) and need not answer: it is a name.
 */
export const services: readonly Resource[] = [
  {
    identifier: 'https://existencias.tiendanorte.example',
    name: 'Existencias de Tienda Norte',
    tokenFormat: 'jwt',
    signingAlg: 'ES256',
    scopes: ['stock:read', 'stock:write'],
    lifetimeSeconds: 300,
    consentGated: false,
    introspectors: [],
    clients: { 'reposicion-norte': ['stock:read', 'stock:write'], 'tienda-norte-web': ['stock:read'] },
  },
]
