import type { PersonalDataHolder } from '../../kernel/personal-data.ts'
import type { EnrolmentReads } from './enrol-store.ts'
import type { PresentationReads } from './presentation-store.ts'

/** Where and when somebody was enrolled or showed their card, as long as it is kept (GDPR Art. 15). */
export const storeVisitsPersonalData = (parts: {
  readonly presentations: PresentationReads
  readonly enrolments: Pick<EnrolmentReads, 'of'>
}): PersonalDataHolder => ({
  room: 'store-visits',
  exportData: async (subjectId) => ({
    loyalty_presentations: await parts.presentations.of(subjectId),
    store_enrolments: (await parts.enrolments.of(subjectId)).map((one) => ({
      touchpoint: one.touchpointId,
      language: one.language,
      createdAt: one.createdAt,
      answeredAt: one.answeredAt,
      outcome: one.outcome,
    })),
  }),
})
