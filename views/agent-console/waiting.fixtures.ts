import { fixturesOf } from '../fixture.ts'
import { exampleHead, underCalls } from './example-call.ts'
import { type WaitingModel, WaitingView } from './waiting.tsx'

const model: WaitingModel = { head: exampleHead, bindingMessage: exampleHead.reference }

export const waitingFixtures = fixturesOf(
  WaitingView,
  underCalls<WaitingModel>({
    default: { model },
    'a call in English': { model: { ...model, head: { ...exampleHead, language: 'en' } } },
  }),
)
