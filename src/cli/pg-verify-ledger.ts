import { readFile } from 'node:fs/promises'
import type { JWK } from 'jose'
import type { Knex } from 'knex'
import type { LedgerVerification } from '../features/consent/index.ts'
import { invalid } from '../kernel/errors.ts'
import type { Config } from '../platform/config/index.ts'

export interface VerifyOptions {
  readonly fromCheckpoint?: string
  readonly checkpoints?: string
  readonly keys?: string
}

const unreadable = (path: string, what: string) => invalid('input-unreadable', `${path} is not ${what}.`)

async function readKeys(path: string): Promise<readonly JWK[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  try {
    const { keys } = JSON.parse(text)
    if (Array.isArray(keys)) return keys
  } catch {
    // Said below, in words.
  }
  throw unreadable(path, 'a file with a JWKS')
}

/** Every import the verification needs, met only by whoever asks for it: the rest of the command line starts at once. */
export async function verifyLedgerIn(
  knex: Knex,
  config: Config,
  options: VerifyOptions,
): Promise<LedgerVerification> {
  const { auditLedger, readCheckpoints, timestampTrust, verifyLedger } = await import(
    '../features/consent/index.ts'
  )
  const { keysOfReceipts } = await import('../oidc/index.ts')
  const { pgSubjectKeyStore } = await import('../features/identity/index.ts')
  const { createSubjectSealer, environmentKek } = await import('../platform/crypto/index.ts')
  const folder = options.checkpoints ?? config.checkpoints.folder
  const read = async (path: string) =>
    (
      await readCheckpoints(path).catch(() => {
        throw unreadable(path, 'a checkpoint or a folder of checkpoints')
      })
    ).map(({ file, ...rest }) => ({ source: file, ...rest }))
  const [from] = options.fromCheckpoint === undefined ? [] : await read(options.fromCheckpoint)
  return auditLedger(knex, async (audit, snapshot) =>
    verifyLedger(audit, {
      keys: {
        keys: options.keys === undefined ? await keysOfReceipts(snapshot) : await readKeys(options.keys),
      },
      exported: folder === undefined ? [] : await read(folder),
      from,
      evidenceKeys:
        config.keks.length === 0
          ? undefined
          : createSubjectSealer({ kek: environmentKek(config.keks), store: pgSubjectKeyStore(snapshot) }),
      timestamps: timestampTrust(config.checkpoints),
      now: new Date(),
    }),
  )
}
