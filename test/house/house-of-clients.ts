import type pg from 'pg'
import { commandHouse } from '../../src/compose/command-house.ts'
import { openPool } from '../oidc/support/arrange.ts'
import { type KeyOfClient, makeKey } from '../oidc/support/keys.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { post, type RelyingParty, relyingParty } from './visitor.ts'

export interface HouseOfClients {
  readonly app: TestApp
  readonly owner: pg.Pool
  readonly web: RelyingParty
  readonly newsletter: RelyingParty
  /** Of the two clients that prove themselves with a key: `almacen`, which acts for itself, and `tienda-clave`. */
  readonly key: KeyOfClient
  /** Clients of others: two sectors, one of them with two clients. */
  readonly foreign: Readonly<Record<'libros' | 'musica' | 'musica-app', RelyingParty>>
  close(): Promise<void>
}

/** The demo's house with its people, and clients of every kind that tokens differ for. */
export async function openHouseOfClients(): Promise<HouseOfClients> {
  const app = await startTestApp({ people: true })
  const owner = openPool(app.database.connection)
  const web = relyingParty(app, 'tienda-norte-web')
  const newsletter = relyingParty(app, 'correo-norte')
  const key = await makeKey()
  const { clients } = commandHouse(app.house)
  const register = async (clientId: string, host: string, more: Record<string, unknown> = {}) => {
    const redirectUri = `https://${host}/callback`
    const made = await clients.create({
      client_id: clientId,
      client_name: clientId,
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid profile email offline_access',
      recipient_id: 'correo-norte',
      purpose_id: 'marketing.direct',
      contact_channel: 'email',
      ...more,
    })
    return { clientId, secret: made['client_secret'] as string | undefined, redirectUri }
  }
  const foreign = {
    libros: await register('libros', 'libros.example'),
    musica: await register('musica', 'musica.example'),
    'musica-app': await register('musica-app', 'musica.example'),
  }
  await clients.create({
    client_id: 'almacen',
    client_name: 'Almacén',
    first_party: true,
    redirect_uris: [],
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [key.publicJwk] },
  })
  await clients.create({
    client_id: 'tienda-clave',
    client_name: 'Tienda con clave',
    first_party: true,
    redirect_uris: [web.redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [key.publicJwk] },
    scope: 'openid profile email offline_access',
  })
  await app.house.oidc.reloadClients()
  return {
    app,
    owner,
    web,
    newsletter,
    key,
    foreign,
    async close() {
      await owner.end()
      await app.close()
    },
  }
}

export const refreshAt =
  (origin: string) =>
  (party: RelyingParty, token: string, more: Record<string, string> = {}) =>
    post(origin, '/oidc/token', party, { grant_type: 'refresh_token', refresh_token: token, ...more })
