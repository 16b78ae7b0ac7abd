import { changedPurposes, examplePurposes } from '../example-purposes.ts'
import { fixturesOf } from '../fixture.ts'
import { type PreferencesModel, PreferencesView } from './preferences.tsx'

export const preferencesFixtures = fixturesOf(PreferencesView, {
  default: {
    modelIn: (language): PreferencesModel => ({ purposes: examplePurposes(language), reason: 'first-time' }),
    page: { clientName: 'Tienda Norte' },
  },
  answered: {
    modelIn: (language): PreferencesModel => ({
      purposes: examplePurposes(language, { 'marketing.direct.email': 'yes', 'marketing.direct.sms': 'no' }),
      reason: 'first-time',
      backHref: '/example',
    }),
  },
  'text changed': {
    modelIn: (language): PreferencesModel => ({ purposes: changedPurposes(language), reason: 'changed' }),
  },
  'form error': {
    modelIn: (language): PreferencesModel => ({ purposes: examplePurposes(language), reason: 'first-time' }),
    page: { formError: { code: 'notice-changed' } },
  },
  'field error': {
    modelIn: (language): PreferencesModel => ({ purposes: examplePurposes(language), reason: 'first-time' }),
    page: { fieldErrors: [{ field: 'choice.marketing.direct.sms', code: 'answer-invalid' }] },
  },
})
