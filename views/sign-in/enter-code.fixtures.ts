import { fixturesOf } from '../fixture.ts'
import { type EnterCodeModel, EnterCodeView } from './enter-code.tsx'

const model: EnterCodeModel = {
  purpose: 'sign-in',
  maskedAddress: 'a••@ejemplo.com',
  changeHref: '/example/identify',
  minutesValid: 10,
  resend: { action: '/example/send-code', availableInSeconds: 30 },
  otherWayHref: '/example/other-way',
}

export const enterCodeFixtures = fixturesOf(EnterCodeView, {
  default: { model, page: { clientName: 'Tienda Norte' } },
  'create account': { model: { ...model, purpose: 'create-account' } },
  'step up': { model: { ...model, purpose: 'step-up' } },
  'code sent again': {
    model,
    page: { notice: { kind: 'success', key: 'flash.code-sent' } },
  },
  'may ask again': { model: { ...model, resend: { ...model.resend, availableInSeconds: 0 } } },
  'wrong code': { model, page: { fieldErrors: [{ field: 'code', code: 'code-wrong' }] } },
  'expired code': { model, page: { fieldErrors: [{ field: 'code', code: 'code-expired' }] } },
  'rate limited': { model, page: { formError: { code: 'too-many-attempts', values: { minutes: 1 } } } },
})
