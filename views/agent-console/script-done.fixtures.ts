import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { exampleHead, minutesAfter, underCalls } from './example-call.ts'
import { type ScriptDoneModel, ScriptDoneView } from './script-done.tsx'

const head = { ...exampleHead, assurance: 'own-device' as const }
const offers = (language: Language) => (language === 'es' ? 'Ofertas y novedades' : 'Offers and news')

export const scriptDoneFixtures = fixturesOf(
  ScriptDoneView,
  underCalls<ScriptDoneModel>({
    default: {
      modelIn: (language) => ({
        head,
        told: [
          { purpose: offers(language), contactChannel: 'email', answer: 'yes' },
          { purpose: offers(language), contactChannel: 'sms', answer: 'no' },
        ],
        confirmation: { sentTo: 'a•••@e•••.com', until: minutesAfter(7 * 24 * 60) },
      }),
    },
    'only noes': {
      modelIn: (language) => ({
        head,
        told: [{ purpose: offers(language), contactChannel: 'email', answer: 'no' }],
      }),
    },
    'nowhere to send it': {
      modelIn: (language) => ({
        head,
        told: [{ purpose: offers(language), contactChannel: 'post', answer: 'yes' }],
        confirmation: { sentTo: undefined, until: minutesAfter(7 * 24 * 60) },
      }),
    },
    'written to enough': {
      modelIn: (language) => ({
        head,
        told: [{ purpose: offers(language), contactChannel: 'email', answer: 'yes' }],
        confirmation: { sentTo: undefined, until: minutesAfter(7 * 24 * 60), heldBack: true },
      }),
    },
    'nothing changed': { model: { head, told: [] } },
  }),
)
