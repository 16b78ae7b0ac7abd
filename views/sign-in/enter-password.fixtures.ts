import { fixturesOf } from '../fixture.ts'
import { EnterPasswordView } from './enter-password.tsx'

const model = {
  email: 'ana@ejemplo.com',
  changeHref: '/example/identify',
  sendCodeAction: '/example/send-code',
}

export const enterPasswordFixtures = fixturesOf(EnterPasswordView, {
  default: { model, page: { clientName: 'Tienda Norte' } },
  'wrong password': { model, page: { formError: { code: 'credentials-wrong' } } },
  'field error': { model, page: { fieldErrors: [{ field: 'password', code: 'password-required' }] } },
  'rate limited': { model, page: { formError: { code: 'too-many-attempts', values: { minutes: 15 } } } },
  'long text': {
    model: { ...model, email: 'maria-de-los-angeles.fernandez-villaverde@correo-corporativo.example' },
  },
})
