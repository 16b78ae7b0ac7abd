import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCommandHouse } from '../../src/compose.ts'
import { publishedSecret } from '../../src/platform/config/index.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { placet, urlOf } from './run-placet.ts'

let app: TestApp
let owner: Knex
let folder: string
const auditor = 'ledger_test_auditor'
const keys = {
  PLACET_KEK: publishedSecret('placet test kek'),
  PLACET_SECRET: publishedSecret('placet test secret'),
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'placet-checkpoints-'))
  app = await startTestApp({ people: true })
  owner = openLane(app.database.connection, 'test', 2)
  await owner.raw(`
    do $do$ begin create role ${auditor} login; exception when duplicate_object then null; end $do$;
    grant select on consent_logs, consent_log, consent_log_tiles, consent_log_checkpoints, consent_log_tombstones,
      consent_log_places, consent_events, signing_keys, subject_keys to ${auditor}`)
})
afterAll(async () => {
  await owner?.raw(`drop owned by ${auditor}; drop role ${auditor}`)
  await owner?.destroy()
  await app?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Somebody else's credentials: a role that can only read, and no key unless one is given. */
const verify = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
  placet(['ledger', 'verify', '--json', '--checkpoints', folder, ...args], {
    env: {
      NODE_ENV: 'test',
      DATABASE_URL: urlOf({ ...app.database.connection, user: auditor }),
      ...env,
    },
  })

test('a checkpoint is signed on demand and copied to the folder', async () => {
  const run = () =>
    placet(['ledger', 'checkpoint', '--json'], {
      env: {
        NODE_ENV: 'test',
        DATABASE_URL: urlOf(app.database.appConnection),
        PLACET_CHECKPOINTS: folder,
        PLACET_BRAND: 'Tienda Norte',
        PLACET_CONTROLLER: 'Comercial Norte, S. L.',
        ...keys,
      },
      openHouse: openCommandHouse,
    })
  const signed = await run()
  expect(signed.code, signed.err).toBe(0)
  const { size } = signed.json().checkpoint
  expect(size).toBeGreaterThan(0)
  expect(await readdir(folder)).toEqual([`checkpoint-${String(size).padStart(15, '0')}.jws`])
  expect((await run()).json()).toEqual(signed.json())
})

test('an untouched ledger verifies with read access and no key, and opens every act with the key', async () => {
  const plain = await verify()
  expect(plain.code, plain.out + plain.err).toBe(0)
  expect(plain.json()).toMatchObject({ intact: true, opened: 0, findings: [], checkpoints: 2 })
  const opened = await verify([], { PLACET_KEK: keys.PLACET_KEK })
  expect(opened.json().opened).toBe(opened.json().acts)
  const [file = ''] = await readdir(folder)
  expect((await verify(['--from-checkpoint', join(folder, file)])).code).toBe(0)
})

test('keys kept elsewhere are believed in place of the database’s', async () => {
  const published = await (await fetch(`${app.origin}/.well-known/placet-receipt-keys`)).text()
  const kept = join(folder, 'keys.json')
  await writeFile(kept, published)
  expect((await verify(['--keys', kept])).code).toBe(0)
  await writeFile(kept, '{"keys":[]}')
  const stranger = await verify(['--keys', kept])
  expect(stranger.code).toBe(1)
  expect(stranger.json().findings[0].fault).toBe('checkpoint-unknown-key')
  await writeFile(kept, 'nonsense')
  const unread = await verify(['--keys', kept])
  expect(unread.code).toBe(2)
  expect(unread.json().error.code).toBe('input-unreadable')
})

test('what is wrong is named, and the command exits 1', async () => {
  await owner.transaction(async (trx) => {
    await trx.raw("set local session_replication_role = 'replica'")
    await trx.raw(
      "update consent_log set type = 'given' where seq = (select min(seq) from consent_log where type <> 'given')",
    )
  })
  const answer = await verify()
  expect(answer.code).toBe(1)
  expect(answer.json()).toMatchObject({ intact: false })
  const faults = answer.json().findings.map(({ fault }: { fault: string }) => fault)
  expect(faults).toContain('checkpoint-contradicted')
  expect(faults).toContain('act-changed')
  const told = await placet(['ledger', 'verify', '--checkpoints', folder], {
    env: { NODE_ENV: 'test', DATABASE_URL: urlOf({ ...app.database.connection, user: auditor }) },
  })
  expect(told.out).toMatch(/✖ checkpoint-contradicted: .*entries/)
})
