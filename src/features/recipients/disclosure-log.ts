import type { DisclosureId, SubjectId } from '../../kernel/ids.ts'
import type { Disclosure } from './disclosure.ts'

/**
 * Port. Promises: `write` resolves only when the record is durable; many writers share one commit; a record is never
 * changed or removed. Whatever is answered to a recipient is answered after it.
 */
export interface DisclosureLog {
  write(disclosure: Disclosure): Promise<void>
}

export interface DisclosureReads {
  /** Newest first. */
  of(
    subjectId: SubjectId,
    page: { readonly limit: number; readonly recipientId?: string; readonly before?: DisclosureId },
  ): Promise<readonly Disclosure[]>
  /** Who ever received anything for one of these purposes, whoever did last first. */
  recipientsFor(subjectId: SubjectId, purposes: readonly string[]): Promise<readonly string[]>
  /** One line per recipient that ever received anything. */
  summary(
    subjectId: SubjectId,
  ): Promise<readonly { readonly recipientId: string; readonly count: number; readonly lastAt: Date }[]>
}
