import { fixturesOf } from '../fixture.ts'
import { StaffSignInView } from './sign-in.tsx'

const model = {
  passkeys: { optionsHref: '/staff/passkey/options', action: '/staff/passkey' },
  enrolmentAction: '/staff/enrol',
}

export const staffSignInFixtures = fixturesOf(StaffSignInView, {
  default: { model },
  'field error': {
    model,
    page: { fieldErrors: [{ field: 'enrolment_code', code: 'enrolment-code-wrong' }] },
  },
  'form error': { model, page: { formError: { code: 'passkey-failed' } } },
})
