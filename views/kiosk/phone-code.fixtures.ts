import { fixturesOf } from '../fixture.ts'
import { PhoneCodeView } from './phone-code.tsx'

export const phoneCodeFixtures = fixturesOf(PhoneCodeView, {
  default: { model: { typed: '' } },
  'field errors': {
    model: { typed: 'BCDF-GHJK' },
    page: { fieldErrors: [{ field: 'user_code', code: 'user-code-unknown' }] },
  },
  'rate-limited': { model: { typed: 'BCDF-GHJK' }, page: { formError: { code: 'too-many' } } },
})
