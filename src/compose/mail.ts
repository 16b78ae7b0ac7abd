import type { Mailer } from '../platform/mail/index.ts'
import type { Platform } from './platform.ts'

/** Counts what was handed over and what was not; without a configured server every message counts as not sent. */
export function countedMailer({
  mailer,
  metrics,
  log,
}: Pick<Platform, 'mailer' | 'metrics' | 'log'>): Mailer {
  return {
    send: async (mail) => {
      try {
        if (mailer === undefined) throw new Error('no mail server is configured')
        await mailer.send(mail)
        metrics.mails.inc({ kind: mail.kind, outcome: 'sent' })
      } catch (error) {
        metrics.mails.inc({ kind: mail.kind, outcome: 'failed' })
        log.error('mail.failed', { kind: mail.kind }, error)
        throw error
      }
    },
    close: async () => mailer?.close(),
  }
}
