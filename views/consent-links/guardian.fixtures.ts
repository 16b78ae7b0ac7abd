import { changedPurposes, examplePurposes } from '../example-purposes.ts'
import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type GuardianModel, GuardianView } from './guardian.tsx'

const model = (language: Language): GuardianModel => ({
  child: 'l••@ejemplo.com',
  purposes: examplePurposes(language).slice(0, 1),
  codeSent: true,
  codeAction: '/example/code',
  minutesValid: 10,
})

export const guardianFixtures = fixturesOf(GuardianView, {
  default: { modelIn: (language) => ({ ...model(language), codeSent: false }) },
  'code sent': { modelIn: model },
  'text changed': {
    modelIn: (language) => ({ ...model(language), purposes: changedPurposes(language) }),
    page: { formError: { code: 'notice-changed' } },
  },
  nothing: { modelIn: (language) => ({ ...model(language), purposes: [] }) },
  'field errors': {
    modelIn: (language) => ({ ...model(language), name: 'Laura Gil' }),
    page: {
      fieldErrors: [
        { field: 'code', code: 'code-wrong' },
        { field: 'name', code: 'name-required' },
        { field: 'statement', code: 'statement-required' },
      ],
    },
  },
})
