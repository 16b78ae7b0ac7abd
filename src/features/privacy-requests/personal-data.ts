import type { PersonalDataHolder } from '../../kernel/personal-data.ts'
import type { RequestParts } from './request-parts.ts'
import { opened } from './requests-of.ts'

/** Everything the person ever asked for, with their own words, and what came of it. */
export const privacyRequestsPersonalData = (
  parts: Pick<RequestParts, 'requests' | 'reads' | 'sealer'>,
): PersonalDataHolder => ({
  room: 'privacy-requests',
  exportData: async (subjectId) => {
    const stored = await parts.requests.ofSubject(subjectId)
    return {
      privacy_requests: await Promise.all(
        stored.map(async (request) => {
          // Who opened it is told by kind: a colleague's name is not the person's data (CJEU C-579/21).
          const { subjectId: _subject, actor: _actor, id: _id, ...told } = await opened(parts, request)
          return told
        }),
      ),
    }
  },
})
