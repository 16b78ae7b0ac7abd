import type { Knex } from 'knex'

/**
 * Services that accept our access tokens (RFC 8707), and what each client may do with them. A row of a client with
 * scopes may ask for tokens; one that introspects stands for the service itself. The rules that a withdrawal relies on
 * are held here too, whoever writes: nothing that hangs on consent gets a JWT, because nobody can take one back, and no
 * token lives longer than ten minutes (R26). A retired service keeps its row, so that its name still tells what it was.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table oidc_resources (
      identifier text primary key,
      name text not null,
      token_format text not null check (token_format in ('opaque', 'jwt')),
      signing_alg text check (signing_alg in ('ES256', 'EdDSA', 'RS256')),
      scopes text[] not null check (cardinality(scopes) > 0),
      lifetime_seconds integer not null check (lifetime_seconds between 30 and 600),
      consent_gated boolean not null,
      created_at timestamptz not null,
      retired_at timestamptz,
      constraint oidc_resources_jwt_is_signed check ((token_format = 'jwt') = (signing_alg is not null)),
      constraint oidc_resources_gated_is_opaque check (not consent_gated or token_format = 'opaque')
    );

    create table oidc_resource_clients (
      identifier text not null references oidc_resources,
      client_id text not null references clients,
      scopes text[] not null default '{}',
      introspects boolean not null default false,
      primary key (identifier, client_id),
      check (introspects or cardinality(scopes) > 0)
    );
  `)

export const down = (knex: Knex) => knex.raw('drop table oidc_resource_clients, oidc_resources')
