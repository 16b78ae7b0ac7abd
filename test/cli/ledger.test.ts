import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandHouse } from '../../src/compose/command-house.ts'
import { openCommandHouse } from '../../src/compose.ts'
import {
  pgPastFacts,
  pgReceiptOwner,
  pgRegistrySource,
  proveConsent,
  receiptWithProof,
} from '../../src/features/consent/index.ts'
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
    grant select on consent_logs, consent_log, consent_log_tiles, consent_log_checkpoints, consent_log_timestamps, consent_log_tombstones,
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

describe('Erasing what proves the consents of somebody (GDPR Art. 17, R99)', () => {
  const bruno = 'bruno@correo.example'
  /** The service's role beside the owner's, as in production. */
  const erase = (
    env: Readonly<Record<string, string>> = { DATABASE_OWNER_URL: urlOf(app.database.connection) },
  ) =>
    placet(
      [
        'ledger',
        'erase-evidence',
        bruno,
        '--officer',
        'dpo@norte.example',
        '--reason',
        'Solicitud 117',
        '--json',
      ],
      {
        env: { NODE_ENV: 'test', DATABASE_URL: urlOf(app.database.appConnection), ...keys, ...env },
        openHouse: async () => ({ ...commandHouse(app.house), close: async () => undefined }),
      },
    )
  const subjectOf = async () => {
    const index = app.house.platform.blindIndex.of('email', bruno)
    return (await app.house.reads.identifiers.findSubject(index)) ?? expect.fail('no Bruno')
  }
  const kept = async () => {
    const subjectId = await subjectOf()
    const counted = await Promise.all(
      ['consent_events', 'consent_log_places'].map((table) =>
        owner(table).where({ subject_id: subjectId }).count().first(),
      ),
    )
    return counted.map((row) => Number(row?.['count']))
  }

  beforeAll(async () => {
    await commandHouse(app.house).staff.create({
      login: 'dpo@norte.example',
      displayName: 'Bruno Gil',
      roles: [{ role: 'dpo', touchpointId: undefined }],
    })
  })

  test('is refused while the account is in use, and to the role of the service: nothing is lost', async () => {
    const before = await kept()
    expect(before[0]).toBeGreaterThan(0)
    const early = await erase()
    expect([early.code, early.json().error.code]).toEqual([1, 'evidence-needed'])
    await owner('subjects')
      .where({ subject_id: await subjectOf() })
      .update({ state: 'blocked' })
    const service = await erase({})
    expect([service.code, service.json().error]).toEqual([
      1,
      expect.objectContaining({ code: 'evidence-role', fix: expect.stringContaining('DATABASE_OWNER_URL') }),
    ])
    expect(await kept()).toEqual(before)
  })

  test('leaves the log whole, and a receipt that says so', async () => {
    const subjectId = await subjectOf()
    const [acts = 0] = await kept()
    const before = (await verify()).json()
    const done = await erase()
    expect(done.code, done.err).toBe(0)
    expect(done.json()).toEqual({ subjectId, erased: acts })
    expect(await kept()).toEqual([0, 0])
    const after = await verify([], { PLACET_KEK: keys.PLACET_KEK })
    expect(after.json()).toMatchObject({ intact: true, erased: before.erased + acts, findings: [] })
    expect(after.json().size).toBeGreaterThanOrEqual(before.size)

    const { consentProofs, registry, ledger, work, reads, platform } = app.house
    const parts = {
      ...consentProofs.proofs,
      ...{ registry, facts: ledger.facts, work, reads },
      clock: platform.clock,
      blindIndex: platform.blindIndex,
      keeper: consentProofs.keeper,
      receiptOwner: pgReceiptOwner(owner),
      past: pgRegistrySource(owner),
      pastFacts: pgPastFacts(platform.reader, {
        sealer: app.house.sealer,
        controller: app.house.names.controller,
      }),
      timeZone: 'Europe/Madrid',
    }
    for (const { receipt_id: receiptId } of await owner('receipts').where({ subject_id: subjectId })) {
      const found = await receiptWithProof(app.house.consentProofs.proofs, { subjectId, receiptId })
      expect(found?.proven).toMatchObject({
        proofs: [],
        waiting: [],
        erased: found?.receipt.claims.record_ids,
      })
      expect(found?.file.log).toEqual([])
      const proof = await proveConsent(parts, {
        actor: { kind: 'staff', staffId: platform.entropy.id(), roles: ['dpo'], assurance: 'passkey' },
        evidence: { channel: 'web', surface: 'test', language: 'es' },
        reason: 'Reclamación 118',
        question: { by: 'receipt', receiptId },
      })
      expect(proof).toMatchObject({ acts: [], erased: found?.receipt.claims.record_ids.length })
    }
    const entries = await owner('audit_entries').where({ stream_id: subjectId }).orderBy('seq').pluck('entry')
    const trail = entries.map((entry) => JSON.parse(entry))
    expect(trail.find(({ action }) => action === 'consent.evidence-erased')).toMatchObject({
      actor: 'system:cli',
      reason: 'Solicitud 117',
      facts: { acts, decidedBy: expect.stringMatching(/^staff:/) },
    })
    expect((await erase()).json()).toEqual({ subjectId, erased: 0 })
  })
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
