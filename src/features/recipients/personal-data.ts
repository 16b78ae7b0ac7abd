import type { PersonalDataHolder } from '../../kernel/personal-data.ts'
import type { DisclosureReads } from './disclosure-log.ts'

/** Every release there was (GDPR Art. 15(1)(c)). */
export const recipientsPersonalData = (parts: {
  readonly disclosures: DisclosureReads
}): PersonalDataHolder => ({
  room: 'recipients',
  exportData: async (subjectId) => ({
    recipient_disclosures: await parts.disclosures.of(subjectId, { limit: 1_000_000 }),
  }),
})
