import { isIP } from 'node:net'
import {
  forgetPushBrowsers,
  type PushBrowser,
  pgIdentityStores,
  pgPushBrowserReads,
  pgPushStores,
  pushBrowsersOf,
  silencePushBrowsers,
} from '../features/identity/index.ts'
import type { SubjectId } from '../kernel/ids.ts'
import type { Config } from '../platform/config/index.ts'
import type { SubjectSealer } from '../platform/crypto/index.ts'
import { unitOfWork } from '../platform/db/unit-of-work.ts'
import { usualPorts, whyNotAllowed } from '../platform/egress/allowed-url.ts'
import { isPublicAddress } from '../platform/egress/index.ts'
import { createWebPush, pgPushKeyStore, type WebPush } from '../platform/web-push/index.ts'
import { keepProofs } from './pg-work.ts'
import type { Platform } from './platform.ts'

/** How browsers are rung. What a push service answers is counted; what did not leave is in the log, without its address. */
export const housePush = (config: Pick<Config, 'mail'>, platform: Platform): WebPush =>
  createWebPush({
    egress: platform.egress,
    keys: pgPushKeyStore(platform.lanes.login),
    kek: platform.kek,
    clock: platform.clock,
    contact: config.mail.from.address,
    onOutcome: (outcome, error) => {
      platform.metrics.egress.inc({ purpose: 'web-push', outcome })
      if (outcome === 'failed') platform.log.warn('push.failed', {}, error)
    },
  })

/** Browsers that ring no more, because of what was ended or changed. */
export const silenceBrowsers =
  ({ lanes, clock }: Pick<Platform, 'lanes' | 'clock'>, sealer: SubjectSealer) =>
  (command: Parameters<typeof silencePushBrowsers>[1]) =>
    silencePushBrowsers(
      {
        work: unitOfWork(lanes.login, pgPushStores, keepProofs),
        pushBrowsers: pgPushBrowserReads(lanes.login),
        sealer,
        clock,
      },
      command,
    )

/** Browsers that people let us ring: kept with their proofs, and rung. */
export function pushParts(parts: {
  readonly config: Pick<Config, 'mail' | 'egress'>
  readonly platform: Platform
  readonly sealer: SubjectSealer
}) {
  const { config, platform, sealer } = parts
  const { clock, lanes } = platform
  const webPush = housePush(config, platform)
  const pushBrowsers = pgPushBrowserReads(lanes.login)
  const exempt = new Set(config.egress.allow)
  const work = unitOfWork(
    lanes.login,
    (trx) => ({ ...pgIdentityStores(trx), ...pgPushStores(trx) }),
    keepProofs,
  )
  return {
    webPush,
    work,
    pushBrowsers,
    /** Refused in front of whoever brings it, not each time it is rung (R115). */
    mayReach: (endpoint: string) => {
      const url = URL.parse(endpoint)
      if (url === null || whyNotAllowed(url, { exempt, ports: usualPorts }) !== undefined) return false
      const literal = url.hostname.replace(/^\[|\]$/g, '')
      return isIP(literal) === 0 || isPublicAddress(literal)
    },
    browsersOf: (subjectId: SubjectId) => pushBrowsersOf({ pushBrowsers, sealer }, subjectId),
    /** True when a push service took it for one of them at least. Those that are gone for good are forgotten. */
    ring: async (browsers: readonly PushBrowser[], text: string, until: Date): Promise<boolean> => {
      const left = (until.getTime() - clock.now().getTime()) / 1000
      const rung = await Promise.all(
        browsers.map(async (browser) => ({ browser, outcome: await webPush.send(browser, text, left) })),
      )
      const gone = rung.filter(({ outcome }) => outcome === 'gone').map(({ browser }) => browser)
      if (gone.length > 0) await forgetPushBrowsers({ work, clock }, gone)
      return rung.some(({ outcome }) => outcome === 'accepted')
    },
  }
}
