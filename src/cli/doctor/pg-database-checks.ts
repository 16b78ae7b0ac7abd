import type { Knex } from 'knex'
import type { DerivedKeys, Kek, StoredSigningKey } from '../../platform/crypto/index.ts'
import { defaultRotation, openSigningKey } from '../../platform/crypto/index.ts'
import { pendingMigrations } from '../../platform/db/migrate.ts'
import { compareSecret } from '../../platform/db/secret-mark.ts'
import { bad, type Check, good } from './check.ts'

const leastVersion = 150_000
const day = 24 * 3_600_000
/** Codes and tokens are judged by the database's clock, signatures by ours: seconds apart is tolerable, more is not. */
const tolerableSkewMs = 5_000

export async function checkServer(knex: Knex, embedded: boolean): Promise<readonly Check[]> {
  const { rows } = await knex.raw(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as says,
       pg_encoding_to_char(encoding) as encoding, r.rolsuper as superuser, current_user as role,
       exists(select from pg_tables where schemaname = 'public' and tableowner = current_user) as owner
     from pg_database, pg_roles r where datname = current_database() and r.rolname = current_user`,
  )
  const { version, says, encoding, superuser, owner, role } = rows[0]
  return [
    version >= leastVersion
      ? good('database', `PostgreSQL ${says}${embedded ? ', embedded (for evaluation only)' : ''}`)
      : bad('database', `PostgreSQL ${says} is too old.`, 'Use PostgreSQL 15 or later.'),
    encoding === 'UTF8'
      ? good('database encoding', encoding)
      : bad(
          'database encoding',
          `The encoding is ${encoding}.`,
          'Make the database anew with ENCODING UTF8.',
        ),
    (superuser || owner) && !embedded
      ? bad(
          'database role',
          `${role} ${superuser ? 'is a superuser' : 'owns the tables'}, so nothing keeps the service from rewriting its own proofs.`,
          'Give DATABASE_URL a role of its own; `placet migrate` grants it what it needs.',
        )
      : good('database role', role),
  ]
}

export async function checkMigrations(knex: Knex): Promise<Check> {
  const pending = await pendingMigrations(knex)
  return pending.length === 0
    ? good('migrations', 'none pending')
    : bad('migrations', `${pending.length} pending, the first is ${pending[0]}.`, 'Run `placet migrate`.')
}

export async function checkClock(knex: Knex, now: () => Date): Promise<Check> {
  const before = now().getTime()
  const { rows } = await knex.raw('select clock_timestamp() as now')
  const after = now().getTime()
  const there = rows[0].now.getTime()
  const skew = there < before ? before - there : there > after ? there - after : 0
  return skew <= tolerableSkewMs
    ? good('clock', `within ${Math.round(skew)} ms of the database`)
    : bad(
        'clock',
        `This machine and the database are ${(skew / 1000).toFixed(1)} s apart.`,
        'Let both follow a time service (NTP).',
      )
}

const secretSays = {
  unmarked: 'nothing was begun with one yet',
  same: 'the one this database was begun with',
}

/** With another secret nobody is found by their address, and nobody stays signed in. */
export const checkMasterSecret = async (knex: Knex, keys: DerivedKeys): Promise<Check> =>
  good('master secret', secretSays[await compareSecret(knex, keys)])

async function storedKeys(knex: Knex): Promise<readonly StoredSigningKey[]> {
  const { rows } = await knex.raw("select * from signing_keys where state <> 'removed' order by created_at")
  return rows.map((row: Record<string, unknown>) => ({
    kid: row['kid'],
    algorithm: row['algorithm'],
    state: row['state'],
    createdAt: row['created_at'],
    since: row['since'],
    publicJwk: row['public_jwk'],
    wrappedPrivateJwk: row['wrapped_private_jwk'],
    kekId: row['kek_id'],
  })) as readonly StoredSigningKey[]
}

/** Keys there, none of them older than its rotation allows, and the KEK of the environment opens every one. */
export async function checkKeys(knex: Knex, kek: Kek, now: Date): Promise<readonly Check[]> {
  const keys = await storedKeys(knex)
  const active = keys.filter(({ state }) => state === 'active')
  if (active.length === 0) {
    return [bad('signing keys', 'No key signs.', 'Start the service once, or run `placet keys rotate`.')]
  }
  const ages = active.map(({ since }) => Math.floor((now.getTime() - since.getTime()) / day))
  const oldest = Math.max(...ages)
  const limit = (defaultRotation.activeMs + defaultRotation.retireMs) / day
  const describe = `${active.length} active, the oldest for ${oldest} days; ${keys.length} in all`
  const opened = await Promise.allSettled(keys.map((key) => openSigningKey(kek, key)))
  const closed = keys.filter((_, index) => opened[index]?.status === 'rejected')
  return [
    oldest <= limit
      ? good('signing keys', describe)
      : bad(
          'signing keys',
          `A key has been signing for ${oldest} days.`,
          'Run `placet keys rotate`, and let the worker run.',
        ),
    closed.length === 0
      ? good('key-encryption key', `${kek.id} opens all ${keys.length} keys`)
      : bad(
          'key-encryption key',
          `PLACET_KEK (${kek.id}) does not open ${closed.length} of ${keys.length} keys, wrapped by ${closed[0]?.kekId}.`,
          'Put the key they were wrapped with back into PLACET_KEK, after the newer one.',
        ),
  ]
}
