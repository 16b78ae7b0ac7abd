import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { notFound } from '../kernel/errors.ts'
import { type Config, type Environment, loadConfig } from '../platform/config/index.ts'
import type { DatabaseConnection } from '../platform/db/connection.ts'
import { defaultApplicationRole } from '../platform/db/migrate.ts'
import { findRunningEmbedded } from '../platform/embedded-postgres/index.ts'

export interface Located {
  readonly config: Config
  readonly connection: DatabaseConnection
  /** True when it is the embedded database of a demo that runs beside us. */
  readonly embedded: boolean
}

/** Where the demo keeps its database and keys unless told otherwise, below the folder the command is run in. */
const defaultDemoFolder = join('.placet', 'demo')
const embeddedDatabase = 'placet'

const keptEnvironment = z.record(z.string(), z.string())
const keptSecrets = z.object({ kek: z.string(), secret: z.string() })

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8').catch(() => 'null'))
}

/**
 * The demo makes its own keys and keeps them beside its database, with what else it was started with (`environment.json`)
 * if it was not the usual. What the caller's environment says goes first.
 */
async function withDemoEnvironment(env: Environment, folder: string): Promise<Environment> {
  const secrets = keptSecrets.safeParse(await readJson(join(folder, 'secrets.json')))
  const kept = keptEnvironment.safeParse(await readJson(join(folder, 'environment.json')))
  return {
    ...(secrets.success ? { PLACET_KEK: secrets.data.kek, PLACET_SECRET: secrets.data.secret } : {}),
    ...(kept.success ? kept.data : {}),
    ...env,
  }
}

/**
 * The database this command is about: the one in the environment, or that of the demo running in this folder, so that
 * `placet client list` works beside `npm run demo` with nothing set. `role: migrate` connects as the owner of the tables;
 * `verify` needs no key and takes those it is given.
 */
export async function locateDatabase(
  env: Environment,
  root: string,
  role: 'web' | 'migrate' | 'verify' = 'web',
): Promise<Located> {
  const given = env['DATABASE_URL'] ?? (role === 'migrate' ? env['DATABASE_OWNER_URL'] : undefined)
  if (given !== undefined && given !== '') {
    const config = loadConfig(env, role)
    const { url, ownerUrl } = config.database
    const connectionString = role === 'migrate' ? (ownerUrl ?? url) : url
    if (connectionString === undefined) throw new Error('A configuration without a database was accepted.')
    return { config, connection: { connectionString }, embedded: false }
  }
  const folder = resolve(root, env['PLACET_DEMO_FOLDER'] ?? defaultDemoFolder)
  const running = await findRunningEmbedded(join(folder, 'postgres'))
  if (running === undefined) {
    throw notFound('database-unknown', `DATABASE_URL is not set, and no demo runs in ${folder}.`)
  }
  const config = loadConfig(await withDemoEnvironment(env, folder), 'demo')
  const owner = running.connection(embeddedDatabase)
  const connection = role === 'migrate' ? owner : { ...owner, user: defaultApplicationRole }
  return { config, connection, embedded: true }
}
