/**
 * Mail on its way out. The room knows addresses and finished messages, not what they mean: who writes to whom, and
 * whether they may, was decided before. It makes sure that a message goes to the stored address and to no other.
 */
export type { Mail, Mailer } from './mailer.ts'
export { createSmtpMailer, type SmtpOptions } from './smtp-mailer.ts'
