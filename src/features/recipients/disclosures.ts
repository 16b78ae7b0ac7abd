import type { DisclosureId, SubjectId } from '../../kernel/ids.ts'
import type { Disclosure } from './disclosure.ts'
import type { DisclosureReads } from './disclosure-log.ts'

export interface ReceivedBy {
  readonly recipientId: string
  readonly count: number
  readonly lastAt: Date
  /** The newest ones. */
  readonly disclosures: readonly Disclosure[]
  readonly older: DisclosureId | undefined
}

const shownPerRecipient = 10

/** Who received what about a person, by recipient and newest first: actual recipients, not categories (C-154/21). */
export async function disclosuresByRecipient(
  { disclosures }: { readonly disclosures: DisclosureReads },
  question: { readonly subjectId: SubjectId },
): Promise<readonly ReceivedBy[]> {
  const { subjectId } = question
  const summary = await disclosures.summary(subjectId)
  return Promise.all(
    summary.map(async ({ recipientId, count, lastAt }) => {
      const newest = await disclosures.of(subjectId, { recipientId, limit: shownPerRecipient })
      const older = count > newest.length ? newest.at(-1)?.disclosureId : undefined
      return { recipientId, count, lastAt, disclosures: newest, older }
    }),
  )
}
