import type { Clock } from '../kernel/clock.ts'
import type { Entropy } from '../kernel/ids.ts'
import { systemClock } from '../platform/clock.ts'
import type { Config } from '../platform/config/index.ts'
import {
  createBlindIndex,
  createSealedTokens,
  deriveKeys,
  environmentKek,
  systemEntropy,
} from '../platform/crypto/index.ts'
import type { DatabaseConnection } from '../platform/db/connection.ts'
import { openLanes } from '../platform/db/lanes.ts'
import { openPipelinedReader } from '../platform/db/pipelined-reader.ts'
import { openPool, openSharedPool } from '../platform/db/pool.ts'
import { createEgress } from '../platform/egress/index.ts'
import { createPgLimiter } from '../platform/limits/index.ts'
import { createLog, createMetrics, type Log } from '../platform/log/index.ts'
import { createSmtpMailer } from '../platform/mail/index.ts'
import { createArgon2Hasher, createPasswordPolicy } from '../platform/passwords/index.ts'
import { csrfGuard } from '../platform/web/csrf.ts'
import { countedHasher } from './counted.ts'

/** What a test or the demo may put in place of the machine's own. */
export interface Overrides {
  readonly clock?: Clock
  readonly entropy?: Entropy
  readonly log?: Log
  /** Counts sequential round trips to PostgreSQL by the name of the statement; the bench and the budgets' tests ask. */
  readonly onRoundTrip?: (statement: string) => void
}

/** The plumbing, connected: nothing in here has an opinion about consent. */
export function openPlatform(config: Config, connection: DatabaseConnection, overrides: Overrides = {}) {
  const clock = overrides.clock ?? systemClock
  const entropy = overrides.entropy ?? systemEntropy
  const log = overrides.log ?? createLog({ level: config.log.level })
  const metrics = createMetrics()
  const keys = deriveKeys(config.secrets)
  const kek = environmentKek(config.keks)
  const lanes = openLanes(connection)
  const reader = openPipelinedReader(connection, 'login-reads', 2, overrides.onRoundTrip)
  const tokenReader = openPipelinedReader(connection, 'token', 2)
  // A failover may lose the last few counts; waiting for the standby at every try would cost more.
  const counters = openPool(
    connection,
    'limits',
    2,
    (error) => log.warn('limits.connection-lost', {}, error),
    { options: '-c synchronous_commit=local' },
  )
  const shared = openSharedPool(connection, (error) => log.warn('shared.connection-lost', {}, error))
  const limiter = createPgLimiter({
    db: counters,
    key: keys.current('rate-limits').bytes,
    clock,
    onFallback: (error) => {
      metrics.limiterFallbacks.inc()
      log.warn('limits.in-memory', {}, error)
    },
    onRefusal: (limit) => metrics.limiterRefusals.inc({ limit }),
  })
  const hasher = createArgon2Hasher({
    peppers: keys
      .all('pepper')
      .map((pepper, index, all) => ({ version: all.length - index, secret: pepper.bytes })),
  })
  const passwordPolicy = createPasswordPolicy({ words: [config.brand.name, 'placet'] })
  const egress = createEgress({ allow: config.egress.allow })
  const mailer =
    config.mail.smtpUrl === undefined
      ? undefined
      : createSmtpMailer({ url: config.mail.smtpUrl, from: config.mail.from })

  return {
    clock,
    entropy,
    log,
    metrics,
    keys,
    kek,
    lanes,
    reader,
    tokenReader,
    /** Statements that many people share, and those that stand alone: each its own commit. */
    shared,
    limiter,
    hasher: countedHasher(hasher, metrics),
    passwordPolicy,
    egress,
    mailer,
    blindIndex: createBlindIndex(keys.anchored('blind-index').bytes),
    sealedTokens: createSealedTokens(keys.all('sealed-tokens'), config.issuer.origin),
    csrf: csrfGuard(keys.current('csrf').bytes, config.issuer.origin),
    https: config.issuer.protocol === 'https:',
    close: async () => {
      await Promise.all([
        lanes.close(),
        reader.close(),
        tokenReader.close(),
        counters.end(),
        shared.end(),
        hasher.close(),
        passwordPolicy.close(),
      ])
      await Promise.all([egress.close(), mailer?.close()])
    },
  }
}

export type Platform = ReturnType<typeof openPlatform>
