import { createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { commandHouse } from '../../src/compose/command-house.ts'
import { openHouseOfClients } from './house-of-clients.ts'
import { codeFor, type personCalled, post, type RelyingParty, Visitor } from './visitor.ts'

/** Services beside the house: one that verifies JWTs by itself, one whose tokens hang on consent. */
export const stockApi = 'https://almacenes.tiendanorte.example'
export const segmentsApi = 'urn:tienda-norte:segmentos'

export interface Answer {
  readonly access_token: string
  readonly refresh_token?: string
  readonly id_token?: string
  readonly scope?: string
  readonly expires_in: number
  readonly error?: string
}

/** The house with both services, the clients that may use them, and how they get and look at tokens. */
export async function openHouseOfServices() {
  const clients = await openHouseOfClients()
  const { app } = clients
  const commands = commandHouse(app.house)
  const register = async (clientId: string, more: Record<string, unknown>): Promise<RelyingParty> => {
    const made = await commands.clients.create({
      client_id: clientId,
      client_name: clientId,
      grant_types: ['client_credentials'],
      ...more,
    })
    return { clientId, secret: made['client_secret'] as string, redirectUri: '' }
  }
  const robot = await register('robot-de-reposicion', { first_party: true })
  /** The client that the service of segments introspects with; of the mailing system, for its one purpose. */
  const segments = await register('segmentos-api', {
    recipient_id: 'correo-norte',
    purpose_id: 'marketing.direct',
    contact_channel: 'email',
  })
  await app.house.oidc.reloadClients()
  await commands.resources.create({
    identifier: stockApi,
    name: 'Existencias de Tienda Norte',
    token_format: 'jwt',
    consent_gated: false,
    scopes: ['stock:read', 'stock:write'],
    clients: {
      'robot-de-reposicion': ['stock:read', 'stock:write'],
      'tienda-norte-web': ['stock:read'],
      libros: ['stock:read'],
      musica: ['stock:read'],
    },
  })
  await commands.resources.create({
    identifier: segmentsApi,
    name: 'Segmentos',
    scopes: ['segments:read'],
    introspecting_clients: ['segmentos-api'],
    clients: { 'robot-de-reposicion': ['segments:read'], 'tienda-norte-web': ['segments:read'] },
  })
  // What a service keeps of the house: its public keys, and nothing it would have to ask for at each request.
  const published = await fetch(`${app.origin}/oidc/jwks`)
  const keys = createLocalJWKSet((await published.json()) as JSONWebKeySet)

  const machine = async (party: RelyingParty, fields: Record<string, string>) => {
    const answer = await post(app.origin, '/oidc/token', party, {
      grant_type: 'client_credentials',
      ...fields,
    })
    return (await answer.json()) as Answer
  }

  /** A person signs in at a client that wants a token for a service. */
  async function person(
    party: RelyingParty,
    who: ReturnType<typeof personCalled>,
    resource: string,
    more: Record<string, string>,
  ) {
    const { code, verifier } = await codeFor(new Visitor(app.origin), party, who, { resource, ...more })
    const answer = await post(app.origin, '/oidc/token', party, {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: party.redirectUri,
      resource,
    })
    return (await answer.json()) as Answer
  }

  const introspect = async (party: RelyingParty, token: string) =>
    (await (await post(app.origin, '/oidc/introspect', party, { token })).json()) as Record<string, unknown>

  return { ...clients, robot, segments, commands, keys, machine, person, introspect }
}
