import { createTransport } from 'nodemailer'
import { invalid, unavailable } from '../../kernel/errors.ts'
import type { Mail, Mailer } from './mailer.ts'

export interface SmtpOptions {
  /** `smtps://user:password@host:465` or `smtp://host:587`; the latter must offer STARTTLS unless it is this machine. */
  readonly url: string
  /** Address the messages come from, and the name shown beside it. */
  readonly from: { readonly address: string; readonly name: string }
}

/** Ten seconds for each step: people wait for codes, and a provider that is slower than that is down. */
const patienceMs = 10_000

export function createSmtpMailer({ url, from }: SmtpOptions): Mailer {
  const server = new URL(url)
  const secure = server.protocol === 'smtps:'
  const thisMachine = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(server.hostname)
  const transport = createTransport({
    pool: true,
    maxConnections: 4,
    host: server.hostname.replace(/^\[|\]$/g, ''),
    port: server.port === '' ? (secure ? 465 : 587) : Number(server.port),
    secure,
    // The codes and links inside are worth an account: never in clear over a network.
    requireTLS: !secure && !thisMachine,
    ignoreTLS: !secure && thisMachine,
    ...(server.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) } }),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    dnsTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(mail) {
      if (!plainAddress.test(mail.to)) throw invalid('mail-address', 'not an address mail is sent to')
      checkLine(mail.subject)
      for (const { name } of mail.files ?? []) checkLine(name)
      const headers = headersOf(mail)
      try {
        const sent = await transport.sendMail({
          // An object, so that no parser gets to decide who the recipient is; the envelope says it again (R119).
          to: { address: mail.to, name: '' },
          from: { ...from },
          envelope: { from: from.address, to: [mail.to] },
          subject: mail.subject,
          html: mail.html,
          text: mail.text,
          headers,
          attachments: (mail.files ?? []).map(({ name, content }) => ({
            filename: name,
            content,
            contentType: 'application/json',
          })),
        })
        const [reached, ...others] = sent.envelope.to
        if (reached !== mail.to || others.length > 0)
          throw new Error('the envelope is not the stored address')
      } catch (error) {
        throw unavailable('mail-not-sent', 'the message could not be handed over', 60, error)
      }
    },
    async close() {
      transport.close()
    },
  }
}

/*
 * The rules of `features/identity/email-address.ts`, once more and coarser: whoever forgot to parse must not reach the
 * library's own parser, which reads a list of recipients into one text.
 */
const plainAddress = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9.-]{1,253}$/

/** `Auto-Submitted` keeps out-of-office answers away (RFC 3834). */
function headersOf(mail: Mail): Record<string, string> {
  const headers = { 'Auto-Submitted': 'auto-generated', 'X-Placet-Kind': mail.kind, ...mail.headers }
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[A-Za-z-]+$/.test(name)) throw invalid('mail-header', 'not a header name')
    checkLine(value)
  }
  return headers
}

function checkLine(text: string): void {
  if ([...text].some((character) => character < ' ' || character === '\u007f')) {
    throw invalid('mail-header', 'a header must be one line without control characters')
  }
}
