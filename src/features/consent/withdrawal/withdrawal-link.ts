import { type ContactChannel, contactChannels } from '../../../kernel/evidence.ts'
import { parseId, type SubjectId } from '../../../kernel/ids.ts'
import type { SealedTokens } from '../../../platform/crypto/index.ts'

/** What a link in a message lets its reader stop: exactly what that message was sent for. */
export interface WithdrawalLink {
  readonly subjectId: SubjectId
  readonly controller: string
  readonly brand: string
  readonly purpose: string
  readonly contactChannel: ContactChannel
  /** The identifier the message went to. */
  readonly contactPoint?: string
}

const use = 'withdraw consent'

/** People keep old mails, and an old way out must still lead out: three years, as long as the proof of the yes is kept. */
const lasts = 3 * 366 * 86_400_000

/** Sealed, so that it names nobody, cannot be made up, and is good for nothing but taking this back. */
export const sealWithdrawalLink = (tokens: SealedTokens, link: WithdrawalLink, now: Date): string =>
  tokens.sealToken(
    use,
    [link.subjectId, link.controller, link.brand, link.purpose, link.contactChannel, link.contactPoint ?? ''],
    new Date(now.getTime() + lasts),
  )

/** Undefined for anything that was not sealed here for this, or is too old. */
export function openWithdrawalLink(
  tokens: SealedTokens,
  text: string,
  now: Date,
): WithdrawalLink | undefined {
  const said = tokens.openToken(use, text, now)
  if (!Array.isArray(said) || !said.every((part) => typeof part === 'string')) return undefined
  const [subject, controller = '', brand = '', purpose = '', channel, contactPoint = ''] = said
  const subjectId = parseId<'subject'>(subject)
  const contactChannel = contactChannels.find((known) => known === channel)
  if (subjectId === undefined || contactChannel === undefined) return undefined
  const link = { subjectId, controller, brand, purpose, contactChannel }
  return contactPoint === '' ? link : { ...link, contactPoint }
}
