import { readdir } from 'node:fs/promises'
import type { Knex } from 'knex'

const directory = new URL('../../../migrations/', import.meta.url)
const file = /^(\d{8}T\d{4}_[a-z_]+)\.(ts|js)$/

/** Migrations by name without extension, so that sources and `dist` speak of the same ones. */
export const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: async () => (await readdir(directory)).filter((name) => file.test(name)).sort(),
  getMigrationName: (name) => file.exec(name)?.[1] ?? name,
  getMigration: async (name) => (await import(new URL(name, directory).href)) as Knex.Migration,
}
