import { requestMail } from '../channels/privacy-centre/index.ts'
import type { IdentityReads } from '../features/identity/index.ts'
import {
  pgAcknowledgementTurns,
  pgRequestReads,
  type RequestParts,
  workingCalendarOf,
} from '../features/privacy-requests/index.ts'
import type { Config } from '../platform/config/index.ts'
import type { SubjectSealer } from '../platform/crypto/index.ts'
import { countedMailer } from './mail.ts'
import type { Platform } from './platform.ts'
import { smsGateway } from './sms.ts'

/** What every way in takes requests with: the same clock, the same calendar and the same words for all of them. */
export function requestParts(parts: {
  readonly config: Config
  readonly platform: Platform
  readonly work: RequestParts['work']
  readonly reads: IdentityReads
  readonly sealer: SubjectSealer
  readonly later: RequestParts['later']
}): RequestParts {
  const { config, platform, work, reads, sealer, later } = parts
  const { clock, entropy, lanes, limiter, sealedTokens } = platform
  const { country, name: brandName, timeZone } = config.brand
  const mailer = countedMailer(platform)
  const sms = smsGateway(config, platform, mailer)
  return {
    work,
    requests: pgRequestReads(lanes.login),
    turns: pgAcknowledgementTurns(lanes.login),
    reads,
    sealer,
    tokens: sealedTokens,
    clock,
    entropy,
    calendar: workingCalendarOf(country),
    timeZone,
    messages: requestMail({ mailer, sms, entropy, brandName, timeZone, issuer: config.issuer }),
    textMessages: sms !== undefined,
    limiter,
    later,
  }
}
