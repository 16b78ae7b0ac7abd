import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { locateDatabase } from '../../src/cli/locate-database.ts'
import { migrateToLatest } from '../../src/platform/db/migrate.ts'
import {
  type EmbeddedPostgres,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/platform/embedded-postgres/index.ts'
import { environment, placet } from './run-placet.ts'

let root: string
let running: EmbeddedPostgres
const folder = () => join(root, '.placet', 'demo')
const cluster = () => join(folder(), 'postgres')

/** What the demo leaves in its folder: a database, its keys, and how it was started. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'placet-beside-'))
  running = await startEmbeddedPostgres({ directory: cluster(), durable: false })
  await running.createDatabase('placet')
  await migrateToLatest(running.connection('placet'))
  const { PLACET_KEK: kek, PLACET_SECRET: secret } = environment
  await writeFile(join(folder(), 'secrets.json'), JSON.stringify({ kek, secret, clientSecrets: {} }))
  await writeFile(
    join(folder(), 'environment.json'),
    JSON.stringify({ PLACET_ISSUER: 'http://localhost:4400' }),
  )
})
afterAll(async () => {
  await running.stop()
  await removeEmbeddedPostgres(cluster())
  await rm(root, { recursive: true })
})

test('with nothing set the commands find the demo, its keys and its address, as the role of the service', async () => {
  const { config, connection, embedded } = await locateDatabase({}, root)
  expect(embedded).toBe(true)
  expect(config.issuer.origin).toBe('http://localhost:4400')
  expect(Buffer.from(config.keks[0] ?? []).toString('base64')).toBe(environment['PLACET_KEK'])
  expect(connection).toMatchObject({ database: 'placet', user: 'placet_app', host: running.socketDirectory })
})

test('audit verify and migrate --check work there', async () => {
  expect(await placet(['audit', 'verify', '--json'], { env: {}, root })).toMatchObject({ code: 0 })
  expect(await placet(['migrate', '--check'], { env: {}, root })).toMatchObject({ code: 0 })
})

test('in production the demo is not used, whether it runs or not', async () => {
  const answer = await placet(['audit', 'verify'], { env: { NODE_ENV: 'production' }, root })
  expect(answer.code).toBe(1)
  expect(answer.err).toContain('for evaluation on this machine')
})
