import { basename } from 'node:path'
import {
  auditLedger,
  type ConsentLog,
  httpTimestampAuthority,
  type LedgerKeeper,
  ledgerKeeper,
  type ProveLedgerParts,
  type PublishedKeys,
  pgConsentLog,
  pgLedgerVerificationReads,
  type ReceiptProofParts,
  readCheckpoints,
  timestampTrust,
} from '../features/consent/index.ts'
import { keysOfReceipts, type Oidc } from '../oidc/index.ts'
import type { Config } from '../platform/config/index.ts'
import type { SubjectSealer } from '../platform/crypto/index.ts'
import type { HouseNames } from './house-names.ts'
import type { Platform } from './platform.ts'

export interface ConsentProofs {
  readonly log: ConsentLog
  readonly keeper: LedgerKeeper
  readonly publishedKeys: () => Promise<PublishedKeys>
  readonly proofs: ReceiptProofParts
  /** What it takes to prove the whole log, and when that was last done. */
  readonly proving: ProveLedgerParts
}

/** The consent log, who keeps it, and what receipts are held against. */
export function consentProofs(parts: {
  readonly config: Config
  readonly platform: Platform
  readonly names: HouseNames
  readonly oidc: Pick<Oidc, 'statements'>
  readonly sealer: SubjectSealer
  readonly records: ReceiptProofParts['records']
  readonly work: ProveLedgerParts['work']
}): ConsentProofs {
  const { config, platform, names, oidc, sealer, records, work } = parts
  const { clock, entropy, lanes, egress } = platform
  const { folder, timestampUrl } = config.checkpoints
  const log = pgConsentLog(lanes.console)
  const publishedKeys = async () => ({ keys: await keysOfReceipts(lanes.console) })
  return {
    log,
    publishedKeys,
    proofs: { records, sealer, log, publishedKeys },
    proving: {
      work,
      clock,
      log,
      verifications: pgLedgerVerificationReads(lanes.console),
      audit: (act) => auditLedger(lanes.console, act),
      publishedKeys,
      exported: async () =>
        folder === undefined
          ? []
          : (await readCheckpoints(folder)).map(({ file, ...rest }) => ({ source: basename(file), ...rest })),
      evidenceKeys: sealer,
      timestamps: timestampTrust(config.checkpoints),
    },
    keeper: ledgerKeeper({
      log,
      clock,
      entropy,
      sealer,
      signer: oidc.statements,
      logName: `${names.controller}/consent/1`,
      folder,
      timestamps:
        timestampUrl &&
        httpTimestampAuthority(
          { fetch: (url, init) => egress.fetch(url, init), entropy },
          { url: timestampUrl, trust: timestampTrust(config.checkpoints) },
        ),
      onTimestampFailed: (error) => platform.log.warn('ledger.timestamp-failed', {}, error),
    }),
  }
}
