import { textNumberOf, verifiedEmails } from '../features/identity/index.ts'
import type { Mailer } from '../platform/mail/index.ts'
import type { SmsGateway } from '../platform/sms/index.ts'

type Reached = Parameters<typeof verifiedEmails>[0]

export interface TextElseMail {
  /** Whether there is any way to write to this person. */
  reaches(identifiers: Reached): boolean
  /** Rejects where there was a way and it was not taken; for whoever has none it does nothing. */
  send(
    identifiers: Reached,
    message: {
      readonly kind: string
      readonly text: () => string
      readonly mail: () => Omit<Parameters<Mailer['send']>[0], 'to' | 'kind'>
    },
  ): Promise<void>
}

/**
 * What somebody waits for with their telephone in their hand: a text message where there is a proven number that takes them;
 * a mail where there is none, or the gateway did not take it.
 */
export const textElseMail = (mailer: Pick<Mailer, 'send'>, sms: SmsGateway | undefined): TextElseMail => ({
  reaches: (identifiers) =>
    verifiedEmails(identifiers).length > 0 || (sms !== undefined && textNumberOf(identifiers) !== undefined),
  send: async (identifiers, { kind, text, mail }) => {
    const [to] = verifiedEmails(identifiers)
    const number = textNumberOf(identifiers)
    if (number !== undefined && sms !== undefined) {
      try {
        await sms.send({ to: number, text: text(), kind })
        return
      } catch (error) {
        if (to === undefined) throw error
      }
    }
    if (to !== undefined) await mailer.send({ to, kind, ...mail() })
  },
})
