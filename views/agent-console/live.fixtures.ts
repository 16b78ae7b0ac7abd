import { exampleNow, fixturesOf } from '../fixture.ts'
import { underCalls } from './example-call.ts'
import { type LiveCallsModel, LiveCallsView } from './live.tsx'

export const liveCallsFixtures = fixturesOf(
  LiveCallsView,
  underCalls<LiveCallsModel>({
    default: {
      model: {
        calls: [
          {
            reference: 'LL-4F7K2M',
            agent: 'A-7F3C21',
            place: 'Puesto 12',
            openedAt: exampleNow,
            state: 'open',
            assurance: 'own-device',
            failedChecks: 0,
            chosen: true,
          },
          {
            reference: 'LL-9TWB3C',
            agent: 'A-19C0DE',
            place: 'Puesto 128, Centro de atención de San Sebastián de los Reyes',
            openedAt: exampleNow,
            state: 'dropped',
            assurance: 'number-match',
            failedChecks: 1,
            chosen: false,
          },
        ],
      },
    },
    empty: { model: { calls: [] } },
  }),
)
