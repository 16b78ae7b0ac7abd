import { changedPurposes, examplePurposes } from '../example-purposes.ts'
import { daysBefore, fixturesOf } from '../fixture.ts'
import { type PreferencesModel, PreferencesView } from './preferences.tsx'

export const preferencesFixtures = fixturesOf(PreferencesView, {
  default: {
    modelIn: (language): PreferencesModel => ({
      purposes: examplePurposes(language),
      reason: 'first-time',
      askedAgainFrom: daysBefore(-181),
    }),
    page: { clientName: 'Tienda Norte' },
  },
  'a child': {
    modelIn: (language): PreferencesModel => ({
      purposes: examplePurposes(language),
      reason: 'first-time',
      askedAgainFrom: daysBefore(-181),
      guardianUntilAge: 14,
    }),
  },
  expired: {
    modelIn: (language): PreferencesModel => ({
      purposes: examplePurposes(language).slice(0, 1),
      reason: 'expired',
      askedAgainFrom: daysBefore(-181),
    }),
  },
  answered: {
    modelIn: (language): PreferencesModel => ({
      purposes: examplePurposes(language, { 'marketing.direct.email': 'yes', 'marketing.direct.sms': 'no' }),
      reason: 'first-time',
      backHref: '/example',
    }),
  },
  'text changed': {
    modelIn: (language): PreferencesModel => ({
      purposes: changedPurposes(language),
      reason: 'changed',
      askedAgainFrom: daysBefore(-181),
    }),
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
