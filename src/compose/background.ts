import type { House } from '../compose.ts'
import { sweepCalls } from '../features/calls/index.ts'
import { refreshExclusionChecks, sweepDeviceActs, tendConfirmations } from '../features/consent/index.ts'
import { countUndelivered } from '../features/delivery/index.ts'
import { sweepIdentityArtefacts } from '../features/identity/index.ts'
import { tendAcknowledgements } from '../features/privacy-requests/index.ts'
import { sweepHelpCalls, sweepPresentations } from '../features/store-visits/index.ts'
import { sweepTerminalCodes } from '../features/touchpoints/index.ts'
import { sweepIdempotency } from '../platform/db/pg-idempotency.ts'
import { renewHouseCounts } from './purposes-console.ts'
import { redecideUntilDone } from './redecide.ts'
import { forgetUnfinished, recordDecided, sendLeftReceipts, watchStores } from './store.ts'
import { watchLedger } from './watch-ledger.ts'

interface Job {
  readonly name: string
  readonly everyMs: number
  /** What takes long ends early once the signal is given. */
  readonly run: (signal: AbortSignal) => Promise<unknown>
}

const second = 1_000
const minute = 60 * second

/** What must be done again and again. Each job is safe to run in several processes at once, and to be cut short. */
const jobsOf = ({ config, oidc, platform, recording, consentProofs, ...house }: House): readonly Job[] => [
  { name: 'logout-notices', everyMs: 2 * second, run: () => oidc.deliverLogoutNotices(100) },
  { name: 'call-pings', everyMs: second, run: () => oidc.deliverCallPings(100) },
  { name: 'expired-artefacts', everyMs: minute, run: () => oidc.deleteExpired(5_000) },
  {
    name: 'identity-artefacts',
    everyMs: 10 * minute,
    run: () => sweepIdentityArtefacts(platform.lanes.console, platform.clock.now()),
  },
  {
    name: 'terminal-codes',
    everyMs: 60 * minute,
    run: () => sweepTerminalCodes(platform.lanes.console),
  },
  {
    name: 'loyalty-presentations',
    everyMs: 60 * minute,
    run: () => sweepPresentations(platform.lanes.console, platform.clock.now()),
  },
  {
    name: 'calls',
    everyMs: 60 * minute,
    run: () => sweepCalls(platform.lanes.console, platform.clock.now()),
  },
  { name: 'help-calls', everyMs: 60 * minute, run: () => sweepHelpCalls(platform.lanes.console) },
  {
    name: 'device-acts',
    everyMs: 60 * minute,
    run: () => sweepDeviceActs(platform.lanes.console),
  },
  { name: 'kept-answers', everyMs: 10 * minute, run: () => sweepIdempotency(platform.reader) },
  { name: 'rate-limits', everyMs: 10 * minute, run: () => platform.limiter.sweep() },
  {
    name: 'outbox-gauge',
    everyMs: 15 * second,
    run: async () => platform.metrics.outboxWaiting.set(await countUndelivered(platform.lanes.console)),
  },
  { name: 'confirmations', everyMs: minute, run: () => tendConfirmations(recording.tend) },
  {
    name: 'request-acknowledgements',
    everyMs: minute,
    run: () => tendAcknowledgements(house.privacyRequests),
  },
  {
    name: 'exclusion-lists',
    everyMs: 10 * minute,
    run: (signal) => refreshExclusionChecks(recording.exclusion, { signal }),
  },
  { name: 'ledger-append', everyMs: second, run: () => consentProofs.keeper.append() },
  {
    name: 'ledger-checkpoint',
    everyMs: config.checkpoints.everyMinutes * minute,
    run: () => consentProofs.keeper.checkpoint(),
  },
  { name: 'ledger-proof', everyMs: 10 * minute, run: () => watchLedger({ platform, consentProofs }) },
  { name: 'permissions', everyMs: 5 * second, run: () => redecideUntilDone({ platform, ...house }) },
  {
    name: 'house-counts',
    everyMs: 15 * second,
    run: (signal) => renewHouseCounts({ platform, ...house }, signal),
  },
  {
    name: 'store-receipts',
    everyMs: minute,
    run: () => sendLeftReceipts({ platform, config, recording, ...house }),
  },
  {
    name: 'store-enrolments',
    everyMs: minute,
    run: () => forgetUnfinished({ platform, config, recording, ...house }),
  },
  {
    name: 'store-decisions',
    everyMs: minute,
    run: () => recordDecided({ platform, config, recording, ...house }),
  },
  { name: 'opt-in-rates', everyMs: 60 * minute, run: () => watchStores({ platform, ...house }) },
  { name: 'signing-keys', everyMs: 10 * minute, run: () => oidc.keys.rotate() },
]

/** Runs the jobs until `stop`, which waits for those under way. A job that fails is logged and tried again next time. */
export function startBackground(house: House): { stop(): Promise<void> } {
  const running = new Map<string, Promise<void>>()
  const ending = new AbortController()
  const timers = jobsOf(house).map((job) =>
    setInterval(() => {
      if (running.has(job.name)) return
      const run = Promise.resolve()
        .then(() => job.run(ending.signal))
        .then(() => undefined)
        .catch((error) => house.platform.log.error('job.failed', { job: job.name }, error))
        .finally(() => running.delete(job.name))
      running.set(job.name, run)
    }, job.everyMs),
  )
  return {
    stop: async () => {
      ending.abort()
      for (const timer of timers) clearInterval(timer)
      await Promise.all(running.values())
    },
  }
}
