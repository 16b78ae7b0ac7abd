import { fixturesOf } from '../fixture.ts'
import { CreateAccountView } from './create-account.tsx'

const model = {
  signInHref: '/example/identify',
  termsHref: 'https://tienda-norte.example/condiciones',
  privacyNoticeHref: 'https://tienda-norte.example/privacidad',
}

export const createAccountFixtures = fixturesOf(CreateAccountView, {
  default: { model, page: { clientName: 'Tienda Norte' } },
  'e-mail carried over': { model: { ...model, email: 'ana@ejemplo.com' } },
  'field error': {
    model: { ...model, email: 'ana@' },
    page: { fieldErrors: [{ field: 'email', code: 'email-invalid' }] },
  },
})
