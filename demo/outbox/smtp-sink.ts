import { domainToASCII } from 'node:url'
import { SMTPServer } from 'smtp-server'
import { readMail } from './read-mail.ts'

/** A message as it arrived: envelope from the SMTP dialogue, the rest out of its MIME parts. */
export interface ReceivedMail {
  readonly from: string
  readonly recipients: readonly string[]
  readonly subject: string
  readonly kind: string
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly html: string
  readonly raw: string
  readonly at: Date
}

/** A real SMTP server that delivers nowhere: demo and tests read their mail here instead of in a mailbox. */
export interface SmtpSink {
  readonly url: string
  readonly port: number
  /** The last 200 messages, oldest first. */
  readonly messages: readonly ReceivedMail[]
  last(to: string): ReceivedMail | undefined
  /** Resolves with the next message to `to`, or the last one that came after `since`. */
  next(to: string, since?: Date, patienceMs?: number): Promise<ReceivedMail>
  /** Returns how to stop listening. */
  onMessage(listener: (mail: ReceivedMail) => void): () => void
  close(): Promise<void>
}

const kept = 200
const largest = 1024 * 1024

export async function startSmtpSink(port = 0): Promise<SmtpSink> {
  const messages: ReceivedMail[] = []
  const listeners = new Set<(mail: ReceivedMail) => void>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: largest,
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('latin1')
        const { mailFrom, rcptTo } = session.envelope
        const mail: ReceivedMail = {
          ...readMail(raw),
          from: mailFrom === false ? '' : asSent(mailFrom.address),
          recipients: rcptTo.map((recipient) => asSent(recipient.address)),
          raw,
          at: new Date(),
        }
        messages.push(mail)
        messages.splice(0, messages.length - kept)
        for (const listener of listeners) listener(mail)
        done()
      })
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
  const address = server.server.address()
  const taken = typeof address === 'object' && address !== null ? address.port : port
  const last = (to: string) => messages.findLast((mail) => mail.recipients.includes(to))
  const onMessage = (listener: (mail: ReceivedMail) => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  return {
    url: `smtp://127.0.0.1:${taken}`,
    port: taken,
    messages,
    last,
    onMessage,
    next: (to, since, patienceMs = 5000) =>
      new Promise((resolve, reject) => {
        const known = last(to)
        if (since !== undefined && known !== undefined && known.at >= since) return resolve(known)
        const timer = setTimeout(() => {
          stop()
          reject(new Error(`no mail for ${to} within ${patienceMs} ms`))
        }, patienceMs)
        const stop = onMessage((mail) => {
          if (!mail.recipients.includes(to)) return
          clearTimeout(timer)
          stop()
          resolve(mail)
        })
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** The server library shows domains in Unicode; what was on the wire, and is stored, is their ASCII form. */
function asSent(address: string): string {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  return `${address.slice(0, at)}@${domainToASCII(domain) || domain}`
}
