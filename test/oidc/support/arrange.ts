import { createHash } from 'node:crypto'
import pg from 'pg'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { parseClientMetadata } from '../../../src/oidc/index.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'

export const callback = 'https://tienda.example/callback'
export const secretOf = (clientId: string) => `secret-of-${clientId}-0123456789abcdef0123456789abcdef`
export const sha256 = (text: string) => createHash('sha256').update(text).digest()

export interface ClientArrangement {
  readonly clientId: string
  readonly firstParty?: boolean
  readonly metadata?: Record<string, unknown>
  readonly secrets?: readonly string[]
}

export async function arrangeClient(
  db: pg.ClientBase | pg.Pool,
  arrangement: ClientArrangement,
): Promise<void> {
  const { clientId, firstParty = true, secrets = [secretOf(clientId)] } = arrangement
  const metadata = parseClientMetadata(
    clientId,
    {
      client_name: clientId,
      redirect_uris: [callback],
      grant_types: ['authorization_code', 'refresh_token'],
      id_token_signed_response_alg: 'ES256',
      token_endpoint_auth_method: 'client_secret_basic',
      ...arrangement.metadata,
    },
    { firstParty },
  )
  await db.query(
    `insert into recipients (recipient_id, name, role, processing_contract, third_country, purposes, created_at)
     values ('tienda', 'Tienda Norte', 'internal', true, false, '{}', now()) on conflict do nothing`,
  )
  await db.query(
    `insert into clients (client_id, recipient_id, first_party, channel, metadata, secret_hashes, created_at, updated_at)
     values ($1, 'tienda', $2, 'web', $3, $4, now(), now())`,
    [clientId, firstParty, JSON.stringify(metadata), secrets.map(sha256)],
  )
}

export async function arrangeSubject(db: pg.ClientBase | pg.Pool): Promise<SubjectId> {
  const subjectId = systemEntropy.id<'subject'>()
  await db.query(
    `insert into subjects (subject_id, jurisdiction, language, created_at) values ($1, 'ES', 'es', now())`,
    [subjectId],
  )
  return subjectId
}

export const setState = (db: pg.ClientBase | pg.Pool, subjectId: SubjectId, state: string) =>
  db.query('update subjects set state = $2 where subject_id = $1', [subjectId, state])

/** For arranging and looking. Dropping the database at the end may cut a connection that is just being closed. */
export function openPool(connection: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...connection, max: 2 })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
