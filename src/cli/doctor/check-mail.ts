import { createTransport } from 'nodemailer'
import { bad, type Check, good } from './check.ts'

/** Greets the server, starts TLS and signs in; sends nothing. */
export async function checkMail(smtpUrl: string | undefined): Promise<Check> {
  if (smtpUrl === undefined) {
    return bad(
      'mail',
      'SMTP_URL is not set, so nobody can be sent a code.',
      'Set SMTP_URL to smtps://user:password@host:465.',
    )
  }
  const { hostname, port, protocol, username, password } = new URL(smtpUrl)
  const secure = protocol === 'smtps:'
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 5_000,
  })
  try {
    await transport.verify()
    return good('mail', `${hostname} answers`)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return bad(
      'mail',
      `${hostname} does not take mail: ${why}`,
      'Correct SMTP_URL, or open the way to that host and port.',
    )
  } finally {
    transport.close()
  }
}
