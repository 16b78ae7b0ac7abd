import type { Knex } from 'knex'
import type { SigningAlgorithm } from '../platform/crypto/index.ts'
import type { Statement } from '../platform/db/pipelined-reader.ts'
import type { OidcReads } from './pg-reads.ts'
import type { RegisteredResource, Resource } from './resource.ts'
import type { ResourceReads, ResourceStore, ResourceStores } from './resource-store.ts'

/** What whoever changes a service says afterwards, so that every process reads them anew. */
export const resourcesChannel = 'placet_resources'

const columns = `
    r.identifier, r.name, r.token_format, r.signing_alg, r.scopes, r.lifetime_seconds, r.consent_gated,
    coalesce((select array_agg(c.client_id order by c.client_id) from oidc_resource_clients c
               where c.identifier = r.identifier and c.introspects), '{}') as introspectors,
    coalesce((select jsonb_object_agg(c.client_id, c.scopes) from oidc_resource_clients c
               where c.identifier = r.identifier and cardinality(c.scopes) > 0), '{}') as clients`

const readResources: Statement = {
  name: 'oidc_resources',
  text: `select ${columns} from oidc_resources r where r.retired_at is null order by r.identifier`,
}

/** Every service that tokens are given out for. A handful: read whole, kept in the process. */
export async function readLivingResources(reads: OidcReads): Promise<readonly Resource[]> {
  const rows = await reads.rows(readResources, [])
  return rows.map(
    ([identifier, name, format, signingAlg, scopes, lifetime, gated, introspectors, clients]) => ({
      identifier: String(identifier),
      name: String(name),
      tokenFormat: format === 'jwt' ? 'jwt' : 'opaque',
      signingAlg: signingAlg === null ? undefined : (signingAlg as SigningAlgorithm),
      scopes: scopes as readonly string[],
      lifetimeSeconds: Number(lifetime),
      consentGated: gated !== false,
      introspectors: introspectors as readonly string[],
      clients: clients as Resource['clients'],
    }),
  )
}

interface Row {
  identifier: string
  name: string
  token_format: Resource['tokenFormat']
  signing_alg: SigningAlgorithm | null
  scopes: string[]
  lifetime_seconds: number
  consent_gated: boolean
  introspectors: string[]
  clients: Record<string, string[]>
  created_at: Date
  retired_at: Date | null
}

const read = (row: Row): RegisteredResource => ({
  identifier: row.identifier,
  name: row.name,
  tokenFormat: row.token_format,
  signingAlg: row.signing_alg ?? undefined,
  scopes: row.scopes,
  lifetimeSeconds: row.lifetime_seconds,
  consentGated: row.consent_gated,
  introspectors: row.introspectors,
  clients: row.clients,
  createdAt: row.created_at,
  retiredAt: row.retired_at ?? undefined,
})

const everyColumn = `select ${columns}, r.created_at, r.retired_at from oidc_resources r`

export const pgResourceReads = (db: Knex): ResourceReads => ({
  find: async (identifier) => {
    const { rows } = await db.raw<{ rows: Row[] }>(`${everyColumn} where r.identifier = ?`, [identifier])
    return rows[0] && read(rows[0])
  },
  list: async () => {
    const { rows } = await db.raw<{ rows: Row[] }>(`${everyColumn} order by r.identifier`)
    return rows.map(read)
  },
})

/** Delivered at commit and not before, so no process reloads what may yet be rolled back. */
const announce = (trx: Knex.Transaction) => trx.raw(`notify ${resourcesChannel}`)

/**
 * What people allowed at the service that had this identifier before was not allowed at this one: they are asked again,
 * and what was issued under it ends.
 */
async function forgetAllowed(trx: Knex.Transaction, identifier: string): Promise<void> {
  await trx.raw(
    `with held as (
       select g.grant_id from oidc_grants g join oidc_authorizations a using (subject_id, client_id)
        where jsonb_exists(a.granted -> 'resources', ?)
     ), tokens as (delete from oidc_tokens where grant_id in (select grant_id from held)
     ), grants as (delete from oidc_grants where grant_id in (select grant_id from held))
     update oidc_authorizations set granted = granted #- array['resources', ?]
      where jsonb_exists(granted -> 'resources', ?)`,
    [identifier, identifier, identifier],
  )
}

const pgResourceStore = (trx: Knex.Transaction): ResourceStore => ({
  ...pgResourceReads(trx),
  register: async (resource, at) => {
    const { identifier } = resource
    const { rows } = await trx.raw<{ rows: unknown[] }>(
      `insert into oidc_resources as r
         (identifier, name, token_format, signing_alg, scopes, lifetime_seconds, consent_gated, created_at)
       values (?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (identifier) do update set
         name = excluded.name, token_format = excluded.token_format, signing_alg = excluded.signing_alg,
         scopes = excluded.scopes, lifetime_seconds = excluded.lifetime_seconds,
         consent_gated = excluded.consent_gated, created_at = excluded.created_at, retired_at = null
       where r.retired_at is not null
       returning 1`,
      [
        identifier,
        resource.name,
        resource.tokenFormat,
        resource.signingAlg ?? null,
        [...resource.scopes],
        resource.lifetimeSeconds,
        resource.consentGated,
        at,
      ],
    )
    if (rows.length === 0) return false
    await forgetAllowed(trx, identifier)
    await trx('oidc_resource_clients').where({ identifier }).delete()
    const members = new Set([...Object.keys(resource.clients), ...resource.introspectors])
    if (members.size > 0) {
      await trx('oidc_resource_clients').insert(
        [...members].map((clientId) => ({
          identifier,
          client_id: clientId,
          scopes: resource.clients[clientId] ?? [],
          introspects: resource.introspectors.includes(clientId),
        })),
      )
    }
    await announce(trx)
    return true
  },
  retire: async (identifier, at) => {
    const retired = await trx('oidc_resources')
      .where({ identifier, retired_at: null })
      .update({ retired_at: at })
    await announce(trx)
    return retired === 1
  },
  allow: async (identifier, clientId, scopes) => {
    const one = { identifier, client_id: clientId }
    if (scopes.length > 0) {
      await trx('oidc_resource_clients')
        .insert({ ...one, scopes })
        .onConflict(['identifier', 'client_id'])
        .merge(['scopes'])
    } else {
      await trx('oidc_resource_clients')
        .where({ ...one, introspects: false })
        .delete()
      await trx('oidc_resource_clients').where(one).update({ scopes: [] })
    }
    await announce(trx)
  },
})

/** All stores of the room on one transaction. */
export const pgOidcStores = (trx: Knex.Transaction): ResourceStores => ({ resources: pgResourceStore(trx) })
