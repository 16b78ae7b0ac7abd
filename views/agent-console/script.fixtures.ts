import { exampleNotice, examplePurposes } from '../example-purposes.ts'
import { fixturesOf } from '../fixture.ts'
import { translator } from '../locales/translator.ts'
import type { Language } from '../page-context.ts'
import { exampleHead, underCalls } from './example-call.ts'
import { type ScriptModel, ScriptView } from './script.tsx'

const head = { ...exampleHead, assurance: 'own-device' as const }

const modelIn = (page: Language, spoken: Language, more: Partial<ScriptModel> = {}): ScriptModel => {
  const t = translator(page)
  return {
    head: { ...head, language: spoken },
    purposes: examplePurposes(spoken).map(({ id, title, choices }) => ({
      id,
      title,
      text: exampleNotice(spoken).now,
      version: '2',
      language: spoken,
      choices: choices.map(({ key, contactChannel, notice }, position) => ({
        key,
        contactChannel,
        notice,
        line: t(position === 0 ? 'calls.script.standing.none' : 'calls.script.standing.pending'),
      })),
    })),
    action: `${head.href}/choices?once=example-of-a-form-key`,
    recording: '',
    mode: 'ask',
    ...more,
  }
}

export const scriptFixtures = fixturesOf(
  ScriptView,
  underCalls<ScriptModel>({
    default: { modelIn: (language) => modelIn(language, 'es') },
    'a call in English': { modelIn: (language) => modelIn(language, 'en', { recording: 'R-88213' }) },
    'nothing marked': {
      modelIn: (language) => modelIn(language, 'es', { recording: 'R-88213' }),
      page: { formError: { code: 'nothing-told' } },
    },
    'the text changed meanwhile': {
      modelIn: (language) => modelIn(language, 'es'),
      page: { formError: { code: 'notice-changed' } },
    },
    'no text for the telephone': { modelIn: (language) => modelIn(language, 'es', { purposes: [] }) },
    'a minor takes something back': {
      modelIn: (language) =>
        modelIn(language, 'es', { head: { ...head, banners: ['minor'] }, mode: 'take-back' }),
    },
    'nobody knows who calls': {
      modelIn: (language) => modelIn(language, 'es', { head: exampleHead, mode: 'take-back' }),
      page: { formError: { code: 'nothing-told' } },
    },
  }),
)
