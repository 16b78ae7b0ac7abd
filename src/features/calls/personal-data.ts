import type { PersonalDataHolder } from '../../kernel/personal-data.ts'
import type { CallReads } from './call-store.ts'

/** The calls in which the person was chosen, and what was recorded in them (GDPR Art. 15). Of the agents nothing but a number. */
export const callsPersonalData = (parts: {
  readonly calls: Pick<CallReads, 'callsAbout' | 'actsOf'>
}): PersonalDataHolder => ({
  room: 'calls',
  exportData: async (subjectId) => {
    const [calls, acts] = await Promise.all([
      parts.calls.callsAbout(subjectId),
      parts.calls.actsOf(subjectId),
    ])
    return {
      calls: calls.map(
        ({ reference, touchpoint, language, reason, assurance, messages, summary, openedAt, endedAt }) => ({
          reference,
          touchpoint,
          language,
          reason,
          assurance,
          messages,
          summary,
          openedAt,
          endedAt,
        }),
      ),
      call_acts: acts.map(
        ({
          reference,
          answers,
          particulars,
          recordedAt,
          confirmedAt,
          ownAnswers,
          ownEvents,
          disownedAt,
        }) => ({
          reference,
          answers,
          particulars,
          recordedAt,
          ...(ownEvents === undefined ? {} : { confirmedAt, ownAnswers }),
          disownedAt,
        }),
      ),
    }
  },
})
