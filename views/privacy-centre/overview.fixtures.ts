import { daysBefore, fixturesOf } from '../fixture.ts'
import { type OverviewModel, OverviewView } from './overview.tsx'

const model: OverviewModel = {
  givenName: 'Ana',
  permissions: { yes: 1, no: 2, unanswered: 0 },
  lastDecisionAt: daysBefore(3),
  values: 9,
  recipients: 2,
  lastDisclosureAt: daysBefore(1),
  passkeys: 1,
  sessions: 2,
  requests: [],
}

export const overviewFixtures = fixturesOf(OverviewView, {
  default: { model },
  empty: {
    model: {
      permissions: { yes: 0, no: 0, unanswered: 0 },
      values: 0,
      recipients: 0,
      passkeys: 0,
      sessions: 1,
      requests: [],
    },
  },
  'request open': {
    modelIn: (): OverviewModel => ({
      ...model,
      permissions: { yes: 1, no: 1, unanswered: 1 },
      requests: [
        {
          right: 'access',
          answerBy: daysBefore(-30),
          href: '/privacy/requests/example',
        },
      ],
    }),
  },
  'a step is missing': { model: { ...model, waiting: 2 } },
  restricted: { model: { ...model, restricted: true } },
  'many of everything': {
    model: {
      ...model,
      permissions: { yes: 1_000_000, no: 1_000_000, unanswered: 0 },
      waiting: 1_000_000,
      values: 1_000_000,
    },
  },
})
