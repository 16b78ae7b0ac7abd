import { exampleNow, fixturesOf } from '../fixture.ts'
import { exampleHead, minutesAfter, underCalls } from './example-call.ts'
import { type WrapUpModel, WrapUpView } from './wrap-up.tsx'

const head = { ...exampleHead, assurance: 'own-device' as const }
const messages: WrapUpModel['messages'] = [
  { kind: 'own-device', by: 'own-device', at: exampleNow },
  { kind: 'choices', by: 'email', at: minutesAfter(3) },
]

export const wrapUpFixtures = fixturesOf(
  WrapUpView,
  underCalls<WrapUpModel>({
    default: { model: { head, messages, typed: { summary: '' } } },
    'nothing was sent': { model: { head: exampleHead, messages: [], typed: { summary: 'not-verified' } } },
    'nothing chosen': {
      model: { head, messages, typed: { summary: '' } },
      page: { fieldErrors: [{ field: 'summary', code: 'choose-summary' }] },
    },
    ended: {
      model: {
        head,
        messages,
        typed: { summary: '' },
        ended: { at: minutesAfter(6), summary: 'preferences', assurance: 'own-device' },
      },
    },
    'ended without knowing who it was': {
      model: {
        head: exampleHead,
        messages: [],
        typed: { summary: '' },
        ended: { at: minutesAfter(2), summary: 'not-verified', assurance: 'none' },
      },
    },
  }),
)
