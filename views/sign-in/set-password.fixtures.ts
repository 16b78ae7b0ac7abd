import { fixturesOf } from '../fixture.ts'
import { SetPasswordView } from './set-password.tsx'

const model = { email: 'ana@ejemplo.com', minLength: 12, reason: 'new', askCurrent: false } as const

export const setPasswordFixtures = fixturesOf(SetPasswordView, {
  default: { model },
  change: { model: { ...model, reason: 'change', askCurrent: true, backHref: '/privacy/security' } },
  recovery: { model: { ...model, reason: 'recovery' } },
  compromised: { model: { ...model, reason: 'compromised' } },
  'field errors': {
    model: { ...model, reason: 'change', askCurrent: true },
    page: {
      fieldErrors: [
        { field: 'current_password', code: 'current-password-wrong' },
        { field: 'password', code: 'password-too-short' },
      ],
    },
  },
})
