import { ofActing } from './of-acting.ts'
import { ofCalls } from './of-calls.ts'
import { ofCampaignsAndImports } from './of-campaigns-and-imports.ts'
import { ofConsent } from './of-consent.ts'
import { ofPeople } from './of-people.ts'
import { ofPlaces } from './of-places.ts'
import { ofPrivacyRequests } from './of-privacy-requests.ts'
import { ofRequests } from './of-requests.ts'
import { ofServicesAndKeys } from './of-services-and-keys.ts'
import { ofTheHouse } from './of-the-house.ts'
import type { ProblemEntry } from './problem-entry.ts'

export type { ProblemEntry } from './problem-entry.ts'

/** Every stable code that can be met, with the status it usually comes with. A test holds it against the sources. */
export const problemCatalogue: Readonly<Record<string, ProblemEntry>> = {
  ...ofRequests,
  ...ofConsent,
  ...ofCampaignsAndImports,
  ...ofServicesAndKeys,
  ...ofPeople,
  ...ofPrivacyRequests,
  ...ofPlaces,
  ...ofCalls,
  ...ofActing,
  ...ofTheHouse,
}
