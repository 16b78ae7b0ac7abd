import type { SubjectId } from '../../../kernel/ids.ts'
import type { LinkReads } from './link-store.ts'

/** What a person is told of links when they ask what is held about them (GDPR Art. 15): not who looked at it, but how. */
export const linkedAccountsData = async (
  links: Pick<LinkReads, 'history'>,
  subjectId: SubjectId,
): Promise<readonly object[]> =>
  (await links.history(subjectId)).map(({ link, end }) => ({
    kind: link.kind,
    rule: link.rule,
    at: link.at,
    ...(end === undefined ? {} : { endedAt: end.at, reason: end.reason }),
  }))
