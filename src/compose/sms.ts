import type { Config } from '../platform/config/index.ts'
import type { Egress } from '../platform/egress/index.ts'
import type { Limiter } from '../platform/limits/index.ts'
import type { Mailer } from '../platform/mail/index.ts'
import { createHttpSms, createOutboxSms, type SmsGateway } from '../platform/sms/index.ts'
import type { Platform } from './platform.ts'

type SmsParts = Pick<Platform, 'entropy' | 'metrics' | 'log'> & {
  readonly egress: Pick<Egress, 'fetch'>
  readonly limiter: Pick<Limiter, 'consume'>
}

/**
 * How text messages leave: by the configured gateway; without one, into the mail outbox of a house that is tried out, and in
 * production not at all. Each is counted, and one that did not leave is in the log, by its kind and never with its number.
 */
export function smsGateway(
  { sms, production }: Pick<Config, 'sms' | 'production'>,
  { egress, limiter, entropy, metrics, log }: SmsParts,
  mailer: Pick<Mailer, 'send'>,
): SmsGateway | undefined {
  if (sms === undefined && production) return undefined
  const gateway =
    sms === undefined ? createOutboxSms(mailer) : createHttpSms({ egress, limiter, entropy }, sms)
  return {
    send: async (message) => {
      try {
        const name = await gateway.send(message)
        metrics.sms.inc({ kind: message.kind, outcome: 'sent' })
        return name
      } catch (error) {
        metrics.sms.inc({ kind: message.kind, outcome: 'failed' })
        log.error('sms.failed', { kind: message.kind }, error)
        throw error
      }
    },
  }
}
