import { fixturesOf } from '../fixture.ts'
import { exampleHead, minutesAfter, underCalls } from './example-call.ts'
import { type CallRequestFormModel, CallRequestFormView } from './request.tsx'

const head = { ...exampleHead, assurance: 'own-device' as const }
const model: CallRequestFormModel = {
  head,
  action: `${head.href}/request?once=example-of-a-form-key`,
  typed: { right: '', words: '' },
}

export const callRequestFormFixtures = fixturesOf(
  CallRequestFormView,
  underCalls<CallRequestFormModel>({
    default: { model },
    opened: {
      model: {
        ...model,
        opened: { reference: 'S-7K2M-4F', right: 'access', due: minutesAfter(30 * 24 * 60) },
      },
    },
    'nothing chosen': {
      model: { ...model, typed: { right: '', words: 'Quiere saber qué tenemos de sus compras.' } },
      page: { fieldErrors: [{ field: 'right', code: 'choose-right' }] },
    },
  }),
)
