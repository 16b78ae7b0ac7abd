import type { Config } from '../platform/config/index.ts'
import type { Mailer } from '../platform/mail/index.ts'
import { createHttpSms, createOutboxSms, type SmsGateway } from '../platform/sms/index.ts'
import type { Platform } from './platform.ts'

/**
 * How text messages leave: by the configured gateway; without one, into the mail outbox of a house that is tried out, and in
 * production not at all. A message that did not leave is in the log, by its kind and never with its number.
 */
export function smsGateway(
  { sms, production }: Pick<Config, 'sms' | 'production'>,
  { egress, limiter, entropy, log }: Pick<Platform, 'egress' | 'limiter' | 'entropy' | 'log'>,
  mailer: Pick<Mailer, 'send'>,
): SmsGateway | undefined {
  if (sms === undefined) return production ? undefined : createOutboxSms(mailer)
  const gateway = createHttpSms({ egress, limiter, entropy }, sms)
  return {
    send: async (message) => {
      try {
        return await gateway.send(message)
      } catch (error) {
        log.error('sms.failed', { kind: message.kind }, error)
        throw error
      }
    },
  }
}
