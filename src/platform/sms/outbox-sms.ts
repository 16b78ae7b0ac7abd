import { invalid } from '../../kernel/errors.ts'
import type { Mailer } from '../mail/index.ts'
import type { SmsGateway } from './sms-gateway.ts'

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/**
 * For development and the demo: a text message is put into the mail outbox, addressed to its number under a domain that
 * can never exist (RFC 2606). It reaches no telephone, so production does not use it.
 */
export const createOutboxSms = (mailer: Pick<Mailer, 'send'>): SmsGateway => ({
  send: async ({ to, text, kind }) => {
    if (!/^\+[1-9]\d{6,14}$/.test(to)) throw invalid('sms-number', 'not a number messages are sent to')
    const address = `${to.slice(1)}@sms.invalid`
    await mailer.send({
      to: address,
      subject: `SMS ${to}`,
      text,
      html: `<!doctype html><html lang="es"><title>SMS</title><p>${escaped(text)}</p></html>`,
      kind: `sms-${kind}`,
    })
    return `outbox:${address}`
  },
})
