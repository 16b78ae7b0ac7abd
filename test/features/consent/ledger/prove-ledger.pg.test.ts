import { afterAll, beforeAll, expect, test } from 'vitest'
import { watchLedger } from '../../../../src/compose/watch-ledger.ts'
import { readCheckpoints } from '../../../../src/features/consent/ledger/checkpoint-folder.ts'
import { auditLedger } from '../../../../src/features/consent/ledger/pg-ledger-audit.ts'
import { pgLedgerVerificationReads } from '../../../../src/features/consent/ledger/pg-ledger-verification-store.ts'
import {
  lastLedgerVerification,
  type ProveLedgerParts,
  proveLedger,
} from '../../../../src/features/consent/ledger/prove-ledger.ts'
import { createMetrics, silentLog } from '../../../../src/platform/log/index.ts'
import { type LedgerHouse, openLedgerHouse } from './ledger-house.ts'

let norte: LedgerHouse
let parts: ProveLedgerParts
beforeAll(async () => {
  norte = await openLedgerHouse()
  parts = {
    work: norte.work,
    clock: norte.clock,
    log: norte.log,
    verifications: pgLedgerVerificationReads(norte.lane),
    audit: (act) => auditLedger(norte.lane, act),
    publishedKeys: async () => ({ keys: [norte.publicJwk] }),
    exported: async () =>
      (await readCheckpoints(norte.folder)).map(({ file, ...rest }) => ({ source: file, ...rest })),
    evidenceKeys: norte.sealer,
    timestamps: { certificates: [] },
  }
})
afterAll(() => norte.close())

const hour = 3_600_000
const day = 24 * hour
const errors: object[] = []
const metrics = createMetrics({ process: false })
const log = {
  ...silentLog,
  error: (event: string, fields?: object) => void errors.push({ event, ...fields }),
}
const watch = () => watchLedger({ platform: { metrics, log }, consentProofs: { proving: parts } })
const sayings = async (name: string) => {
  const subjectId = await norte.register(name)
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  await norte.keeper.checkpoint()
  return subjectId
}
const trail = async () => {
  const entries: string[] = await norte.owner('audit_entries').orderBy('seq').pluck('entry')
  return entries
    .map((entry) => String(JSON.parse(entry).action))
    .filter((action) => action.startsWith('consent.ledger-'))
}

test('a house in which nobody has said anything yet has nothing to prove wrong', async () => {
  expect(await parts.audit((audit) => audit.checkpoints())).toEqual([])
  expect(await proveLedger(parts)).toMatchObject({ since: 0, size: 0, faults: 0 })
  norte.pass(day)
})

test('every night the ledger is proven from the last good checkpoint, once a week wholly, and the trail says so', async () => {
  await sayings('Ana')
  expect(await proveLedger(parts)).toMatchObject({ since: 0, size: 1, faults: 0 })
  norte.pass(10 * 60_000)
  expect(await proveLedger(parts)).toBeUndefined()
  await sayings('Bruno')
  norte.pass(day)
  expect(await proveLedger(parts)).toMatchObject({ since: 1, size: 2, faults: 0 })
  for (let night = 0; night < 5; night += 1) {
    norte.pass(day)
    expect(await proveLedger(parts)).toMatchObject({ since: 2, size: 2 })
  }
  norte.pass(day)
  expect(await proveLedger(parts)).toMatchObject({ since: 0, size: 2, faults: 0 })
  expect(await trail()).toEqual(Array.from({ length: 9 }, () => 'consent.ledger-verified'))
  await watch()
  expect(errors).toEqual([])
  const { body } = await metrics.expose()
  expect(body).toContain(`placet_ledger_verified_at ${norte.clock.now().getTime() / 1_000}`)
})

test('a ledger that was changed in the night is found out by morning, is an error, and is proven wholly until it is mended', async () => {
  const carmen = await sayings('Carmen')
  const changed = (type: string) =>
    norte.tamper(`update consent_events set type = '${type}' where subject_id = '${carmen}'`)
  await changed('refused')
  norte.pass(day)
  await watch()
  expect(errors).toEqual([{ event: 'ledger.fault', count: 1, code: 'act-changed' }])
  expect((await metrics.expose()).body).toContain('placet_ledger_faults_total 1')
  expect(await lastLedgerVerification(parts.verifications)).toMatchObject({ faults: 1 })
  expect((await trail()).at(-1)).toBe('consent.ledger-fault-found')
  norte.pass(day)
  expect(await proveLedger(parts)).toMatchObject({ since: 0, faults: 1 })
  await changed('given')
  norte.pass(day)
  expect(await proveLedger(parts)).toMatchObject({ since: 0, faults: 0 })
})

test('whoever has the service’s role cannot take back what a proof found', async () => {
  await expect(norte.lane('consent_log_verifications').delete()).rejects.toThrow()
  await expect(norte.owner('consent_log_verifications').update({ faults: 0 })).rejects.toThrow()
})
