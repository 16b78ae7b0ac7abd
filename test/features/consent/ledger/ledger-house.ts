import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCheckpoints } from '../../../../src/features/consent/ledger/checkpoint-folder.ts'
import {
  type LedgerKeeperParts,
  ledgerKeeper,
} from '../../../../src/features/consent/ledger/ledger-keeper.ts'
import { pgConsentLog } from '../../../../src/features/consent/ledger/pg-consent-log.ts'
import { pgEvidenceErasure } from '../../../../src/features/consent/ledger/pg-erase-evidence.ts'
import { auditLedger } from '../../../../src/features/consent/ledger/pg-ledger-audit.ts'
import type { TimestampTrust } from '../../../../src/features/consent/ledger/timestamp-signature.ts'
import { verifyLedger } from '../../../../src/features/consent/ledger/verify-ledger.ts'
import type { ConsentEventId, SubjectId } from '../../../../src/kernel/ids.ts'
import { openConsentHouse } from '../consent-house.ts'

/** Tienda Norte with its log kept, its checkpoints copied to a folder, and somebody who does not trust it. */
export async function openLedgerHouse(given: { readonly timestamps?: TimestampTrust } = {}) {
  const norte = await openConsentHouse()
  const folder = await mkdtemp(join(tmpdir(), 'placet-checkpoints-'))
  const log = pgConsentLog(norte.lane)
  const parts: LedgerKeeperParts = {
    log,
    clock: norte.clock,
    entropy: norte.entropy,
    sealer: norte.sealer,
    signer: norte.parts.signer,
    logName: 'tienda-norte/consent/1',
    folder,
  }
  const keeper = ledgerKeeper(parts)

  /** As somebody with other credentials would: the owner's are used here only because the test may change rows. */
  const verify = async (more: { readonly withKeys?: boolean; readonly from?: string } = {}) => {
    const exported = (await readCheckpoints(folder)).map(({ file, ...rest }) => ({
      source: file.slice(folder.length + 1),
      ...rest,
    }))
    return auditLedger(norte.owner, (audit) =>
      verifyLedger(audit, {
        keys: { keys: [norte.publicJwk] },
        exported,
        from: exported.find(({ source }) => source === more.from),
        timestamps: given.timestamps,
        evidenceKeys: more.withKeys === true ? norte.sealer : undefined,
        now: norte.clock.now(),
      }),
    )
  }

  /** What somebody does who owns the database and covers the tracks: triggers off, change, triggers on. */
  const tamper = (sql: string) =>
    norte.owner.transaction(async (trx) => {
      await trx.raw("set local session_replication_role = 'replica'")
      await trx.raw(sql)
    })

  return {
    ...norte,
    folder,
    log,
    keeper,
    keeperParts: parts,
    verify,
    tamper,
    erase: (subjectId: SubjectId, eventId: string) =>
      norte.owner.transaction((trx) =>
        pgEvidenceErasure(trx).erase(
          { subjectId, eventId: eventId as ConsentEventId },
          { at: norte.clock.now(), reason: 'erasure request' },
        ),
      ),
    close: async () => {
      await norte.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type LedgerHouse = Awaited<ReturnType<typeof openLedgerHouse>>
