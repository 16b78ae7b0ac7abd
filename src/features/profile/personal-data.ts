import type { PersonalDataHolder } from '../../kernel/personal-data.ts'
import { openAssertion, type ReadProfileDeps } from './read-profile.ts'

/** Everything ever asserted about the person, with where it came from and until when it held. */
export const profilePersonalData = (deps: ReadProfileDeps): PersonalDataHolder => ({
  room: 'profile',
  exportData: async (subjectId) => {
    const history = await deps.assertions.history(subjectId)
    return {
      assertions: await Promise.all(
        history.map(async (assertion) => ({
          ...(await openAssertion(deps.sealer, assertion)),
          supersededAt: assertion.supersededAt,
        })),
      ),
    }
  },
})
